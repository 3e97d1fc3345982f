"""A traveller's whole way in both directions and a shop's day, in one language, through chromium.

browse_pages.py BASE LANGUAGE CODE_PICTURE [PICTURES]: CODE_PICTURE is a PNG of a printed JPQR; where a folder for
pictures is given, every page is drawn there at 390 and 1440 pixels.
"""

import json
import pathlib
import sys
import time

from browser import Browser

WIDTHS = {390: 844, 1440: 900}
# How each page is judged: on a telephone by day, on a desk by night. Colours do not depend on widths.
LOOKS = [(390, True), (1440, False)]
# Long texts, of which no picture is kept.
TEXTS = {"reference", "chapter", "problems", "guide", "states"}


class Walk:
    def __init__(self, browser, language, pictures):
        self.browser, self.language, self.pictures = browser, language, pictures
        self.seen, self.facts = [], {}

    def see(self, name):
        """Judges a page, and draws it."""
        language = self.browser.driver.execute_script("return document.documentElement.lang")
        assert language == self.language, f"{name} is in {language}"
        for width, is_light in LOOKS:
            self.browser.resize(width, WIDTHS[width])
            self.browser.light(is_light)
            self.browser.judge()
        self.browser.light(True)
        self.browser.resize(390, WIDTHS[390])
        self.seen.append(name)
        if self.pictures and name not in TEXTS:
            for width, height in WIDTHS.items():
                self.browser.resize(width, height)
                time.sleep(0.6)
                self.browser.picture(self.pictures / f"{name}-{self.language}-{width}.webp")
            self.browser.resize(390, 844)

    def look_around(self):
        for name, path in [
            ("front", "/"), ("status", "/status"), ("wallet", "/wallet"), ("shops", "/merchant"), ("docs", "/docs"),
            ("reference", "/docs/api"), ("chapter", "/docs/api/paying"), ("problems", "/docs/problems"),
            ("guide", "/docs/guides/integrate-issuer"), ("states", "/docs/guides/payments"),
        ]:
            self.browser.open(f"{path}?lang={self.language}")
            self.see(name)

    def pay_without_script(self):
        """A browser that runs no script pays all the same, and sees how it ends."""
        browser = self.browser
        browser.script(False)
        browser.open("/wallet/sokha-riel")
        browser.submit(".buttons form button")
        browser.type("#amount", "1980")
        browser.submit("form[action$='/quotes'] button")
        browser.submit("form[action$='/payments'] button")
        browser.wait(lambda _: browser.driver.find_elements("css selector", "a[href^='/receipts/']"))
        browser.script(True)

    def pay_from_picture(self, picture):
        """A Cambodian at a JPQR, from a photograph of it."""
        browser = self.browser
        browser.open("/wallet/sokha-riel")
        self.see("scan")
        browser.click("summary")
        browser.find("#picture").send_keys(str(picture))
        browser.submit("form[action$='/pictures'] button")
        browser.wait(lambda _: "/scans/" in browser.path)
        self.see("amount")
        browser.type("#amount", "1980")
        browser.submit("form[action$='/quotes'] button")
        browser.wait_for_text("¥1,980")
        assert "៛53,642" in browser.text(), browser.text()
        self.see("offer")
        browser.submit("form[action$='/payments'] button")
        browser.wait(lambda _: browser.driver.find_elements("css selector", "a[href^='/receipts/']"))
        self.see("paid")
        self.facts["riel"] = browser.path
        browser.submit("a[href^='/receipts/']")
        assert "¥1,980" in browser.text() and "៛53,642" in browser.text()
        assert "Sokha" not in browser.text()
        self.see("receipt")

    def budget(self):
        """An amount in the payer's own money is never exceeded."""
        browser = self.browser
        browser.open("/wallet/sokha-riel")
        browser.submit(".buttons form button")
        browser.type("#amount", "50000")
        browser.click("input[name=currency][value=KHR]")
        browser.submit("form[action$='/quotes'] button")
        paid = browser.find(".facts .total data").get_attribute("value")
        assert 49_000 < int(paid.removesuffix(" KHR")) <= 50_000, paid

    def refused(self):
        """What is no code, and a shop's bank that says no."""
        browser = self.browser
        browser.open("/wallet/sokha-riel")
        browser.click("summary")
        browser.type("#code", "00020101")
        browser.submit("form[action$='/scans'] button")
        assert browser.find("[role=alert]").text
        self.see("refused-code")
        browser.open("/wallet/sokha-riel")
        browser.submit(".buttons form button")
        browser.type("#amount", "9001")
        browser.submit("form[action$='/quotes'] button")
        browser.submit("form[action$='/payments'] button")
        browser.find("svg.mark.bad")
        self.see("refused-payment")

    def shops_day(self):
        """A Japanese pays a code on a Cambodian counter; the counter says so by itself, and gives a part back."""
        browser = self.browser
        browser.open("/merchant/kizuna-cafe")
        self.see("counter")
        browser.type("#amount", "42000")
        browser.submit("form[action$='/codes'] button")
        browser.wait_for_text("៛42,000")
        self.see("code")
        code = browser.find("[data-copy]").get_attribute("data-copy")
        counter = browser.driver.current_window_handle
        browser.driver.switch_to.new_window("tab")
        browser.resize(390, 844)
        browser.open("/wallet/yuki-yen")
        browser.click("summary")
        browser.type("#code", code)
        browser.submit("form[action$='/scans'] button")
        self.see("fixed-amount")
        browser.submit("form[action$='/quotes'] button")
        assert "¥1,582" in browser.text(), browser.text()
        browser.submit("form[action$='/payments'] button")
        browser.wait(lambda _: browser.driver.find_elements("css selector", "a[href^='/receipts/']"))
        wallet = browser.driver.current_window_handle
        browser.driver.switch_to.window(counter)
        # No page is loaded anew here: the server tells it.
        browser.find(".paid")
        self.see("code-paid")
        browser.submit("main a[href='/merchant/kizuna-cafe']")
        browser.submit("[data-live] .list a")
        browser.type("#amount", "2000")
        self.see("sale")
        browser.submit("form[action$='/refunds'] button")
        assert "៛40,000" in browser.text(), browser.text()
        browser.driver.switch_to.window(wallet)
        # The traveller sees the money come back without doing anything.
        browser.wait_for_text("¥74")
        browser.driver.close()
        browser.driver.switch_to.window(counter)
        browser.open("/merchant/kizuna-cafe")
        browser.submit("[data-live] section > p a")
        # The demo itself has sold something there as well.
        assert "៛2,000" in browser.text() and "៛82,000" in browser.text(), browser.text()
        self.see("day")
        csv = browser.driver.execute_async_script(
            "const done = arguments[0]; fetch(location.pathname + '/csv').then(a => a.text()).then(done)"
        )
        assert csv.count("\n") >= 2 and ",42000,2000,KHR," in csv, csv


def main():
    base, language, picture = sys.argv[1:4]
    pictures = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else None
    with Browser(base) as browser:
        walk = Walk(browser, language, pictures)
        walk.look_around()
        walk.pay_from_picture(picture)
        walk.budget()
        walk.pay_without_script()
        walk.refused()
        walk.shops_day()
        browser.listen()
        # A form that is refused is shown with its status, which chromium notes.
        faults = [fault for fault in browser.faults if "422" not in fault]
        print(json.dumps({"seen": walk.seen, "faults": faults, "findings": browser.findings}))


main()
