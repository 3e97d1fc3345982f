#!/usr/bin/env python3
"""Runs two builds of kizuna in turn and says how their throughputs stand to each other.

    python3 Benchmarks/throughput/compare.py BEFORE AFTER [--rounds N] [--seconds N] [--floor RATIO]

BEFORE and AFTER are paths of built kizuna commands. Each round runs both, the order changing from round to round, so that
what else the machine does falls on both alike. A row's figure is the median of its rounds; its ratio is the median of the
ratios within each round, since a machine may change its pace from one round to the next, and the smallest and the largest of
them stand beside it. Exits with 1 when the ratio of any row is below RATIO (0.95 unless told).
"""

import argparse
import json
import statistics
import subprocess
import sys


def measured(kizuna, seconds):
    """Payments a second by row, of one run of each benchmark."""
    rows = {}
    engine = answer(kizuna, "engine", seconds)
    for callers, row in engine["callers"].items():
        rows[f"engine, {callers} callers"] = row["paymentsPerSecond"]
    rows["engine, two accounts"] = engine["hotPair"]["paymentsPerSecond"]
    rows["payments over HTTP"] = answer(kizuna, "payments", seconds)["flowsPerSecond"]
    return rows


def answer(kizuna, benchmark, seconds):
    command = [kizuna, "bench", benchmark, "--seconds", str(seconds), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    figures = json.loads(done.stdout)
    if not figures["booksBalanced"] or figures.get("errors", 0):
        sys.exit(f"{' '.join(command)}: the books do not balance, or payments failed")
    return figures


def main():
    parser = argparse.ArgumentParser(description="Compares the throughput of two builds of kizuna.")
    parser.add_argument("before")
    parser.add_argument("after")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--floor", type=float, default=0.95)
    options = parser.parse_args()

    runs = {"before": [], "after": []}
    for round_number in range(options.rounds):
        order = ["before", "after"] if round_number % 2 == 0 else ["after", "before"]
        for name in order:
            print(f"round {round_number + 1} of {options.rounds}: {name} …", file=sys.stderr)
            runs[name].append(measured(getattr(options, name), options.seconds))

    print(f"{'':24}{'before':>10}{'after':>10}{'ratio':>8}   of the rounds")
    has_fallen = False
    for row in runs["before"][0]:
        before, after = ([run[row] for run in runs[name]] for name in ("before", "after"))
        ratios = [later / earlier for earlier, later in zip(before, after)]
        ratio = statistics.median(ratios)
        has_fallen = has_fallen or ratio < options.floor
        figures = f"{row:24}{statistics.median(before):10,.0f}{statistics.median(after):10,.0f}{ratio:8.2f}"
        print(f"{figures}   {min(ratios):.2f} to {max(ratios):.2f}")
    sys.exit(1 if has_fallen else 0)


if __name__ == "__main__":
    main()
