"""An operator finds, explains and resolves an exception at `kizuna demo`, in three languages, in a real browser.

Usage: console_pages.py URL PASSWORDS SHOTS
where PASSWORDS is a JSON object of names, and SHOTS a folder for pictures of what was seen, or `-` for none.
Prints a JSON object of what was counted.
"""

import base64
import importlib.resources
import json
import os
import re
import sys
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

URL, PASSWORDS, SHOTS = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3]
PATIENCE = 40
LANGUAGES = ["en", "ja", "km"]
PLACES = ["", "/payments", "/exceptions", "/disputes", "/participants", "/participants/naniwa-acquiring",
          "/access", "/access/people/mao", "/merchants", "/merchants/frozen", "/merchants/import", "/rates", "/health",
          "/log", "/chaos"]
SHOPS = """scheme,storeId,level2,level3,level4,name,localName,city,categoryCode,acceptsForeignPayers
jpqr,7000000000001,0001,000001,000001,NOODLES,麺屋,Osaka,5812,true
jpqr,{store},0001,000001,000001,SWEETS,甘味処,Kyoto,5462,true
"""


class Operator:
    """A person with a browser of his or her own, signed in."""

    def __init__(self, name):
        options = webdriver.ChromeOptions()
        for flag in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]:
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.name = name
        self.pages = 0
        self.resize(1440)
        self.sign_in()

    def resize(self, width):
        self.browser.set_window_size(width, 1000)

    def sign_in(self):
        def attempt(_):
            self.open("/console/sign-in")
            code = re.search(rf"{self.name}</code> <strong>(\d{{6}})", self.browser.page_source).group(1)
            for field, text in [("person", self.name), ("password", PASSWORDS[self.name]), ("code", code)]:
                self.find(f"#{field}").send_keys(text)
            self.press("main form button")
            return not self.browser.current_url.endswith("/sign-in")

        WebDriverWait(self.browser, PATIENCE, poll_frequency=5).until(attempt)

    def open(self, path):
        self.browser.get(URL + path)
        self.pages += 1

    def emulate(self, media="", scheme="light"):
        """Shows pages as paper or another screen would."""
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "media": media, "features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def switch_script(self, is_on):
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not is_on})

    def find(self, selector):
        return WebDriverWait(self.browser, PATIENCE).until(
            lambda browser: browser.find_element(By.CSS_SELECTOR, selector))

    def press(self, selector):
        """Presses a button or a link and waits for the page that it leads to."""
        before = self.browser.find_element(By.TAG_NAME, "html")
        self.find(selector).click()
        WebDriverWait(self.browser, PATIENCE).until(lambda _: gone(before))
        self.pages += 1

    @property
    def text(self):
        return self.find("main").text

    def complaints(self):
        """What the browser complained about: errors of scripts, refused styles, missing files. That a list of shops is
        refused (422) is what is looked for."""
        return [entry["message"] for entry in self.browser.get_log("browser")
                if entry["level"] != "INFO" and not re.search(r"/merchants/import - .* status of 422", entry["message"])]

    def shoot(self, name):
        if SHOTS != "-":
            shot = self.browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "webp", "quality": 60})
            with open(os.path.join(SHOTS, f"console-{name}.webp"), "wb") as file:
                file.write(base64.b64decode(shot["data"]))


def gone(element):
    try:
        element.is_enabled()
        return False
    except Exception:
        return True


AXE = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def serious_findings(operator):
    """What axe finds that keeps people out, on the page that is open."""
    operator.browser.execute_script(AXE)
    found = operator.browser.execute_async_script(
        "axe.run(document, arguments[0]).then(found => arguments[1](found.violations))", RULES)
    return [f"{operator.browser.current_url} {one['id']}: {one['nodes'][0]['html'][:120]}"
            for one in found if one["impact"] in ("serious", "critical")]


def wait_for_exception(operator):
    """Has a payment go wrong, and returns its id once people are called."""
    operator.open("/console/chaos")
    operator.press("form[action$='/chaos/exceptions'] button")
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        operator.open("/console/exceptions")
        links = operator.browser.find_elements(By.CSS_SELECTOR, "tbody a")
        if links:
            return links[0].get_attribute("href").rsplit("/", 1)[1]
        time.sleep(0.5)
    raise SystemExit("Nobody was called to the payment")


def resolve(language, first, second):
    payment = wait_for_exception(first)
    # Found by its id, as somebody reads it out on the telephone.
    first.open(f"/console/payments?lang={language}")
    first.find("#text").send_keys(payment)
    first.press("form.search button")
    assert first.browser.current_url.endswith(payment), first.browser.current_url
    assert first.browser.find_elements(By.CSS_SELECTOR, ".sequence svg text"), "There is no picture of what happened"
    first.shoot(f"payment-{language}")
    # Explained, and a decision proposed.
    first.press(f".notice a[href$='/exceptions/{payment}']")
    first.shoot(f"exception-{language}")
    first.find("input[value=reverse]").click()
    first.find("#note").send_keys("Their books show no such credit")
    first.press("form[action$='/proposals'] button")
    assert not first.browser.find_elements(By.CSS_SELECTOR, "form[action$='/approvals']"), "One person is enough"
    # Approved by somebody else.
    second.open(f"/console/exceptions/{payment}?lang={language}")
    assert "Their books show no such credit" in second.text
    second.press("form[action$='/approvals'] button")
    assert not second.browser.find_elements(By.CSS_SELECTOR, "main form[action*='/exceptions/']"), "It is still open"
    second.open(f"/console/payments/{payment}")
    assert first.name in second.text and second.name in second.text, "It is not told who decided"
    return payment


def end_dispute(language, first, second):
    """One proposes how a dispute ends that its banks could not settle, and another approves."""
    first.open("/console/chaos")
    first.press("form[action$='/chaos/disputes'] button")
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        first.open(f"/console/disputes?state=ESCALATED&lang={language}")
        links = first.browser.find_elements(By.CSS_SELECTOR, "tbody a")
        if links:
            break
        time.sleep(0.5)
    else:
        raise SystemExit("No dispute came to the operators")
    dispute = links[0].get_attribute("href").rsplit("/", 1)[1]
    path = f"/console/disputes/{dispute}?lang={language}"
    first.open(path)
    first.find("input[value=uphold]").click()
    first.find("#note").send_keys("The receipt is another customer's")
    first.press("form[action$='/proposals'] button")
    assert not first.browser.find_elements(By.CSS_SELECTOR, "form[action$='/approvals']"), "One person is enough"
    second.open(path)
    assert "The receipt is another customer's" in second.text
    second.shoot(f"dispute-{language}")
    second.press("form[action$='/approvals'] button")
    assert not second.browser.find_elements(By.CSS_SELECTOR, "main form[action*='/disputes/']"), "It is still open"
    assert first.name in second.text and second.name in second.text, "It is not told who decided"
    return dispute


def keep_shops(language, first, second):
    """Registers shops from a file, finds one, freezes it and has another person let payments go on."""
    first.open(f"/console/merchants/import?lang={language}")
    first.find("#acquirer option[value=naniwa-acquiring]").click()
    first.find("#rows").send_keys(SHOPS.format(store="7"))
    first.press("form[action$='/import'] button")
    assert "storeId" in first.text, first.text
    first.shoot(f"import-wrong-{language}")
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.write(SHOPS.format(store="7000000000002"))
        file.flush()
        first.find("#file").send_keys(file.name)
        first.press("form[action$='/import'] button")
    if language == LANGUAGES[0]:
        first.shoot(f"import-right-{language}")
        first.press("form[action$='/confirmed'] button")
    # The same file again has nothing to do.
    assert not first.browser.find_elements(By.CSS_SELECTOR, "form[action$='/confirmed']"), first.text
    first.open(f"/console/merchants?lang={language}")
    first.find("#text").send_keys("sweets")
    first.press("form.search button")
    first.press("tbody a")
    shop = first.browser.current_url.rsplit("/", 1)[1].split("?")[0]
    first.find("#reason").send_keys("Travellers told of empty shelves")
    first.press("form[action$='/freeze'] button")
    assert not first.browser.find_elements(By.CSS_SELECTOR, "form[action$='/lift']"), "One person is enough"
    first.shoot(f"shop-frozen-{language}")
    second.open(f"/console/merchants/{shop}?lang={language}")
    second.find("#reason").send_keys("They have restocked")
    second.press("form[action$='/lift'] button")
    assert second.browser.find_elements(By.CSS_SELECTOR, ".lead .badge.good"), second.text
    second.open(f"/console/log?person={first.name}")
    assert f"/console/merchants/{shop}" in second.browser.page_source, "It is not told who froze the shop"
    return shop


def look_around(operator, places, language, width, findings, scheme="light", has_axe=True):
    operator.resize(width)
    operator.emulate(scheme=scheme)
    for place in places:
        operator.open(f"/console{place}?lang={language}")
        assert operator.browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == language
        wide = operator.browser.execute_script("return document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{place} is {wide} px too wide at {width}"
        if has_axe:
            findings += serious_findings(operator)
        name = re.sub(r"/[0-9a-f-]{36}", "-one", place).strip("/").replace("/", "-") or "overview"
        if scheme == "light":
            operator.shoot(f"{name}-{language}-{width}")
    operator.emulate()


def read_without_script(operator, places):
    """Everything is there without script, and on paper the way around is not."""
    operator.switch_script(False)
    for place in places:
        operator.open(f"/console{place}?lang=en")
        assert operator.browser.find_elements(By.CSS_SELECTOR, "main h1"), place
    operator.switch_script(True)
    for place in places:
        operator.open(f"/console{place}?lang=en")
        operator.emulate(media="print")
        shown = [one.tag_name for one in operator.browser.find_elements(By.CSS_SELECTOR, "nav, button") if one.is_displayed()]
        assert not shown, f"{place} prints {shown}"
        operator.emulate()


def change_access(first, second):
    """One proposes that somebody may do more, the other approves it; then they make a key and revoke it."""
    first.open("/console/access/people/mao?lang=en")
    first.find("input[name=grant-support]").click()
    first.find("#note-roles").send_keys("Answers customers from Monday on")
    first.press("input[value=roles] ~ .buttons button")
    change = first.browser.current_url.removeprefix(URL)
    assert not first.browser.find_elements(By.CSS_SELECTOR, "form[action$='/approvals']"), "One person is enough"
    first.shoot("access-proposed")
    second.open("/console/access?lang=en")
    second.press(f"a[href='{change}']")
    assert "Answers customers from Monday on" in second.text
    second.shoot("access-to-approve")
    second.press("form[action$='/approvals'] button")
    second.open("/console/access/people/mao")
    assert "Support" in second.text, second.text
    # A key: shown once, to the one who proposed it.
    first.open("/console/participants/mekong-bank")
    first.find("#days").send_keys("90")
    first.find("#note").send_keys("Their new data centre")
    first.press(f"form[action$='/keys'] .buttons button")
    change = first.browser.current_url.removeprefix(URL)
    second.open(change)
    second.press("form[action$='/approvals'] button")
    assert not second.browser.find_elements(By.CSS_SELECTOR, "form[action$='/key']"), "Another is offered the key"
    first.open(change)
    first.press("form[action$='/key'] button")
    key = first.find("code.secret").text
    assert re.fullmatch(r"kz_[A-Za-z0-9_-]{43}", key), key
    first.shoot("access-key")
    for operator in [first, second]:
        operator.open(change)
        assert key not in operator.browser.page_source, "The key is shown again"
    # Its end is proposed where it stands.
    first.open("/console/participants/mekong-bank")
    first.browser.find_elements(By.CSS_SELECTOR, "tbody summary")[-1].click()
    first.browser.find_elements(By.CSS_SELECTOR, "tbody details[open] input[name=note]")[0].send_keys("Lost")
    first.press("tbody details[open] button")
    second.open(first.browser.current_url.removeprefix(URL))
    second.press("form[action$='/approvals'] button")
    assert not second.browser.find_elements(By.CSS_SELECTOR, "main form[action*='/access/']"), "It is still open"


def main():
    first, second = Operator("dara"), Operator("yuki")
    findings = []
    for language in LANGUAGES:
        payment = resolve(language, first, second)
        dispute = end_dispute(language, first, second)
        shop = keep_shops(language, first, second)
        places = PLACES + [f"/payments/{payment}", f"/exceptions/{payment}", f"/disputes/{dispute}",
                           f"/merchants/{shop}"]
        for width in [390, 1440]:
            look_around(first, places, language, width, findings, has_axe=width == 1440 or language == "km")
    for width in [390, 1440]:
        look_around(first, places, "en", width, findings, scheme="dark")
    read_without_script(first, places)
    change_access(first, second)
    # Trouble does not make anything untrue.
    for mood in ["silent", "twice", "well"]:
        first.open("/console/chaos?lang=en")
        first.press(f"button[value={mood}]")
        first.press("form[action$='/chaos/payments'] button")
        assert not first.browser.find_elements(By.CSS_SELECTOR, ".state.bad"), first.text
    # The overview goes on by itself.
    first.open("/console")
    region = first.find("[data-live]")
    before = region.text
    WebDriverWait(first.browser, PATIENCE).until(lambda _: region.text != before)
    complaints = first.complaints() + second.complaints()
    pages = first.pages + second.pages
    for operator in [first, second]:
        operator.browser.quit()
    print(json.dumps({"pages": pages, "complaints": complaints, "findings": findings}, ensure_ascii=False))


main()
