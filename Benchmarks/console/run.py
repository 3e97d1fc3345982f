#!/usr/bin/env python3
"""Says how long the console's pages take on a database with many payments.

    python3 Benchmarks/console/run.py KIZUNA [--database FILE] [--seconds N] [--times N] [--waiting]

Without --database it makes payments first: `kizuna bench engine` for N seconds (40 unless told) at each of its five
numbers of callers, some million on two cores. Then `kizuna serve --console-listen` answers every list, searches of every
kind, whole payments and shops among 50,000, each as often as told, one after the other over loopback. With --waiting no
message of those payments has been delivered. Prints a table of times and sizes; exits
with 1 where a p99 is not below 100 ms or a page not below 100 KB.
"""

import argparse
import base64
import hashlib
import hmac
import html
import http.client
import json
import os
import re
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse


SHOPS = 50_000


class Person:
    """Somebody signed in to the console."""

    def __init__(self, port, name, password, secret):
        self.port, self.cookies = port, {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.token = self.token_in(self.ask("GET", "/console/sign-in")[1])
        counter = struct.pack(">Q", int(time.time()) // 30)
        digest = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, hashlib.sha1).digest()
        place = digest[-1] & 15
        code = (struct.unpack(">I", digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000
        status, _ = self.post("/console/sign-in", person=name, password=password, code=f"{code:06}")
        if status != 303:
            sys.exit(f"the sign-in was answered {status}")
        self.token = self.token_in(self.ask("GET", "/console/payments")[1])

    @staticmethod
    def token_in(page):
        field = re.search(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', page)
        return (field.group(1), html.unescape(field.group(2))) if field else None

    def post(self, path, **fields):
        body = urllib.parse.urlencode({**fields, self.token[0]: self.token[1]})
        return self.ask("POST", path, body)

    def ask(self, method, path, body=None):
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, text


def make_payments(kizuna, database, seconds, waiting):
    print(f"making payments for {5 * seconds} s …", file=sys.stderr)
    subprocess.run([kizuna, "bench", "engine", "--seconds", str(seconds), "--json", "--database", f"sqlite:{database}"],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with sqlite3.connect(database) as writer:
        # The benchmark has no courier: what it would have delivered goes as it would have gone.
        if not waiting:
            writer.execute("DELETE FROM messages")
        bank = writer.execute("SELECT acquirer FROM merchants LIMIT 1").fetchone()[0]
        writer.executemany(
            "INSERT INTO merchants VALUES (?, ?, ?, ?, ?, 'Osaka', '5812', 1, 1)",
            ((struct.pack(">QQ", 1 << 48 | 0x7000, number), bank, f"jpqr:{9_000_000 + number:013}.0001.000001.000001",
              f"Noodles {number:06}", f"麺屋 {number}") for number in range(SHOPS)))


def add_person(kizuna, database):
    name = f"bench-{os.getpid()}"  # a database can be measured again
    done = subprocess.run([kizuna, "person", "add", name, "--name", "Bench", "--roles", "auditor", "--database",
                           f"sqlite:{database}"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    facts = {name: value for line in lines for name, value in line.items()}
    return name, facts["password"], re.search(r"secret=([A-Z2-7]+)", facts["authenticator"]).group(1)


def announced(log):
    """The line in which the switch says where its console is."""
    for _ in range(100):
        with open(log) as lines:
            for line in lines:
                if '"console"' in line:
                    return line
        time.sleep(0.05)
    sys.exit("the switch does not say where its console is")


def sample(database, count):
    """Ids and UETRs of payments from all over the database."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as reader:
        most = reader.execute("SELECT count(*) FROM payments").fetchone()[0]
        step = max(1, most // count)
        rows = reader.execute("SELECT lower(hex(id)) FROM payments ORDER BY id").fetchall()[::step][:count]
        return most, [f"{t[:8]}-{t[8:12]}-{t[12:16]}-{t[16:20]}-{t[20:]}" for (t,) in rows]


def measure(person, times, work):
    took, size = [], 0
    for number in range(times):
        start = time.perf_counter()
        status, page = work(person, number)
        took.append((time.perf_counter() - start) * 1000)
        size = max(size, len(page.encode()))
        if status not in (200, 303):
            sys.exit(f"answered {status}")
    took.sort()
    return statistics.median(took), took[min(len(took) - 1, int(len(took) * 0.99))], took[-1], size


def cases(ids):
    for place in ["", "/payments", "/exceptions", "/disputes", "/participants", "/merchants", "/rates", "/health",
                  "/log"]:
        yield place or "overview", lambda person, _, place=place: person.ask("GET", f"/console{place}")
    yield "one payment", lambda person, number: person.ask("GET", f"/console/payments/{ids[number % len(ids)]}")
    for name, fields in [
        ("by id", lambda number: {"text": ids[number % len(ids)]}),
        ("by account's digits", lambda number: {"text": f"{number % 1000:03}"}),
        ("by an unknown hash", lambda number: {"text": hashlib.md5(str(number).encode()).hexdigest()}),
        ("by amount", lambda number: {"amount": str(100 + number), "currency": "JPY"}),
        ("by state", lambda _: {"state": "COMPLETED"}),
    ]:
        yield f"search {name}", lambda person, number, fields=fields: person.post("/console/payments", **{
            "text": "", "state": "", "amount": "", "currency": "", "participant": "", **fields(number)})
    for name, text in [("a part of a name", lambda number: f"s {number:04}"), ("what no shop has", lambda _: "no such")]:
        yield f"shops by {name}", lambda person, number, text=text: person.post(
            "/console/merchants", text=text(number), acquirer="")


def main():
    parser = argparse.ArgumentParser(description="How long the console's pages take.")
    parser.add_argument("kizuna")
    parser.add_argument("--database")
    parser.add_argument("--seconds", type=int, default=40)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--waiting", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = options.database or os.path.join(folder, "kizuna.db")
        if not options.database:
            make_payments(options.kizuna, database, options.seconds, options.waiting)
        name, password, secret = add_person(options.kizuna, database)
        count, ids = sample(database, 1000)
        # Into a file: nobody reads a pipe while pages are measured.
        with open(os.path.join(folder, "log"), "w") as log:
            server = subprocess.Popen(
                [options.kizuna, "serve", "--database", f"sqlite:{database}", "--listen", "127.0.0.1:0",
                 "--console-listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            server.stdout.readline()
            line = announced(log.name)
            port = int(re.search(r'"console":"http:[^"]*:(\d+)', line.replace("\\/", "/")).group(1))
            person = Person(port, name, password, secret)
            print(f"{count:,} payments, {options.times} times each, load {os.getloadavg()[0]:.1f}")
            print(f"{'':28}{'p50 ms':>9}{'p99 ms':>9}{'most ms':>9}{'KB':>7}")
            is_slow = False
            for name, work in cases(ids):
                p50, p99, most, size = measure(person, options.times, work)
                is_slow = is_slow or p99 >= 100 or size >= 100_000
                print(f"{name:28}{p50:9.1f}{p99:9.1f}{most:9.1f}{size / 1000:7.1f}")
        finally:
            server.terminate()
            server.wait()
    sys.exit(1 if is_slow else 0)


if __name__ == "__main__":
    main()
