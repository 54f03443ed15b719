"""Pictures that are no scenes of emoji, as people draw, plot and write them. Levels (128, 128, 3)."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from shades import SIDE, colours, gradients, levels, tint

FINE = 256  # the side of the canvas that they are drawn on
WORDS = ("lorem the of and report 2024 total sales we market a in to for page data with week result year price time "
         "chapter notes people new work plan open file edit view help 17 350 99% team map city next").split()


def landscape(rng):
    image, draw = canvas(rng, sky := colours(rng, 2))
    if rng.random() < 0.3:
        blob(rng, draw, 0.06, tint(rng, sky[0] + 60), high=0.4)
    for _ in range(int(rng.integers(0, 4))):
        blob(rng, draw, 0.12, tint(rng, sky[0] + 40), high=0.4)
    height, layers = rng.uniform(0.2, 0.45), int(rng.integers(1, 5))
    for _ in range(layers):
        ground = colours(rng, 1)[0] * rng.uniform(0.4, 1)
        ridge(rng, draw, height, tint(rng, ground))
        for _ in range(int(rng.integers(0, 5)) if rng.random() < 0.5 else 0):
            stand(rng, draw, height, tint(rng, ground * rng.uniform(0.3, 1.3)))
        height += rng.uniform(0.06, 0.3)
    return soften(rng, image)


def ridge(rng, draw, height, colour):
    """Hills, mountains or a level line, down to the lower edge."""
    steps, rough = int(rng.integers(2, 14)), rng.choice([0, 0.05, 0.15])
    line = [(x * FINE, (height + rng.uniform(-rough, rough)) * FINE) for x in np.linspace(0, 1, steps)]
    if rough and rng.random() < 0.6:  # rounded
        xs = np.linspace(0, FINE, 64)
        line = list(zip(xs, np.interp(xs, *zip(*line))))
        ys = np.convolve(np.pad([y for _, y in line], 6, "edge"), np.ones(13) / 13, "valid")
        line = list(zip(xs, ys))
    draw.polygon([*line, (FINE, FINE), (0, FINE)], fill=colour)


def stand(rng, draw, height, colour):
    """A tree, a house, a tower, a post."""
    x, base, size = rng.uniform(0, FINE), (height + rng.uniform(0.02, 0.3)) * FINE, rng.uniform(0.05, 0.25) * FINE
    width = size * rng.uniform(0.1, 0.8)
    if rng.random() < 0.4:
        draw.polygon([(x, base - size), (x - width / 2, base), (x + width / 2, base)], fill=colour)
    else:
        draw.rectangle([x - width / 2, base - size, x + width / 2, base], fill=colour)
    if rng.random() < 0.4:
        disc(draw, x, base - size, width, width, tint(rng, colours(rng, 1)[0]))


def portrait(rng):
    image, draw = canvas(rng, colours(rng, 2))
    if rng.random() < 0.5:
        image.paste(Image.fromarray(levels(gradients(rng))).resize((FINE, FINE)))
    skin = np.array([225, 180, 150]) * rng.uniform(0.35, 1.1)
    hair, cloth = [tint(rng, colour) for colour in colours(rng, 2) * rng.uniform(0.2, 0.9)]
    for _ in range(int(rng.choice([1, 1, 1, 2, 3]))):
        x, y, r = rng.uniform(0.3, 0.7) * FINE, rng.uniform(0.3, 0.5) * FINE, rng.uniform(0.1, 0.24) * FINE
        tall = r * rng.uniform(1.15, 1.5)
        if rng.random() < 0.6:
            long = tall * rng.uniform(0.9, 1.4)
            disc(draw, x, y - tall * 1.2 + long, r * 1.25, long, hair)
        disc(draw, x, y + tall * 2.6, r * rng.uniform(1.8, 2.8), tall * 1.45, cloth)
        draw.rectangle([x - r * 0.4, y + tall * 0.6, x + r * 0.4, y + tall * 1.4], fill=tint(rng, skin * 0.9))
        disc(draw, x, y, r, tall, tint(rng, skin))
        if rng.random() < 0.5:
            draw.chord([x - r, y - tall, x + r, y + tall], 180, 360, fill=hair)
        for eye in (x - r * 0.4, x + r * 0.4):
            disc(draw, eye, y, r * 0.12, r * 0.09, (40, 30, 30))
        draw.line([x, y, x, y + tall * 0.3], fill=tint(rng, skin * 0.8), width=3)
        draw.arc([x - r * 0.45, y + tall * 0.25, x + r * 0.45, y + tall * 0.65], 10, 170, fill=(150, 60, 60), width=4)
    return soften(rng, image)


def chart(rng):
    image, draw, ink = paper(rng)
    kind, palette = rng.integers(5), colours(rng, 6)
    left, top, right, base = (np.array([rng.uniform(0.05, 0.2), rng.uniform(0.05, 0.25), rng.uniform(0.8, 0.97),
                                        rng.uniform(0.75, 0.95)]) * FINE).tolist()
    for y in np.linspace(top, base, int(rng.integers(2, 8))) if rng.random() < 0.5 and kind else []:
        draw.line([left, y, right, y], fill=tint(rng, np.array(ink) * 0.3 + 120), width=1)
    if kind == 0:
        r = min(right - left, base - top) / 2
        box, start = [128 - r, (top + base) / 2 - r, 128 + r, (top + base) / 2 + r], rng.uniform(0, 360)
        for colour, share in zip(palette, rng.dirichlet(np.ones(int(rng.integers(2, 7))) * 2)):
            draw.pieslice(box, start, start + share * 360, fill=tint(rng, colour))
            start += share * 360
    elif kind in (1, 2):
        count = int(rng.integers(3, 14))
        step = (right - left) / count
        for i in range(count):
            x, height = left + (i + 0.15) * step, rng.uniform(0.05, 1) * (base - top)
            fill = tint(rng, palette[i % int(rng.integers(1, 4))])
            draw.rectangle([x, base - height, x + step * 0.7, base], fill=fill)
    else:
        for colour in palette[: int(rng.integers(1, 5))]:
            xs = np.linspace(left, right, int(rng.integers(4, 40)))
            ys = np.clip((top + base) / 2 + np.cumsum(rng.normal(0, 14, len(xs))), top, base)
            if kind == 3:
                draw.line(list(zip(xs, ys)), fill=tint(rng, colour), width=int(rng.integers(2, 6)))
            else:
                for x, y in zip(xs, ys):
                    disc(draw, x, y, 4, 4, tint(rng, colour))
    if kind:
        draw.line([left, top, left, base, right, base], fill=ink, width=2)
    if rng.random() < 0.7:
        write(rng, draw, left, rng.uniform(0, 14), right, int(rng.integers(10, 22)), ink)
    return shrink(image)


def page(rng):
    """Text: a page, a slide, a sign."""
    image, draw, ink = paper(rng)
    size, y, left = int(rng.choice([10, 12, 16, 22, 40, 70])), rng.uniform(4, 40), rng.uniform(4, 40)
    columns = int(rng.choice([1, 1, 1, 2]))
    if rng.random() < 0.4:
        write(rng, draw, left, y, FINE - 8, size + 12, ink)
        y += size + 22
    while y < FINE - rng.uniform(0, 60):
        for column in range(columns):
            from_x = left + column * (FINE - left) / columns
            write(rng, draw, from_x, y, from_x + (FINE - left) / columns * rng.uniform(0.5, 1) - 8, size, ink)
        y += size * rng.choice([1.3, 1.3, 1.3, 2.2])
    return shrink(image)


def screen(rng):
    """Windows, bars, buttons and lines of text."""
    image, draw, ink = paper(rng)
    for _ in range(int(rng.integers(2, 7))):
        x, y, w, h = (rng.uniform(0, 1, 4) * FINE).tolist()
        bar, column, window = [0, y, FINE, y + h * 0.2], [x, 0, x + w * 0.3, FINE], [x, y, x + w, y + h]
        box = (bar, column, window)[int(rng.choice(3, p=[0.3, 0.2, 0.5]))]
        draw.rounded_rectangle(box, float(rng.choice([0, 0, 6, 14])), tint(rng, colours(rng, 1)[0]),
                               outline=ink if rng.random() < 0.3 else None)
        for line in range(int(rng.integers(0, 6))):
            write(rng, draw, box[0] + 8, box[1] + 6 + 16 * line, min(box[2], FINE) - 6, 12, ink)
    return shrink(image)


def mosaic(rng):
    """Large flat shapes that fill the picture."""
    image, draw = canvas(rng, colours(rng, 2))
    for _ in range(int(rng.integers(4, 30))):
        points = (rng.uniform(-0.2, 1.2, 2) + rng.uniform(-0.5, 0.5, (int(rng.integers(3, 6)), 2))) * FINE
        fill = tint(rng, colours(rng, 1)[0])
        if rng.random() < 0.4:
            (x0, y0), (x1, y1) = points.min(0), points.max(0)
            (draw.ellipse if rng.random() < 0.5 else draw.rectangle)([x0, y0, x1, y1], fill=fill)
        else:
            draw.polygon([tuple(p) for p in points.tolist()], fill=fill)
    return soften(rng, image)


def scribble(rng):
    """Strokes of a pen or a brush, a map's lines."""
    image, draw, ink = paper(rng)
    inks = [ink, *(tint(rng, c) for c in colours(rng, 3))][: int(rng.integers(1, 5))]
    for _ in range(int(rng.integers(4, 30))):
        steps = int(rng.integers(3, 30))
        walk = rng.uniform(0, FINE, 2) + np.cumsum(rng.normal(0, rng.uniform(4, 30), (steps, 2)), 0)
        colour, width = inks[int(rng.integers(len(inks)))], int(rng.integers(1, 9))
        draw.line([tuple(p) for p in walk.tolist()], colour, width, "curve")
    return shrink(image)


def canvas(rng, two):
    """A large picture that goes from one colour down to another."""
    ramp = np.linspace(0, 1, FINE)[:, None, None]
    image = Image.fromarray(levels(np.broadcast_to(two[0] * (1 - ramp) + two[1] * ramp, (FINE, FINE, 3))))
    return image, ImageDraw.Draw(image)


def paper(rng):
    """A light or dark sheet, with its ink."""
    light = rng.random() < 0.7
    ground = rng.uniform(215, 255, 3) if light else rng.uniform(0, 60, 3)
    image = Image.new("RGB", (FINE, FINE), tuple(int(v) for v in ground))
    return image, ImageDraw.Draw(image), (20, 20, 25) if light else (235, 235, 235)


def write(rng, draw, left, top, right, size, ink):
    """A line of words, as many as fit."""
    font, text = ImageFont.load_default(size), WORDS[int(rng.integers(len(WORDS)))] + " "
    while draw.textlength(text, font=font) < right - left - size * 2 and len(text) < 60:
        text += WORDS[int(rng.integers(len(WORDS)))] + " "
    draw.text((left, top), text, fill=ink, font=font)


def blob(rng, draw, size, colour, high):
    x, y, r = rng.uniform(0, FINE), rng.uniform(0, high) * FINE, rng.uniform(0.4, 1.2) * size * FINE
    disc(draw, x, y, r, r * rng.uniform(0.4, 1), colour)


def disc(draw, x, y, across, down, colour):
    draw.ellipse([x - across, y - down, x + across, y + down], fill=colour)


def soften(rng, image):
    """Often out of focus."""
    if rng.random() < 0.5:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 8)))
    return shrink(image)


def shrink(image):
    return np.asarray(image.resize((SIDE, SIDE), Image.BOX))
