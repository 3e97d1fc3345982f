"""Runs the same strings through Kizuna and its peers, and lists where they disagree.

usage: compare.py [--listing FILE] [--table FILE]
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal, InvalidOperation

from cases import cases
from causes import cause_of

HERE = pathlib.Path(__file__).resolve().parent
PEERS = HERE.parent / "peers"
ROOT = HERE.parent.parent
KIZUNA = ROOT / ".build/release/kizuna"
VECTORS = ROOT / "Tests/KizunaQRTests/Fixtures"

FIELDS = ["account", "merchantId", "currency", "amount", "country", "name", "city"]


def vectors():
    """The rows of both vector files."""
    for name in ("qr-valid", "qr-invalid"):
        lines = (VECTORS / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
        for line in lines[1:]:
            if not line:
                continue
            identifier, scheme, payload, expected, _ = line.split("\t")
            plain = re.sub(r"\\(u([0-9A-Fa-f]{4})|\\)", lambda m: chr(int(m[2], 16)) if m[2] else "\\", payload)
            known = json.loads(expected)
            kind = known.get("error") or ", ".join(known.get("quirks", [])) or scheme
            yield {"id": identifier, "kind": kind, "payload": plain, "at": known.get("at")}


def ask(command, rows):
    """The answers of a program that takes a JSON object a line and gives one back."""
    text = "".join(json.dumps({key: row[key] for key in ("id", "payload", "at") if row[key] is not None}) + "\n"
                   for row in rows)
    run = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{command[0]} failed: {run.stderr[-500:]}")
    return {answer["id"]: answer for answer in map(json.loads, run.stdout.strip("\n").split("\n"))}


def family(answer):
    scheme = answer.get("scheme") or ""
    return "khqr" if scheme.startswith("khqr") else "jpqr" if scheme == "jpqr-mpm" else scheme


def facts(answer):
    khqr = answer.get("khqr") or {}
    return {"account": khqr.get("id"), "merchantId": khqr.get("merchantId"),
            **{name: answer.get(name) for name in FIELDS[2:]}}


def differences(ours, theirs):
    """The fields that both name and read differently; amounts are compared as numbers."""
    for name in FIELDS:
        mine, yours = ours.get(name), theirs.get(name)
        if not yours or mine == yours or name not in theirs:
            continue
        if name == "amount" and mine is not None:
            try:
                if Decimal(mine) == Decimal(yours):
                    continue
            except InvalidOperation:
                pass
        yield name, mine, yours


def verdict(ours, theirs):
    """What Kizuna says of a code, by the measure of a peer: those for KHQR alone verify as strictly as banks do."""
    if not ours["ok"]:
        return ours["error"]
    if theirs.get("schemes") == ["khqr"] and ours.get("strictError"):
        return f"strict error {ours['strictError']}"
    return None


def compare(row, ours, peer, theirs):
    """The disagreement of one peer over one string, or None; and whether the string was in its line at all."""
    seen, refused = family(ours), verdict(ours, theirs)
    known = theirs.get("schemes", [])
    belongs = seen in ("", *known) or (seen == "emvco-other" and "other" in known)
    if not belongs:
        if theirs["accepted"] and not refused:
            return "takes another scheme's code", f"Kizuna: {ours['scheme']}"
        return (None, None) if not theirs["accepted"] else ("accepts", refused)
    if refused and theirs["accepted"]:
        return "accepts", refused
    if not refused and not theirs["accepted"]:
        if "expired" in theirs["error"] and row["at"] is not None:
            return None, None  # It judges by the machine's clock, and the string by the row's.
        return "refuses", theirs["error"]
    if not refused:
        found = [f"{name}: {yours!r} for {mine!r}" for name, mine, yours in differences(facts(ours), theirs["fields"])]
        if found:
            return "reads differently", "; ".join(found)
    return None, None


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--listing")
    options.add_argument("--table")
    options = options.parse_args()
    peers = sorted(path.parent.name for path in PEERS.glob("*/peer"))
    if len(peers) < 4:
        sys.exit("compare.py: fewer than four peers; see Benchmarks/README.md")
    rows = [*vectors(), *cases()]
    ours = ask([str(KIZUNA), "qr", "decode", "--jsonl"], rows)
    found = []
    for peer in peers:
        theirs = ask([str(PEERS / peer / "peer"), "read"], rows)
        for row in rows:
            what, detail = compare(row, ours[row["id"]], peer, theirs[row["id"]])
            if what:
                found.append((peer, row, ours[row["id"]], what, detail))
    report(rows, peers, found, options)


def report(rows, peers, found, options):
    listing = ["\t".join(["id", "kind", "kizuna", "disagreement", "peers", "cause"])]
    lines = defaultdict(list)
    groups = defaultdict(list)
    for peer, row, ours, what, detail in found:
        cause = cause_of(row, ours, what, detail)
        groups[cause].append((peer, row, what, detail))
        answer = "accepts" if ours["ok"] else ours["error"]
        shown = f"{what}: {detail}" if what == "reads differently" else what
        lines[row["id"], row["kind"], answer, shown, cause.name].append(peer)
    for (identifier, kind, answer, shown, cause), names in lines.items():
        cells = [identifier, kind, answer, shown, ", ".join(names), cause]
        listing.append("\t".join(json.dumps(cell)[1:-1] for cell in cells))
    table = ["| Cause | Disagreements | Strings | Peers | Example | Who is right, and why |", "|---|--:|--:|---|---|---|"]
    for cause, members in sorted(groups.items(), key=lambda group: -len(group[1])):
        strings = {row["id"] for _, row, _, _ in members}
        names = ", ".join(sorted({peer for peer, *_ in members}))
        peer, row, what, detail = members[0]
        example = f"{row['id']} ({row['kind'].split(' (')[0]}): {peer} {what}".replace("|", "\\|")
        table.append(f"| {cause.name} | {len(members)} | {len(strings)} | {names} | {example} | {cause.right} |")
    summary = (f"{len(rows)} strings, {len(peers)} peers ({', '.join(peers)}): {len(found)} disagreements over "
               f"{len({row['id'] for _, row, *_ in found})} strings.")
    if options.listing:
        pathlib.Path(options.listing).write_text("\n".join(listing) + "\n", encoding="utf-8")
    if options.table:
        pathlib.Path(options.table).write_text(summary + "\n\n" + "\n".join(table) + "\n", encoding="utf-8")
    print(summary)
    for cause, members in sorted(groups.items(), key=lambda group: -len(group[1])):
        print(f"{len(members):5}  {cause.name}")


main()
