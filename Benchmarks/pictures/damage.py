"""What happens to a code between the counter and the wallet, with a seeded generator and in units of its modules.

Strength is 1 for what shops and telephones do, and grows for what is hardly readable any more.
"""

import io
import math

import numpy
from PIL import Image, ImageDraw, ImageFilter


def on_a_table(picture, random):
    """The sheet on a plain or streaky ground, with room around."""
    margin = int(random.integers(20, 80))
    size = (picture.width + 2 * margin, picture.height + 2 * margin)
    ground = numpy.full((size[1], size[0]), float(random.integers(60, 230)))
    if random.random() < 0.5:
        ground += random.normal(0, 12, (size[1], 1)) + random.normal(0, 6, (1, size[0]))
    table = Image.fromarray(ground.clip(0, 255).astype(numpy.uint8))
    table.paste(picture, (margin, margin))
    return table


def rotated(picture, random, _, strength):
    ground = int(numpy.asarray(picture)[0, 0])
    return picture.rotate(random.uniform(0, 360), Image.Resampling.BICUBIC, expand=True, fillcolor=ground)


def warped(picture, random, _, strength):
    """Seen from the side: each corner pulled inward by up to an eighth of the picture."""
    width, height = picture.size
    pull = 0.125 * strength
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    target = [
        (x + (1 if x == 0 else -1) * random.uniform(0, pull) * width, y + (1 if y == 0 else -1) * random.uniform(0, pull) * height)
        for x, y in corners
    ]
    ground = int(numpy.asarray(picture)[0, 0])
    coefficients = perspective(target, corners)
    return picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC, fillcolor=ground
    )


def perspective(target, source):
    """The eight numbers of the projection that takes points of the target to points of the source."""
    rows, values = [], []
    for (x, y), (u, v) in zip(target, source):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return numpy.linalg.solve(numpy.array(rows, float), numpy.array(values, float)).tolist()


def blurred(picture, random, module, strength):
    """Out of focus: a point becomes a spot of up to a module and a half across."""
    return picture.filter(ImageFilter.GaussianBlur(random.uniform(0.2, 0.45) * strength * module))


def shaken(picture, random, module, strength):
    """The hand moved: a short streak in one direction."""
    length = max(3, int(random.uniform(0.3, 0.8) * strength * module) | 1)
    angle = random.uniform(0, math.pi)
    pixels = numpy.asarray(picture, float)
    total = numpy.zeros_like(pixels)
    for step in range(length):
        offset = step - length // 2
        shift = (round(offset * math.sin(angle)), round(offset * math.cos(angle)))
        total += numpy.roll(pixels, shift, axis=(0, 1))
    return Image.fromarray((total / length).clip(0, 255).astype(numpy.uint8))


def scaled(picture, random, module, strength):
    """Far away: two to three pixels a module are left."""
    factor = min(1.0, random.uniform(2.0, 3.0) / strength / module)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.BOX if random.random() < 0.5 else Image.Resampling.BICUBIC)


def faded(picture, random, _, strength):
    """Low contrast: 32 to 80 steps of grey between ink and paper."""
    contrast = random.uniform(32, 80) / strength
    darkest = random.uniform(20, 230 - contrast)
    pixels = numpy.asarray(picture, float) / 255 * contrast + darkest
    return Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8))


def noisy(picture, random, _, strength):
    """The grain of a cheap camera at night: up to a third of the picture's contrast."""
    pixels = numpy.asarray(picture, float)
    contrast = numpy.percentile(pixels, 98) - numpy.percentile(pixels, 2)
    grain = random.normal(0, random.uniform(0.05, 0.15) * strength * contrast, pixels.shape)
    return Image.fromarray((pixels + grain).clip(0, 255).astype(numpy.uint8))


def shaded(picture, random, _, strength):
    """A lamp on one side, or the edge of a shadow across the sheet."""
    pixels = numpy.asarray(picture, float)
    height, width = pixels.shape
    angle = random.uniform(0, 2 * math.pi)
    y, x = numpy.mgrid[0:height, 0:width]
    across = (x / width - 0.5) * math.cos(angle) + (y / height - 0.5) * math.sin(angle)
    if random.random() < 0.5:
        light = 0.65 + 0.6 * strength * across
    else:
        light = numpy.where(across > random.uniform(-0.2, 0.2), 1.0, random.uniform(0.5, 0.75) / strength)
    return Image.fromarray((pixels * light.clip(0.2, 1)).clip(0, 255).astype(numpy.uint8))


def covered(picture, random, module, strength):
    """A sticker or a stain between the three corner marks: up to three modules wide and six high."""
    picture = picture.copy()
    draw = ImageDraw.Draw(picture)
    centre = (picture.width / 2, picture.height / 2)
    wide, high = random.uniform(1.5, 3) * strength * module, random.uniform(2, 6) * module
    x = centre[0] + random.uniform(-6, 6) * module
    y = centre[1] + random.uniform(-6, 6) * module
    shade = int(random.choice([0, 90, 255]))
    shape = draw.ellipse if random.random() < 0.5 else draw.rectangle
    shape((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), fill=shade)
    return picture


# On the paper, before the sheet lies on the table; then light and angle, the lens, the camera. JPEG comes with the file.
ON_PAPER = {"covered": covered, "faded": faded}
LIGHT = {"shaded": shaded, "rotated": rotated, "warped": warped}
LENS = {"scaled": scaled, "blurred": blurred, "shaken": shaken}
CAMERA = {"noisy": noisy}
