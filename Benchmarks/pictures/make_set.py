"""Makes a seeded set of photographs of payment codes that other tools drew.

    python make_set.py FOLDER [--count 500] [--seed 1] [--strength 1] [--vectors FILE]

Beside the pictures, FOLDER/truth.tsv says for each: its file, what its code says, who drew it, what happened to it.
"""

import argparse
import csv
import pathlib

import damage
import numpy
import symbols

VECTORS = pathlib.Path(__file__).parents[2] / "Tests/KizunaQRTests/Fixtures/qr-valid.tsv"
KINDS = ("rotated", "blurred", "scaled", "warped", "jpeg40", "covered", "faded", "noisy", "shaded", "shaken")


def kinds_of(index, random):
    """Each kind comes first in its turn; two of three pictures get one or two others with it."""
    chosen = [KINDS[index % len(KINDS)]]
    others = [kind for kind in KINDS if kind not in chosen]
    chosen += list(random.choice(others, size=int(random.integers(0, 3)), replace=False))
    # Blurred twice, or blurred and far away, nobody reads it, man or machine.
    soft = [kind for kind in chosen if kind in ("blurred", "shaken", "scaled")]
    return [kind for kind in chosen if kind not in soft[1:]]


def photograph(index, seed, strength, payloads):
    random = numpy.random.default_rng([seed, index])
    tool = symbols.TOOLS[index % len(symbols.TOOLS)]
    fitting = [payload for scheme, payload in payloads if tool != "bakong-khqr-image" or scheme.startswith("khqr")]
    payload = fitting[int(random.integers(len(fitting)))]
    correction = str(random.choice(["L", "M", "M", "M", "Q", "H"]))
    kinds = kinds_of(index, random)
    if "covered" in kinds and correction == "L":
        correction = "M"
    picture, module, has_logo = symbols.render(tool, payload, correction, int(random.integers(4, 10)))
    if has_logo:
        # The library's logo lies where the sticker would: that is damage enough.
        kinds = [kind for kind in kinds if kind != "covered"]
    for name, step in damage.ON_PAPER.items():
        if name in kinds:
            picture = step(picture, random, module, strength)
    picture = damage.on_a_table(picture, random)
    for stage in (damage.LIGHT, damage.LENS, damage.CAMERA):
        for name, step in stage.items():
            if name in kinds:
                picture = step(picture, random, module, strength)
    return picture, payload, tool, correction, kinds


def save(picture, folder, index, kinds):
    if "jpeg40" in kinds:
        path = folder / f"{index:05}.jpg"
        picture.save(path, quality=40)
    else:
        path = folder / f"{index:05}.png"
        picture.save(path)
    return path.name


def main():
    parser = argparse.ArgumentParser(description="Makes a seeded set of photographs of payment codes.")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--strength", type=float, default=1)
    parser.add_argument("--vectors", type=pathlib.Path, default=VECTORS)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    payloads = symbols.payloads(arguments.vectors)
    with open(arguments.folder / "truth.tsv", "w", encoding="utf-8", newline="") as file:
        truth = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n")
        truth.writerow(["file", "payload", "tool", "correction", "damage"])
        for index in range(arguments.count):
            picture, payload, tool, correction, kinds = photograph(index, arguments.seed, arguments.strength, payloads)
            name = save(picture, arguments.folder, index, kinds)
            truth.writerow([name, payload, tool, correction, "+".join(kinds)])


if __name__ == "__main__":
    main()
