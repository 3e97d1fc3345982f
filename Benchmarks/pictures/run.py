"""Has readers read a set of pictures, and says how many of its codes each read, missed and misread.

    python run.py FOLDER [READER …]

Without names, every reader that is there: Kizuna (.build/release/kizuna) and the peers that pip has installed.
Exits 1 when Kizuna misread a picture or read less than 98 %.
"""

import argparse
import collections
import csv
import json
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).parents[2]
FLOOR_PERCENT = 98


def kizuna(path):
    command = [ROOT / ".build/release/kizuna", "qr", "decode", "--json", "--image", str(path)]
    answer = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)
    return [code["payload"] for code in answer.get("codes", [answer]) if "payload" in code]


def zxing_cpp():
    """The same library as Kizuna's in a later version, one attempt with all its options."""
    import zxingcpp
    from PIL import Image

    return lambda path: [
        code.bytes.decode("utf-8", "replace")
        for code in zxingcpp.read_barcodes(Image.open(path), formats=zxingcpp.BarcodeFormat.QRCode)
    ]


def opencv():
    import cv2

    detector = cv2.QRCodeDetector()
    return lambda path: [text for text in detector.detectAndDecodeMulti(cv2.imread(str(path)))[1] or () if text]


def zbar():
    """Bytes as they are: zbar guesses the character set, often Shift_JIS or Big5."""
    from PIL import Image
    from pyzbar import pyzbar

    return lambda path: [
        code.data.decode("utf-8", "replace")
        for code in pyzbar.decode(Image.open(path), symbols=[pyzbar.ZBarSymbol.QRCODE])
    ]


PEERS = {"zxing-cpp": zxing_cpp, "opencv": opencv, "zbar": zbar}


def readers(names):
    found = {"kizuna": kizuna}
    for name, make in PEERS.items():
        try:
            found[name] = make()
        except ImportError as error:
            print(f"{name} is not here: {error}", file=sys.stderr)
    return {name: read for name, read in found.items() if not names or name in names}


def score(read, folder, truth):
    misses, misreadings, times = [], [], []
    for row in truth:
        start = time.perf_counter()
        texts = read(folder / row["file"])
        times.append(1000 * (time.perf_counter() - start))
        if any(text != row["payload"] for text in texts):
            misreadings.append(row)
        elif not texts:
            misses.append(row)
    return misses, misreadings, times


def by_damage(rows):
    return collections.Counter(kind for row in rows for kind in (row["damage"] or "none").split("+"))


def main():
    parser = argparse.ArgumentParser(description="Has readers read a set of pictures.")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("readers", nargs="*")
    parser.add_argument("--misses", action="store_true", help="name each picture that was missed")
    arguments = parser.parse_args()
    with open(arguments.folder / "truth.tsv", encoding="utf-8", newline="") as file:
        truth = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    passed = True
    for name, read in readers(arguments.readers).items():
        misses, misreadings, times = score(read, arguments.folder, truth)
        percent = 100 * (len(truth) - len(misses) - len(misreadings)) / len(truth)
        print(
            f"{name:10} read {percent:5.1f} % of {len(truth)}, missed {len(misses)}, misread {len(misreadings)}, "
            f"median {statistics.median(times):.0f} ms, longest {max(times):.0f} ms"
        )
        if misses:
            print(f"{'':10} missed by damage: {dict(by_damage(misses).most_common())}")
        for row in misses if arguments.misses else []:
            print(f"{'':10} {row['file']} {row['tool']} {row['correction']} {row['damage']}")
        if name == "kizuna":
            passed = not misreadings and percent >= FLOOR_PERCENT
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
