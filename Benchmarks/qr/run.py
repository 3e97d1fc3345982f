"""Times verification of one code by Kizuna and by every peer that is present, one after the other, and prints the ratios.

usage: run.py [--rounds N]
"""

import argparse
import json
import os
import pathlib
import platform
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
PEERS = HERE.parent / "peers"
KIZUNA = HERE.parent.parent / ".build/release/kizuna"


def kizuna():
    run = subprocess.run([KIZUNA, "bench", "qr", "--json"], capture_output=True, text=True, check=True)
    answer = json.loads(run.stdout)
    return answer["payload"], {row["name"]: row["nanoseconds"] for row in answer["operations"]}


def peer(path, payload):
    run = subprocess.run([path, "time"], input=payload + "\n", capture_output=True, text=True, check=False)
    return json.loads(run.stdout) if run.returncode == 0 else {"error": run.stderr[-200:]}


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=5)
    rounds = options.parse_args().rounds
    payload, _ = kizuna()
    ours, theirs, operations = [], {}, {}
    # In turn, so that what else the machine does falls on all alike.
    for _ in range(rounds):
        ours.append(kizuna()[1])
        for path in sorted(PEERS.glob("*/peer")):
            answer = peer(path, payload)
            theirs.setdefault(path.parent.name, []).append(answer.get("nanoseconds"))
            operations[path.parent.name] = answer.get("operation") or f"refuses: {answer.get('error')}"
    print(f"{payload}\n")
    print(f"{os.cpu_count()} cores, {processor()}; load average {os.getloadavg()[0]:.2f}; best of {rounds} rounds in turn, each the median of many batches\n")
    verify = min(row["decodeVerify"] for row in ours)
    rows = [("Kizuna", "verify: checksum, form, every rule, strict error", verify)]
    rows.append(("Kizuna", "read to facts", min(row["decodeFacts"] for row in ours)))
    for name, times in theirs.items():
        if None not in times:
            rows.append((name, operations[name], min(times)))
    print("| Library | Operation | Nanoseconds | Times Kizuna's verify |")
    print("|---|---|--:|--:|")
    for name, operation, nanoseconds in sorted(rows, key=lambda row: row[2]):
        print(f"| {name} | {operation} | {nanoseconds:,.0f} | {nanoseconds / verify:,.1f} |")
    for name, times in theirs.items():
        if None in times:
            print(f"\n{name}: {operations[name]}")


main()
