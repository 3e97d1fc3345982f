"""Runs the commands of a guide as they stand in its pages, and compares what they print with what the page says.

usage: guides.py KIZUNA PAGE.md           run, compare, and print what was found as JSON
       guides.py --write KIZUNA PAGE.md   run, and write what was printed into the page

A command is a line of a ```console block behind "$ ", with those behind it that are indented by four; what follows is its
output.
Ids, moments, keys and codes differ from run to run and are compared as such only. All commands of a page share one
shell, in a copy of docs/integrate, and its ports become some that are free.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE = 120
PORT = re.compile(r"\b(8080|184[0-9][0-9])\b")
MASKS = [
    (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>"),
    (r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "<moment>"),
    (r"kz_test_[A-Za-z0-9_-]{43}", "<key>"),
    (r"whsec_[A-Za-z0-9+/=]+", "<secret>"),
    (r"\b(kh|jp)-[0-9a-f]{12}\b", "<bank>"),
    (r'"000201[^"]*"', '"<code>"'),
    (r"127\.0\.0\.1:[0-9]+", "<address>"),
]


def commands(lines):
    """Each command with its first line, the line behind its output, and its output."""
    found, inside, at = [], False, 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            text = [line[2:]]
            while lines[at + 1].startswith("    "):
                at += 1
                text.append(lines[at])
            first = at + 1
            while not lines[at + 1].startswith(("$ ", "```")):
                at += 1
            found.append(("\n".join(text), first, at + 1, "\n".join(lines[first : at + 1])))
        at += 1
    return found


def masked(text):
    for pattern, mask in MASKS:
        text = re.sub(pattern, mask, text)
    return text


def meaning(text):
    """What a text says apart from its layout, where it is JSON."""
    text = masked(text).strip()
    try:
        return json.loads(text)
    except ValueError:
        return [line.strip() for line in text.splitlines()]


def laid_out(text):
    """JSON in lines that a page has room for; anything else as it is."""
    try:
        value = json.loads(text)
    except ValueError:
        return text.rstrip("\n")
    if not isinstance(value, dict):
        return text.rstrip("\n")
    lines, line = [], "{"
    members = [f"{json.dumps(name)}: {json.dumps(item, ensure_ascii=False)}" for name, item in value.items()]
    for place, member in enumerate(members):
        piece = member + ("," if place < len(members) - 1 else "}")
        if len(line) + len(piece) > 110 and line.strip("{ "):
            lines.append(line)
            line = " "
        line += ("" if line in ("{", " ") else " ") + piece
    return "\n".join(lines + [line])


class Shell:
    def __init__(self, folder, kizuna):
        path = f"{Path(kizuna).resolve().parent}:{os.environ['PATH']}"
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=folder,
            env=os.environ | {"PATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
        )

    def run(self, command):
        mark = f"---{time.monotonic_ns()}---"
        self.process.stdin.write(f"{command}\nguide_status=$?; echo; echo {mark} $guide_status\n")
        self.process.stdin.flush()
        printed = []
        for line in self.process.stdout:
            if line.startswith(mark):
                text = "".join(printed)
                return int(line.split()[1]), text[:-1] if text.endswith("\n\n") or text == "\n" else text
            printed.append(line)
        raise SystemExit(f"The shell ended at: {command}")

    def end(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_ports(names):
    """A free port for each that the page names; all are held until the last is found, so that no two are one."""
    probes = {name: socket.create_server(("127.0.0.1", 0)) for name in names}
    ports = {name: str(probe.getsockname()[1]) for name, probe in probes.items()}
    for probe in probes.values():
        probe.close()
    return ports


def give_up(*_):
    raise SystemExit(f"The guide did not come to its end within {PATIENCE} seconds")


def main():
    write = sys.argv[1] == "--write"
    kizuna, page = sys.argv[2 if write else 1 :]
    page = Path(page)
    lines = page.read_text(encoding="utf-8").split("\n")
    found, differences = commands(lines), []
    ports = free_ports({port for command, *_ in found for port in PORT.findall(command)})
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(page.parent, folder, dirs_exist_ok=True)
        signal.signal(signal.SIGALRM, give_up)
        signal.alarm(PATIENCE)
        shell, outputs = Shell(folder, kizuna), []
        try:
            for command, _, _, expected in found:
                status, printed = shell.run(PORT.sub(lambda match: ports[match[0]], command))
                outputs.append(printed)
                if status != 0:
                    differences.append({"command": command, "status": status, "printed": printed})
                elif meaning(printed) != meaning(expected):
                    differences.append({"command": command, "expected": expected, "printed": printed})
        finally:
            shell.end()
    seconds = time.monotonic() - began
    if write:
        names = {port: name for name, port in ports.items()}
        for (_, first, end, _), printed in reversed(list(zip(found, outputs))):
            printed = re.sub(r"(?<=127\.0\.0\.1:)[0-9]+", lambda match: names.get(match[0], match[0]), printed)
            lines[first:end] = laid_out(printed).split("\n") if printed.strip() else []
        page.write_text("\n".join(lines), encoding="utf-8")
    print(json.dumps({"commands": len(found), "seconds": round(seconds, 1), "differences": differences}))


main()
