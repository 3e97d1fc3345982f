"""Debian's chromium for the tests of pages: what was asked for, what it complained about, what axe-core finds."""

import base64
import importlib.resources
import json

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

AXE = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
SERIOUS = {"serious", "critical"}


class Browser:
    """One window on a site; everything it hears of other sites is kept as a fault."""

    def __init__(self, base, width=390, height=844):
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for argument in (
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
            "--force-color-profile=srgb", "--disable-background-networking", "--disable-component-update",
            "--no-first-run", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        ):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.base, self.faults, self.findings = base, [], []
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(30)
        self.resize(width, height)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def resize(self, width, height):
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def light(self, is_light):
        """Whether the reader likes light pages."""
        scheme = {"name": "prefers-color-scheme", "value": "light" if is_light else "dark"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def script(self, runs):
        """Whether pages' scripts run."""
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not runs})

    # What is done

    def open(self, path):
        self.driver.get(self.base + path)
        self.listen()

    def click(self, selector):
        element = self.find(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def submit(self, selector):
        """Sends the form that something belongs to, and waits for the next page."""
        before = self.driver.find_element(By.TAG_NAME, "html")
        self.click(selector)
        self.wait(lambda driver: driver.find_element(By.TAG_NAME, "html") != before)
        self.listen()

    def type(self, selector, text):
        element = self.find(selector)
        element.clear()
        element.send_keys(text)

    # What is seen

    def find(self, selector):
        return self.wait(lambda driver: driver.find_element(By.CSS_SELECTOR, selector))

    def text(self, selector="main"):
        return self.find(selector).text

    def wait(self, condition, seconds=20):
        waiting = WebDriverWait(self.driver, seconds, poll_frequency=0.05, ignored_exceptions=(Exception,))
        return waiting.until(condition)

    def wait_for_text(self, text, selector="main", seconds=20):
        self.wait(lambda driver: text in driver.find_element(By.CSS_SELECTOR, selector).text, seconds)

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.base)

    # What is judged

    def listen(self):
        """Keeps what the console says, and every address outside the site that was asked for."""
        for entry in self.driver.get_log("browser"):
            if entry["level"] in ("SEVERE", "WARNING"):
                self.faults.append(f"console at {self.path}: {entry['message']}")
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] != "Network.requestWillBeSent":
                continue
            url = message["params"]["request"]["url"]
            if not url.startswith((self.base + "/", "data:", "about:", "chrome:", "blob:")):
                self.faults.append(f"asked elsewhere: {url}")

    def judge(self):
        """Has axe-core look at the page as it stands; keeps serious findings, and what is wider than the window."""
        self.listen()
        self.driver.execute_script(AXE)
        found = self.driver.execute_async_script(
            "axe.run({resultTypes: ['violations']}).then(arguments[arguments.length - 1])"
        )
        for violation in found["violations"]:
            if violation["impact"] in SERIOUS:
                nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
                self.findings.append(f"{self.path}: {violation['id']}: {violation['help']}: {nodes}")
        if self.driver.execute_script("return document.documentElement.scrollWidth > innerWidth"):
            self.findings.append(f"{self.path}: wider than the window")

    def picture(self, file):
        """The whole page, as WebP: a tenth of what PNG takes."""
        self.driver.execute_script("document.activeElement?.blur?.()")
        size = self.driver.execute_script(
            "return [innerWidth, Math.max(innerHeight, document.documentElement.scrollHeight)]"
        )
        width, height = size[0], min(size[1], 2400)
        self.resize(width, height)
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "webp", "quality": 60})
        file.write_bytes(base64.b64decode(shot["data"]))
        self.resize(width, 844 if width < 700 else 900)
