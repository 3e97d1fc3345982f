#!/usr/bin/env python3
"""Says how soon chromium paints each page of `kizuna demo`, as it tells it by PerformancePaintTiming.

    .build/python/bin/python3 Benchmarks/paint/run.py KIZUNA [--times N] [--language TAG]

Every page is loaded N times (10 unless told) without the browser's cache, over loopback, at 390 pixels; "first paint" is
first-contentful-paint from the start of the navigation. Prints a table; exits with 1 where a page's median is not below
500 ms. `make python-tools` makes the Python that it needs.
"""

import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Python"))
from browser import Browser  # noqa: E402

PUBLIC = ["/", "/status", "/docs", "/docs/api", "/docs/api/paying", "/docs/guides/integrate-issuer", "/docs/problems"]
WALLET = ["/wallet", "/wallet/sokha-riel", "/wallet/sokha-riel/payments"]
SHOP = ["/merchant", "/merchant/kizuna-cafe"]
CONSOLE = ["", "/payments", "/exceptions", "/participants", "/merchants", "/rates", "/health", "/chaos"]
LIMIT_MS = 500


class Demo:
    def __init__(self, kizuna):
        self.process = subprocess.Popen([kizuna, "demo", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        text = ""
        while "Ctrl-C stops." not in text:
            text += self.process.stdout.readline()
        self.base = re.search(r"Console +(http://[0-9.:]+)/console", text).group(1)
        self.passwords = dict(re.findall(r"    ([a-z]+) +([a-z0-9-]{24}) ", text))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def sign_in(browser, name, password):
    browser.open("/console/sign-in?lang=en")
    code = re.search(rf"{name}</code> <strong>(\d{{6}})", browser.driver.page_source).group(1)
    for field, text in [("person", name), ("password", password), ("code", code)]:
        browser.type(f"#{field}", text)
    browser.submit("main form button")


def offer(browser):
    """The address of a price that waits for a yes."""
    browser.open("/wallet/sokha-riel")
    browser.submit(".buttons form button")
    browser.type("#amount", "1980")
    browser.submit("form[action$='/quotes'] button")
    return browser.path


def measure(browser, path, times):
    paints, bytes_sent = [], 0
    for _ in range(times):
        browser.driver.get(browser.base + path)
        facts = browser.wait(lambda driver: driver.execute_script("""
            const paint = performance.getEntriesByName("first-contentful-paint")[0];
            const page = performance.getEntriesByType("navigation")[0];
            return paint && {paint: paint.startTime, bytes: page.encodedBodySize};"""))
        paints.append(facts["paint"])
        bytes_sent = facts["bytes"]
    return statistics.median(paints), max(paints), bytes_sent


def main():
    parser = argparse.ArgumentParser(description="How soon each page is painted.")
    parser.add_argument("kizuna")
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--language", default="km")
    options = parser.parse_args()
    is_slow = False
    with Demo(options.kizuna) as demo, Browser(demo.base) as browser:
        sign_in(browser, "dara", demo.passwords["dara"])
        price = offer(browser)
        browser.driver.execute_cdp_cmd("Network.enable", {})
        browser.driver.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
        browser.driver.get(f"{browser.base}/?lang={options.language}")
        print(f"{options.times} times each, load {os.getloadavg()[0]:.1f}")
        print(f"{'':36}{'p50 ms':>8}{'most ms':>9}{'KB':>8}")
        for path in PUBLIC + WALLET + [price] + SHOP + [f"/console{place}" for place in CONSOLE]:
            middle, most, size = measure(browser, path, options.times)
            is_slow = is_slow or middle >= LIMIT_MS
            name = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", path)
            print(f"{name:36}{middle:8.0f}{most:9.0f}{size / 1000:8.1f}")
    sys.exit(1 if is_slow else 0)


if __name__ == "__main__":
    main()
