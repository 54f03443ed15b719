"""Pictures that are no scenes of emoji: photographs, drawings, charts, pages, patterns. Levels (128, 128, 3)."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIDE, FINE = 128, 256  # of a picture, and of the canvas that it is drawn on
Y, X = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) / (SIDE - 1)
WORDS = ("lorem the of and report 2024 total sales we market a in to for page data with week result year price time "
         "chapter notes people new work plan open file edit view help 17 350 99% team map city next").split()


def smooth_noise(rng, knots):
    """(128, 128, 3), about 0 to 1: random values on a coarse grid, interpolated."""
    grid = rng.random((knots + 1, knots + 1, 3)).astype(np.float32)
    at = np.linspace(0, knots - 1e-3, SIDE)
    low, part = at.astype(int), (at % 1).astype(np.float32)
    part = part * part * (3 - 2 * part)
    rows = grid[low] * (1 - part)[:, None, None] + grid[low + 1] * part[:, None, None]
    return rows[:, low] * (1 - part)[None, :, None] + rows[:, low + 1] * part[None, :, None]


def clouds(rng):
    """Clouds of colour in several octaves, a horizon, blobs, stripes."""
    image = np.zeros((SIDE, SIDE, 3), np.float32) + rng.uniform(20, 235, 3)
    spread = rng.uniform(40, 160)
    for knots in (2, 4, 8, 16, 32)[: int(rng.integers(2, 6))]:
        image += (smooth_noise(rng, knots) - 0.5) * spread * (rng.uniform(0.3, 1, 3) if rng.random() < 0.6 else 1)
        spread *= rng.uniform(0.4, 0.9)
    if rng.random() < 0.5:
        below = Y > rng.uniform(0.3, 0.7) + 0.1 * (smooth_noise(rng, 4)[..., 0] - 0.5)
        image[below] = image[below] * 0.4 + rng.uniform(0, 200, 3)
    for _ in range(int(rng.integers(0, 7))):
        cx, cy, rx, ry = rng.uniform(0, 1, 2).tolist() + rng.uniform(0.03, 0.35, 2).tolist()
        ragged = smooth_noise(rng, 6)[..., 0] * rng.uniform(0, 0.8)
        inside = ((X - cx) / rx) ** 2 + ((Y - cy) / ry) ** 2 + ragged < 1
        image[inside] = image[inside] * rng.uniform(0, 0.6) + rng.uniform(0, 200, 3)
    if rng.random() < 0.25:
        angle, waves = rng.uniform(0, 3.14), rng.uniform(3, 30)
        image += (np.sin((X * np.cos(angle) + Y * np.sin(angle)) * waves * 6.28) * rng.uniform(8, 60))[..., None]
    return image


def leaves(rng):
    """Dead leaves: shapes over one another, few of them large, as edges lie in photographs (Lee, Mumford and Huang,
    Occlusion Models for Natural Images, 2001)."""
    image, palette = gradients(rng), colours(rng, 6)
    for _ in range(int(rng.integers(30, 160))):
        r = min(0.5, 0.05 / np.sqrt(rng.uniform(0.005, 1)))
        cx, cy, turn, flat = rng.uniform(-0.1, 1.1), rng.uniform(-0.1, 1.1), rng.uniform(0, 3.14), rng.uniform(0.4, 1)
        u = (X - cx) * np.cos(turn) + (Y - cy) * np.sin(turn)
        v = (Y - cy) * np.cos(turn) - (X - cx) * np.sin(turn)
        inside = (np.maximum(abs(u), abs(v) / flat) < r) if rng.random() < 0.3 else (u * u + (v / flat) ** 2 < r * r)
        shade = palette[int(rng.integers(len(palette)))] + rng.normal(0, 20, 3)
        image[inside] = shade + (u[inside] / r * rng.uniform(-40, 40))[:, None]
    return image


def spectrum(rng):
    """Noise whose amplitude falls with frequency, as a photograph's does (Field, 1987)."""
    f = np.hypot(np.fft.fftfreq(SIDE)[:, None], np.fft.fftfreq(SIDE)[None])
    f[0, 0] = 1
    waves = np.fft.ifft2(np.exp(2j * np.pi * rng.random((3, SIDE, SIDE))) / f ** rng.uniform(1, 1.8)).real
    waves = (waves / waves.std((1, 2), keepdims=True)).transpose(1, 2, 0)
    shared = rng.uniform(0.3, 1)  # mostly light and shade, less colour
    waves = shared * waves[..., :1] + (1 - shared) * waves
    return rng.uniform(60, 190, 3) + waves * rng.uniform(15, 60)


def gradients(rng):
    """Four corners, each of its own colour, or a few soft lights."""
    corners = colours(rng, 4)
    image = (corners[0] * ((1 - X) * (1 - Y))[..., None] + corners[1] * (X * (1 - Y))[..., None]
             + corners[2] * ((1 - X) * Y)[..., None] + corners[3] * (X * Y)[..., None])
    for _ in range(int(rng.integers(0, 6))):
        light = np.exp(-((X - rng.random()) ** 2 + (Y - rng.random()) ** 2) / rng.uniform(0.003, 0.08))
        image += (colours(rng, 1)[0] - image) * light[..., None] * rng.uniform(0.4, 1)
    return image


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


def pattern(rng):
    """Stripes, squares, dots, plaid, tiles."""
    first, second, third = colours(rng, 3)
    angle, waves, kind = rng.uniform(0, 3.14), rng.uniform(2, 16), rng.integers(4)
    u, v = X * np.cos(angle) + Y * np.sin(angle), Y * np.cos(angle) - X * np.sin(angle)
    across, along = (u * waves) % 1, (v * waves) % 1
    share = rng.uniform(0.2, 0.7)
    if kind == 0:
        on = across < share
    elif kind == 1:
        on = (across < 0.5) ^ (along < 0.5)
    elif kind == 2:
        on = np.hypot(across - 0.5, along - 0.5) < share * 0.6
    else:
        on = (across < share) | (along < share * 0.6)
    image = np.where(on[..., None], first, second)
    return np.where(((along < 0.2) & (across < share))[..., None], third, image) if rng.random() < 0.3 else image


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


KINDS = {clouds: 0.2, leaves: 0.12, spectrum: 0.08, landscape: 0.14, portrait: 0.09, chart: 0.07, page: 0.06,
         screen: 0.05, gradients: 0.06, pattern: 0.06, mosaic: 0.05, scribble: 0.02}


def paint_photo(rng):
    kinds = list(KINDS)
    image = kinds[int(rng.choice(len(kinds), p=list(KINDS.values())))](rng).astype(np.float32)
    if rng.random() < 0.4:
        image = image + rng.normal(0, rng.uniform(2, 25), image.shape)
    if rng.random() < 0.3:
        image = image * (1 - rng.uniform(0, 0.5) * np.hypot(X - 0.5, Y - 0.5))[..., None]
    return levels(image)


def colours(rng, count):
    """Of one mood: grey or gaudy, dark or light."""
    strong, light = rng.uniform(0, 1), rng.uniform(60, 220)
    return np.clip(light + strong * rng.uniform(-150, 150, (count, 3)) + rng.uniform(-40, 40, (count, 1)), 0, 255)


def tint(rng, colour):
    return tuple(int(v) for v in np.clip(np.asarray(colour) + rng.normal(0, 8, 3), 0, 255))


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


def levels(image):
    return np.clip(image, 0, 255).astype(np.uint8)
