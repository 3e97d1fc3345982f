"""The demo's panel: kills the switch under payments, turns the clock, and looks at what stays true.

chaos_pages.py BASE PASSWORDS: PASSWORDS is a JSON object of names. Prints a JSON object of what was seen.
"""

import json
import re
import sys

from browser import Browser

KILLS = 3
FACTS = ".state"


def sign_in(browser, name, password):
    """With a code that the page shows; one that was used a moment ago is followed by another."""

    def attempt(_):
        browser.open("/console/sign-in?lang=en")
        code = re.search(rf"{name}</code> <strong>(\d{{6}})", browser.driver.page_source).group(1)
        for field, text in [("person", name), ("password", password), ("code", code)]:
            browser.type(f"#{field}", text)
        browser.submit("main form button")
        return not browser.path.endswith("/sign-in")

    browser.wait(attempt, 90)


class Panel:
    def __init__(self, browser):
        self.browser = browser

    def open(self):
        self.browser.open("/console/chaos?lang=en")

    def press(self, selector):
        self.browser.submit(selector)
        self.check()

    def check(self):
        """Three facts, all of them true."""
        self.browser.wait(lambda driver: len(driver.find_elements("css selector", FACTS)) == 3)
        assert not self.browser.driver.find_elements("css selector", f"{FACTS}.bad"), self.browser.text()

    @property
    def starts(self):
        return int(self.browser.find("[data-starts]").get_attribute("data-starts"))


def main():
    base, passwords = sys.argv[1], json.loads(sys.argv[2])
    with Browser(base, width=1440, height=900) as browser:
        sign_in(browser, "dara", passwords["dara"])
        panel = Panel(browser)
        panel.open()
        watcher = browser.driver.current_window_handle
        browser.driver.switch_to.new_window("tab")
        for kill in range(KILLS):
            panel.open()
            panel.press("form[action$='/chaos/kills'] button")
            browser.wait(lambda _: panel.starts == kill + 2)
            # The page that is only looked at is told by the switch that has come back.
            other = browser.driver.current_window_handle
            browser.driver.switch_to.window(watcher)
            browser.wait(lambda _: panel.starts == kill + 2)
            panel.check()
            browser.driver.switch_to.window(other)
        starts = panel.starts

        # A price that was shown lapses when the clock goes on.
        panel_window = browser.driver.current_window_handle
        browser.driver.switch_to.new_window("tab")
        wallet = browser.driver.current_window_handle
        browser.open("/wallet/sokha-riel?lang=en")
        browser.submit(".buttons form button")
        browser.type("#amount", "1980")
        browser.submit("form[action$='/quotes'] button")
        browser.wait_for_text("៛53,642")
        browser.driver.switch_to.window(panel_window)
        panel.open()
        panel.press("button[name=minutes][value='5']")
        assert "5 minutes ahead" in browser.text(), browser.text()
        browser.driver.switch_to.window(wallet)
        browser.submit("form[action$='/payments'] button")
        assert browser.find("[role=alert]").text, browser.text()
        # A clock that goes back makes nothing happen twice, and payments go on.
        browser.driver.switch_to.window(panel_window)
        panel.press("button[name=minutes][value='-10']")
        assert "5 minutes behind" in browser.text(), browser.text()
        for _ in range(2):
            panel.press("form[action$='/chaos/payments'] button")
        browser.driver.switch_to.window(wallet)
        browser.open("/wallet/sokha-riel")
        browser.submit(".buttons form button")
        browser.type("#amount", "1980")
        browser.submit("form[action$='/quotes'] button")
        browser.submit("form[action$='/payments'] button")
        browser.wait(lambda driver: driver.find_elements("css selector", "a[href^='/receipts/']"))
        browser.driver.switch_to.window(watcher)
        panel.check()
        browser.listen()
        # Refusals are shown with their status, which chromium notes; so it does when nobody listens for a moment.
        faults = [fault for fault in browser.faults if not re.search(r"422|ERR_|503", fault)]
        print(json.dumps({"starts": starts, "faults": faults}))


main()
