#!/usr/bin/env python3
"""Says what mutual TLS and signed requests cost: whole payments over HTTP, with and without, in one run.

    python3 Benchmarks/guarded/run.py KIZUNA [--rounds N] [--seconds N]

The certificates are made here by openssl (P-256) and go again. Rounds alternate, so that what else the machine does falls
on both alike; a figure is the median of its rounds.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

NAMES = ["switch", "mekong-bank", "sakura-pay", "angkor-acquiring", "naniwa-acquiring", "tonle-fx"]


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_certificates(folder):
    def path(name):
        return os.path.join(folder, name)

    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl("req", "-x509", *curve, "-subj", "/CN=Root", "-days", "2", "-keyout", path("root.key"), "-out",
            path("root.pem"))
    with open(path("names"), "w") as names:
        names.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    for name in NAMES:
        openssl("req", "-new", *curve, "-subj", f"/CN={name}", "-keyout", path(f"{name}.key"), "-out", path("request"))
        openssl("x509", "-req", "-in", path("request"), "-CA", path("root.pem"), "-CAkey", path("root.key"),
                "-CAcreateserial", "-days", "2", "-extfile", path("names"), "-out", path(f"{name}.pem"))


def measured(kizuna, seconds, *flags):
    command = [kizuna, "bench", "payments", "--seconds", str(seconds), "--json", *flags]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr.strip()}")
    figures = json.loads(done.stdout)
    if not figures["booksBalanced"] or figures["errors"]:
        sys.exit(f"{' '.join(command)}: the books do not balance, or payments failed")
    return figures


def main():
    parser = argparse.ArgumentParser(description="What mutual TLS and signed requests cost.")
    parser.add_argument("kizuna")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5)
    options = parser.parse_args()
    runs = {"plain": [], "guarded": []}
    with tempfile.TemporaryDirectory() as folder:
        make_certificates(folder)
        for number in range(options.rounds):
            order = [("plain", []), ("guarded", ["--guarded", folder])]
            for name, flags in order if number % 2 == 0 else reversed(order):
                print(f"round {number + 1} of {options.rounds}: {name} …", file=sys.stderr)
                runs[name].append(measured(options.kizuna, options.seconds, *flags))
    print(f"{'':10}{'flows/s':>10}{'p50 ms':>10}{'p99 ms':>10}")
    for name, figures in runs.items():
        row = [statistics.median(run[key] for run in figures) for key in ("flowsPerSecond", "p50Ms", "p99Ms")]
        print(f"{name:10}{row[0]:10,.0f}{row[1]:10.1f}{row[2]:10.1f}")
    plain, guarded = (statistics.median(run["flowsPerSecond"] for run in runs[name]) for name in runs)
    print(f"{'ratio':10}{guarded / plain:10.2f}")


if __name__ == "__main__":
    main()
