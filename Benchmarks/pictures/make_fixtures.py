"""Makes the small pictures that Tests/KizunaQRImageTests reads; run it again only when one of them must change.

    python make_fixtures.py
"""

import pathlib

import damage
import numpy
import symbols
from PIL import Image, ImageOps

TESTS = pathlib.Path(__file__).parents[2] / "Tests"
FOLDER = TESTS / "KizunaQRImageTests/Fixtures"
TEXT = "kizuna 絆 មិត្តភាព"
PAYLOADS = (
    "00020101021129170013sok_dara@aclb5204599953031165802KH5908Sok Dara6010Phnom Penh64190002km0109សុខ ដារ៉ា63040BB1",
    "00020101021126680019jp.or.paymentsjapan0113000000000000102040001030600000104060000015204599953033925802JP5913KIZUNA SHOTEN6010CHIYODA-KU6107100000164150002JA0105きずな商店63043884",
    "not a payment code",
)


def code(text=TEXT, module_pixels=6):
    return symbols.with_segno(text, "M", module_pixels)


def sheet():
    """Six codes as a shop glues them on one board: two the same, one upside down, one askew, one small."""
    paper = Image.new("L", (900, 620), 245)
    paper.paste(code("one", 7), (30, 30))
    paper.paste(code("two", 7), (330, 30))
    paper.paste(code("one", 7), (630, 30))
    paper.paste(code("four", 7).rotate(180), (30, 330))
    paper.paste(code("five", 7).rotate(14, Image.Resampling.BICUBIC, expand=True, fillcolor=245), (310, 310))
    paper.paste(code("six", 3), (680, 380))
    return paper


def counter():
    """Two payment codes and something else on one board."""
    paper = Image.new("L", (1200, 420), 245)
    for place, payload in enumerate(PAYLOADS):
        paper.paste(code(payload, 6), (20 + 400 * place, 20))
    return paper


def tilted(random):
    picture = damage.on_a_table(code(module_pixels=8), random)
    return damage.rotated(damage.warped(picture, random, 8, 1), random, 8, 1)


def main():
    for folder in (FOLDER, TESTS / "KizunaCommandsTests/Fixtures"):
        folder.mkdir(parents=True, exist_ok=True)
    random = numpy.random.default_rng(7)
    plain = code()
    tinted = ImageOps.colorize(plain, "#402010", "#f4f0d0")
    plain.save(FOLDER / "grey.jpg", quality=85)
    tinted.save(FOLDER / "colour.jpg", quality=85)
    tinted.save(FOLDER / "progressive.jpg", quality=85, progressive=True)
    tinted.convert("CMYK").save(FOLDER / "cmyk.jpg", quality=60)
    tilted(random).save(FOLDER / "tilted.jpg", quality=40)
    damage.faded(plain, random, 6, 1).save(FOLDER / "faded.png")
    damage.covered(code(module_pixels=8), random, 8, 1).save(FOLDER / "covered.png")
    code(module_pixels=2).save(FOLDER / "small.png")
    ImageOps.invert(plain).save(FOLDER / "inverted.png")
    sheet().save(FOLDER / "sheet.png", optimize=True)
    counter().save(TESTS / "KizunaCommandsTests/Fixtures/sheet.png", optimize=True)
    Image.new("L", (120, 80), 250).save(TESTS / "KizunaCommandsTests/Fixtures/blank.png")
    frames = [plain.convert("P"), code("another").resize(plain.size).convert("P")]
    for name in ("animated.png", "animated.gif", "animated.webp"):
        frames[0].save(FOLDER / name, save_all=True, append_images=frames[1:], duration=500, loop=0)


if __name__ == "__main__":
    main()
