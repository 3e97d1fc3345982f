#!/usr/bin/env python3
"""Says what it costs the flow when 200 people watch the console, and that those who stop reading cost no memory.

    python3 Benchmarks/viewers/run.py KIZUNA [--rounds N] [--seconds N] [--rate N]

Each round is a new switch in a process of its own (`kizuna bench payments --watched`) at an offered rate, in turn without
viewers and with 200, each signed in and told of changes over server-sent events as a browser is. Then one run in which 200
ask for page after page and read nothing. A figure of a kind is the median of its rounds. Exits with 1 where viewers cost
the flow more than a tenth, where a viewer was not told, or where the switch holds on to those who do not read.
"""

import argparse
import json
import os
import re
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile
import time

TOLERANCE = 0.10
# A viewer is told every two seconds; one that hears nothing for so long has been forgotten.
LONGEST_SILENCE = 10
# The server gives an answer 60 s to be read (`ServerLimits.sendTime`).
STALLED_SECONDS = 90
STALLED_REQUESTS = 40


class Viewer:
    """A browser's EventSource on /console/events: asks, waits, is told, asks again."""

    def __init__(self, address, session):
        self.socket = socket.create_connection(address)
        self.socket.setblocking(False)
        self.session, self.last, self.parts, self.missing, self.ask_at = session, "", [], 0, 0
        self.told, self.bytes, self.heard_at, self.longest = 0, 0, time.monotonic(), 0.0

    def request(self):
        last = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
        return (f"GET /console/events HTTP/1.1\r\nHost: console\r\nAccept: text/event-stream\r\n{last}"
                f"Cookie: kizuna_session={self.session}\r\n\r\n").encode()

    def ask_if_due(self, now):
        if self.ask_at is not None and now >= self.ask_at:
            self.socket.send(self.request())
            self.ask_at = None

    def read(self, now):
        part = self.socket.recv(1 << 18)
        if not part:
            sys.exit("a viewer was cut off")
        self.parts.append(part)
        if len(self.parts) == 1:
            head, separator, body = part.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: *(\d+)", head)
            if not head.startswith(b"HTTP/1.1 200") or not separator or not length:
                sys.exit(f"a viewer was answered {head.splitlines()[0].decode()}")
            self.missing = int(length.group(1)) - len(body)
        else:
            self.missing -= len(part)
        if self.missing == 0:
            self.take(b"".join(self.parts), now)
            self.parts = []

    def take(self, answer, now):
        self.bytes += len(answer)
        fields = dict(line.split(b": ", 1) for line in answer.splitlines() if line.startswith((b"id: ", b"retry: ")))
        if b"id" in fields:
            self.last, self.told = fields[b"id"].decode(), self.told + 1
            self.longest, self.heard_at = max(self.longest, now - self.heard_at), now
        self.ask_at = now + int(fields[b"retry"]) / 1000


class Audience:
    """All viewers, driven by one thread between looks at the switch."""

    def __init__(self, address, sessions):
        self.viewers = [Viewer(address, session) for session in sessions]
        self.began = time.process_time()
        self.selector = selectors.DefaultSelector()
        for viewer in self.viewers:
            self.selector.register(viewer.socket, selectors.EVENT_READ, viewer)

    def live(self, seconds):
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            for viewer in self.viewers:
                viewer.ask_if_due(now)
            for key, _ in self.selector.select(timeout=0.02):
                key.data.read(time.monotonic())

    def summary(self):
        now = time.monotonic()
        silence = max(max(viewer.longest, now - viewer.heard_at) for viewer in self.viewers)
        return {"told": sum(viewer.told for viewer in self.viewers), "silence": silence,
                "bytes": sum(viewer.bytes for viewer in self.viewers), "audience": time.process_time() - self.began}


class Stalled:
    """Viewers that ask for page after page and read nothing."""

    def __init__(self, address, sessions):
        self.sockets = []
        for session in sessions:
            one = socket.socket()
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.connect(address)
            one.setblocking(False)
            ask = f"GET /console HTTP/1.1\r\nHost: console\r\nCookie: kizuna_session={session}\r\n\r\n".encode()
            one.send(ask * STALLED_REQUESTS)
            self.sockets.append(one)

    def live(self, seconds):
        time.sleep(seconds)

    def summary(self):
        return {}


class Nobody:
    def __init__(self, address, sessions):
        pass

    def live(self, seconds):
        time.sleep(seconds)

    def summary(self):
        return {}


def resident_megabytes(process):
    with open(f"/proc/{process}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024


def processor_seconds(process):
    with open(f"/proc/{process}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def machine_ticks():
    """All ticks of the machine's processors so far, and those in which they were busy."""
    with open("/proc/stat") as stat:
        ticks = [int(field) for field in stat.readline().split()[1:9]]
    return sum(ticks), sum(ticks) - ticks[3] - ticks[4]


def measured(kizuna, crowd, seconds, rate):
    """One run: what the load saw, and a look at the switch every second."""
    with tempfile.TemporaryDirectory() as folder:
        announcement = os.path.join(folder, "switch.json")
        command = [kizuna, "bench", "payments", "--seconds", str(seconds), "--rate", str(rate), "--json", "--watched",
                   announcement]
        load = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            while not os.path.exists(announcement):
                if load.poll() is not None:
                    sys.exit(load.stderr.read())
                time.sleep(0.05)
            with open(announcement) as file:
                place = json.load(file)
            host, _, port = place["console"].rpartition(":")
            crowd = crowd((host, int(port)), place["sessions"])
            looks, end = [], time.monotonic() + seconds - 1
            ticks = machine_ticks()
            while time.monotonic() < end:
                looks.append((resident_megabytes(place["process"]), len(os.listdir(f"/proc/{place['process']}/fd"))))
                crowd.live(1)
            # What comes later comes while nobody looks any more.
            ticks, busy = (after - before for before, after in zip(ticks, machine_ticks()))
            processor, seen = processor_seconds(place["process"]), crowd.summary()
            text, complaint = load.communicate()
        finally:
            if load.poll() is None:
                load.terminate()
    if not text:
        sys.exit(complaint)
    figures = json.loads(text)
    if not figures["booksBalanced"] or figures["errors"]:
        sys.exit(f"the books do not balance, or payments failed: {text}")
    return {**figures, **seen, "processorMicros": processor / figures["payments"] * 1e6, "busy": busy / ticks,
            "looks": looks}


def median(runs, key):
    return statistics.median(run[key] for run in runs)


def memory(run):
    megabytes = [look[0] for look in run["looks"]]
    return f"{megabytes[0]:8.0f}{max(megabytes):8.0f}{megabytes[-1]:8.0f}"


def main():
    parser = argparse.ArgumentParser(description="What 200 viewers of the console cost.")
    parser.add_argument("kizuna")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--rate", type=int, default=500)
    options = parser.parse_args()
    crowds = {"nobody": Nobody, "200 viewers": Audience}
    runs = {name: [] for name in crowds}
    for number in range(options.rounds):
        for name in crowds if number % 2 == 0 else reversed(crowds):
            print(f"round {number + 1} of {options.rounds}: {name} …", file=sys.stderr)
            runs[name].append(measured(options.kizuna, crowds[name], options.seconds, options.rate))
    print(f"200 that read nothing, for {STALLED_SECONDS} s …", file=sys.stderr)
    stalled = measured(options.kizuna, Stalled, STALLED_SECONDS, options.rate)

    loads = [run["loadAverage"] for kind in runs.values() for run in kind]
    print(f"{options.rate} payments a second offered, {options.rounds} rounds of {options.seconds} s each in turn, "
          f"load average {min(loads):.1f} to {max(loads):.1f}")
    print(f"{'':14}{'flows/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs':>9}{'busy':>7}  resident MB: first, most, last")
    for name, kind in runs.items():
        row = [median(kind, key) for key in ("flowsPerSecond", "p50Ms", "p99Ms", "processorMicros")]
        print(f"{name:14}{row[0]:9.1f}{row[1]:9.2f}{row[2]:9.2f}{row[3]:9.0f}{median(kind, 'busy'):7.0%}"
              f"{memory(kind[-1])}")
    kinds = list(runs.values())
    ratios = {key: median(kinds[1], key) / median(kinds[0], key) for key in ("flowsPerSecond", "p50Ms", "p99Ms")}
    print(f"{'ratio':14}{ratios['flowsPerSecond']:9.2f}{ratios['p50Ms']:9.2f}{ratios['p99Ms']:9.2f}")
    for key in ("flowsPerSecond", "p50Ms", "p99Ms"):
        print(f"  {key}: " + "; ".join(f"{name} {', '.join(str(run[key]) for run in kind)}" for name, kind in runs.items()))
    watched = runs["200 viewers"]
    silence = max(run["silence"] for run in watched)
    told = median(watched, "told") / options.seconds
    print(f"told {told:.0f} times a second, {median(watched, 'bytes') / options.seconds / 1e6:.1f} MB/s; "
          f"longest silence {silence:.1f} s; "
          f"on this machine the viewers themselves took {median(watched, 'audience') / options.seconds:.0%} of a core")
    descriptors = [look[1] for look in stalled["looks"]]
    print(f"{'not reading':14}{stalled['flowsPerSecond']:9.1f}{stalled['p50Ms']:9.2f}{stalled['p99Ms']:9.2f}"
          f"{stalled['processorMicros']:9.0f}{stalled['busy']:7.0%}{memory(stalled)}")
    print(f"  every tenth second, resident MB {[round(look[0]) for look in stalled['looks'][::10]]}, "
          f"descriptors {descriptors[::10]}")
    is_bad = (ratios["flowsPerSecond"] < 1 - TOLERANCE or max(ratios["p50Ms"], ratios["p99Ms"]) > 1 + TOLERANCE
              or silence > LONGEST_SILENCE or descriptors[-1] > max(descriptors) - 200)
    sys.exit(1 if is_bad else 0)


if __name__ == "__main__":
    main()
