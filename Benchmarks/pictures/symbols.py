"""Payment codes as other tools draw them: Debian's qrencode, segno, bakong-khqr-image."""

import csv
import io
import os
import subprocess
import tempfile

import segno
from bakong_khqr_image import KHQRImage
from PIL import Image

TOOLS = ("qrencode", "segno", "bakong-khqr-image")
QUIET_MODULES = 4


def payloads(vectors):
    """The KHQR and JPQR payloads of the vector file, in its order."""
    with open(vectors, encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wanted = ("khqr-individual", "khqr-merchant", "khqr-unionpay", "jpqr-mpm")
    # In the file a backslash is doubled and control characters are spelled out; payment codes need neither.
    return [(row["scheme"], row["payload"]) for row in rows if row["scheme"] in wanted and "\\" not in row["payload"]]


def render(tool, payload, correction, module_pixels):
    """A grey picture, the pixels of a module's side in it, and whether a logo already covers its middle."""
    if tool == "qrencode":
        return with_qrencode(payload, correction, module_pixels), module_pixels, False
    if tool == "segno":
        return with_segno(payload, correction, module_pixels), module_pixels, False
    return with_bakong(payload, module_pixels)


def with_qrencode(payload, correction, module_pixels):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "symbol.png")
        flags = ["-8", "-l", correction, "-s", str(module_pixels), "-m", str(QUIET_MODULES)]
        subprocess.run(["qrencode", *flags, "-o", path], input=payload.encode(), check=True)
        return Image.open(path).convert("L")


def with_segno(payload, correction, module_pixels):
    # segno takes Shift_JIS or Latin-1 where it can; what is neither it announces as UTF-8.
    symbol = segno.make_qr(payload.encode(), error=correction, boost_error=False, mode="byte")
    file = io.BytesIO()
    symbol.save(file, kind="png", scale=module_pixels, border=QUIET_MODULES)
    return Image.open(file).convert("L")


def with_bakong(payload, module_pixels):
    """The card that the library draws is 300 pixels wide; a telephone shows it larger."""
    card = KHQRImage.from_emv(payload).to_bytes()
    picture = Image.open(io.BytesIO(card)).convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    grey = paper.convert("L")
    modules = segno.make_qr(payload.encode(), error="M", boost_error=False, mode="byte").symbol_size(border=0)[0]
    drawn = 280 / (modules + 2 * 2)
    factor = max(1.0, module_pixels / drawn)
    size = (round(grey.width * factor), round(grey.height * factor))
    return grey.resize(size, Image.Resampling.BICUBIC), drawn * factor, True
