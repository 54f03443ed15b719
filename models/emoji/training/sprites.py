"""The bank of sprites: every drawing of the trained artists, varied as if by many more hands, in eleven sizes; icons
coloured in as emoji are.

    python sprites.py FOLDER [SEED]
"""

import json
import sys
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageEnhance, ImageFilter

from concepts import CONCEPTS, HERE
from stencils import colour_in, palette

ART = 112
SIZES = [28, 32, 38, 44, 52, 62, 74, 88, 106, 116, 128]
ARTISTS = json.loads((HERE / "artwork.json").read_text())
ICONS = json.loads((HERE / "icons.json").read_text())
EMOJI = list(ARTISTS["trained"])
TRAINED = EMOJI + list(ICONS)
SHARES = [ARTISTS["shares"].get(name, 1) for name in EMOJI] + [0.35] * len(ICONS)  # how often each draws
VARIANTS = 8  # of a drawing, in each group of sizes


def load_art(folder, artists):
    """{artist: (drawings, 112, 112, 4)} and the rows that say which concept each drawing shows."""
    rows = json.loads((folder / "art" / "index.json").read_text())
    art = {a: np.memmap(folder / "art" / f"{a}.raw", np.uint8, "r").reshape(-1, ART, ART, 4) for a in artists}
    return art, [row for row in rows if row["set"] in art]


def shrink(image, size):
    """Premultiplied levels, (size, size, 4)."""
    method = Image.BOX if size < 60 else Image.BILINEAR
    return np.asarray(image.convert("RGBa").resize((size, size), method))


def vary(image, rng):
    """Another artist's hand: colours, contour, shading, proportions, pose."""
    chance = lambda p: rng.random() < p
    alpha = image.getchannel("A")
    rgb = image.convert("RGB")
    if chance(0.2):
        rgb = rgb.filter(ImageFilter.MedianFilter(int(rng.choice([3, 5]))))
    if chance(0.25):
        rgb = rgb.quantize(int(rng.integers(4, 10))).convert("RGB")
    if chance(0.12):
        rgb = rgb.filter(ImageFilter.GaussianBlur(rng.uniform(0.6, 2.4)))
    if chance(0.2):
        edges = rgb.convert("L").filter(ImageFilter.FIND_EDGES).filter(ImageFilter.MaxFilter(3))
        edges = edges.point(lambda x: min(255, x * 3))
        rgb = Image.composite(Image.new("RGB", rgb.size, (int(rng.integers(0, 60)),) * 3), rgb, edges)
    if chance(0.85):
        rgb = ImageEnhance.Color(rgb).enhance(rng.uniform(0.4, 1.6))
        rgb = ImageEnhance.Brightness(rgb).enhance(rng.uniform(0.75, 1.25))
        rgb = ImageEnhance.Contrast(rgb).enhance(rng.uniform(0.7, 1.35))
    if chance(0.7):
        span = 80 if chance(0.1) else 12
        hsv = np.array(rgb.convert("HSV"))
        hsv[..., 0] = (hsv[..., 0].astype(int) + int(rng.integers(-span, span + 1))) % 256
        rgb = Image.fromarray(hsv, "HSV").convert("RGB")
    if chance(0.25):
        rgb = shade(rgb, rng)
    image = rgb.convert("RGBA")
    image.putalpha(alpha)
    if chance(0.04):
        image = line_art(image, rng)
    if chance(0.35):
        image = contour(image, int(rng.integers(2, 6)), rng)
    if chance(0.5):
        image = image.transpose(Image.FLIP_LEFT_RIGHT)
    if chance(0.6):
        image = warp(image, rng)
    if chance(0.75):
        image = image.rotate(float(rng.normal(0, 9)), Image.BILINEAR)
    if chance(0.12):
        image = cover(image, rng)
    return image


def shade(rgb, rng):
    y, x = np.mgrid[0:ART, 0:ART] / ART
    angle = rng.uniform(0, 6.283)
    light = 1 + rng.uniform(0.15, 0.45) * (np.cos(angle) * (x - 0.5) + np.sin(angle) * (y - 0.5)) * 2
    return Image.fromarray(np.clip(np.asarray(rgb) * light[..., None], 0, 255).astype(np.uint8))


def line_art(image, rng):
    """Dark lines on one light colour, of the drawing or white."""
    levels = np.asarray(image)
    grey = image.convert("L").filter(ImageFilter.GaussianBlur(1.2))
    edges = grey.filter(ImageFilter.FIND_EDGES).filter(ImageFilter.MaxFilter(3)).point(lambda x: 255 if x > 22 else 0)
    mean = np.full(3, 255.0)
    if rng.random() < 0.6:
        mean = np.average(levels[..., :3].reshape(-1, 3), axis=0, weights=levels[..., 3].ravel() + 1e-3)
    light = Image.new("RGB", image.size, tuple(int(v) for v in 255 - (255 - mean) * rng.uniform(0.2, 0.7)))
    dark = Image.new("RGB", image.size, tuple(int(v) for v in mean * rng.uniform(0, 0.35)))
    out = Image.composite(dark, light, edges.filter(ImageFilter.GaussianBlur(0.8))).convert("RGBA")
    out.putalpha(image.getchannel("A"))
    return out


def contour(image, width, rng):
    pad = width + 2
    wide = Image.new("RGBA", (ART + 2 * pad,) * 2, (0, 0, 0, 0))
    wide.paste(image, (pad, pad))
    tone = 255 if rng.random() < 0.35 else int(rng.integers(0, 70))
    line = Image.new("RGBA", wide.size, (tone, tone, tone, 0))
    grown = wide.getchannel("A").filter(ImageFilter.MaxFilter(2 * (width // 2) + 1))
    line.putalpha(grown.filter(ImageFilter.GaussianBlur(1)))
    return Image.alpha_composite(line, wide).resize((ART, ART), Image.BILINEAR)


def warp(image, rng):
    """Bends the proportions: a 4x4 grid of points, each moved a little."""
    knots = 4
    base = np.linspace(0, ART, knots)
    moved = rng.normal(0, 4.5, (knots, knots, 2)) + np.stack(np.meshgrid(base, base), -1)
    if rng.random() < 0.5:
        axis = int(rng.integers(2))
        moved[..., axis] = ART / 2 + (moved[..., axis] - ART / 2) * rng.uniform(1, 1.3)
    mesh = []
    for j in range(knots - 1):
        for i in range(knots - 1):
            box = tuple(int(v) for v in (base[i], base[j], base[i + 1], base[j + 1]))
            quad = [moved[j, i], moved[j + 1, i], moved[j + 1, i + 1], moved[j, i + 1]]
            mesh.append((box, tuple(float(v) for point in quad for v in point)))
    return image.transform((ART, ART), Image.MESH, mesh, Image.BILINEAR)


def cover(image, rng):
    """Hides a strip at one side, as another thing in front would."""
    width = int(ART * rng.uniform(0.1, 0.28))
    mask = Image.new("L", (ART, ART), 255)
    boxes = [(0, 0, width, ART), (ART - width, 0, ART, ART), (0, 0, ART, width), (0, ART - width, ART, ART)]
    mask.paste(0, boxes[int(rng.integers(4))])
    image.putalpha(ImageChops.multiply(image.getchannel("A"), mask))
    return image


def draw_all(job):
    """[(size, plain?, sprite)] of one drawing. An icon has no plain ones, its own colours being no emoji's."""
    drawing, rank, seed, is_icon, colour, painted = job
    rng = np.random.default_rng(seed)
    image = Image.fromarray(drawing)
    out = []
    for sizes in (SIZES[:3], SIZES[3:7], SIZES[7:]):
        if not is_icon:
            turned = image.rotate(float(rng.uniform(-5, 5)), Image.BILINEAR)
            out += [(size, True, shrink(turned, size)) for size in sizes]
        for _ in range(VARIANTS if rank == 0 and not is_icon else VARIANTS // 2):
            if painted:
                image = colour_in(rng, drawing, palette(rng, painted[int(rng.integers(len(painted)))], colour))
            varied = vary(image, rng)
            out += [(size, False, shrink(varied, size)) for size in sizes]
    return out


def jobs_of(art, rows, seed):
    """A stencil comes with the drawings in full colour whose palettes suit it."""
    drawing = lambda row: np.asarray(art[row["set"]][row["at"]])
    painted = {}
    for row in rows:
        if row["set"] in EMOJI and row["rank"] == 0:
            painted.setdefault(row["concept"], []).append(drawing(row))
    for i, row in enumerate(rows):
        icons = ICONS.get(row["set"])
        palettes = painted[row["concept"]] if icons and "tones" in icons else []
        colour = CONCEPTS[row["concept"]].colour
        yield drawing(row), row["rank"], seed * 100_003 + i, icons is not None, colour, palettes


def build_bank(folder, seed):
    """bank.raw: all sprites, one after the other; bank.npz: (sprites, 6) concept, artist, rank, size, plain, offset."""
    art, rows = load_art(folder, TRAINED)
    table, offset = [], 0
    with Pool(2) as pool, open(folder / "bank.tmp", "wb") as file:
        for i, sprites in enumerate(pool.imap(draw_all, jobs_of(art, rows, seed), chunksize=4)):
            for size, plain, sprite in sprites:
                table.append((rows[i]["concept"], TRAINED.index(rows[i]["set"]), rows[i]["rank"], size, plain, offset))
                file.write(sprite.tobytes())
                offset += sprite.size
            if i % 200 == 0:
                print(f"sprites of {i} of {len(rows)} drawings", flush=True)
    (folder / "bank.tmp").replace(folder / "bank.raw")
    np.savez(folder / "table.tmp.npz", table=np.array(table, np.int64))
    (folder / "table.tmp.npz").replace(folder / "bank.npz")  # last, as it says that the bank is whole


if __name__ == "__main__":
    build_bank(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    print(f"{len(CONCEPTS)} concepts")
