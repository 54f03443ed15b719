"""Scenes: where things lie on which background, and their pictures."""

import colorsys
from dataclasses import dataclass, field

import numpy as np

from concepts import COLOURS, CONCEPTS
from photos import paint_photo
from shades import SIDE, X, Y
from sprites import SHARES, SIZES

GRID = 4
CELL = SIDE / GRID
EMPTY = 0.3  # as many as that share of the photographs
STICKERS = 0.08
HSV = {  # ranges of hue in degrees, saturation, value
    "red": [(0, 6, 0.75, 1, 0.55, 1), (354, 360, 0.75, 1, 0.55, 1)], "orange": [(22, 39, 0.8, 1, 0.9, 1)],
    "yellow": [(50, 60, 0.6, 1, 0.9, 1)], "green": [(95, 145, 0.45, 1, 0.38, 1)],
    "blue": [(205, 244, 0.55, 1, 0.42, 1)], "purple": [(265, 288, 0.45, 1, 0.42, 0.85), (288, 302, 0.6, 1, 0.4, 0.6)],
    "pink": [(318, 350, 0.22, 0.6, 0.95, 1), (299, 335, 0.5, 1, 0.92, 1)], "white": [(0, 360, 0, 0.03, 0.95, 1)],
    "black": [(0, 360, 0, 0.3, 0, 0.12)], "gray": [(0, 360, 0, 0.05, 0.36, 0.8)],
    "brown": [(18, 30, 0.5, 0.88, 0.28, 0.55)], "light blue": [(188, 215, 0.2, 0.5, 0.88, 1), (176, 190, 0.4, 1, 0.9, 1)],
}
SIZE_NAMES = ["small", "medium-sized", "big"]
ACROSS = ["in the top left", "at the top", "in the top right", "on the left", "in the center", "on the right",
          "in the bottom left", "at the bottom", "in the bottom right"]


@dataclass
class Thing:
    concept: int
    x: float  # of its centre, in pixels
    y: float
    size: int

    @property
    def cell(self):
        return int(self.y / CELL) * GRID + int(self.x / CELL)

    @property
    def size_class(self):
        return 0 if self.size <= 38 else 1 if self.size <= 62 else 2

    @property
    def clear_size(self):
        return self.size_class if self.size not in (38, 44, 62, 74) else None

    @property
    def region(self):
        """One of nine names, or None near a border between two."""
        i, j = third(self.x / SIDE), third(self.y / SIDE)
        return None if i is None or j is None else ACROSS[j * 3 + i]


def third(v):
    return 0 if v <= 0.36 else 1 if 0.40 <= v <= 0.60 else 2 if v >= 0.64 else None


@dataclass
class Scene:
    things: list = field(default_factory=list)
    backgrounds: list = field(default_factory=list)  # one or two colours
    stacked: bool = False  # two: one above the other rather than side by side
    photo: bool = False  # no scene at all; nothing on a background is one

    def colour_at(self, x, y):
        if len(self.backgrounds) == 1:
            return self.backgrounds[0]
        return self.backgrounds[int((y if self.stacked else x) >= SIDE / 2)]

    def in_order(self):
        return sorted(self.things, key=lambda t: t.cell)

    def counts(self):
        """{concept: how many}, in the order of reading."""
        out = {}
        for thing in self.in_order():
            out[thing.concept] = out.get(thing.concept, 0) + 1
        return out

    def single(self):
        counts = self.counts()
        return [t for t in self.in_order() if counts[t.concept] == 1]


def lay_out(rng, numbers=(0.27, 0.26, 0.2, 0.15, 0.12), easy=False, things=None, photos=0.0,
            repeats=0.45):
    if rng.random() < photos:
        return Scene(photo=True)
    if not (easy or things) and rng.random() < STICKERS:
        return sticker(rng)
    n = things or (1 + int(rng.random() < 0.5) if easy else 1 + int(rng.choice(5, p=numbers)))
    scene = Scene(stacked=rng.random() < 0.3)
    scene.backgrounds = [COLOURS[i] for i in rng.choice(len(COLOURS), 2 if rng.random() < 0.3 else 1, replace=False)]
    if rng.random() < photos * EMPTY:
        return scene
    concepts = [int(c) for c in rng.choice(len(CONCEPTS), n, replace=False)]
    if n > 1 and rng.random() < repeats:
        same = int(rng.integers(2, n + 1))
        concepts[:same] = [concepts[0]] * same
        rng.shuffle(concepts)
    middle = int(rng.integers(3, len(SIZES)) if easy else rng.integers(len(SIZES)))
    for concept in concepts:
        thing = place(rng, scene, concept, middle)
        if thing:
            scene.things.append(thing)
    return scene if scene.things else lay_out(rng, numbers, easy, things)


def sticker(rng):
    """One thing from edge to edge, or nearly, mostly on white."""
    scene = Scene(backgrounds=["white" if rng.random() < 0.6 else COLOURS[int(rng.integers(len(COLOURS)))]])
    scene.things.append(place(rng, scene, int(rng.integers(len(CONCEPTS))), len(SIZES)))
    return scene


def place(rng, scene, concept, middle):
    """Of a size about the middle one, now and then of any, and smaller where there is no room."""
    about = middle + rng.integers(-2, 3) if rng.random() < 0.5 else rng.integers(len(SIZES))
    wanted = int(np.clip(about, 0, len(SIZES) - 1))
    for attempt in range(80):
        size = SIZES[max(min(1, wanted), wanted - attempt // 8)]
        left, top = rng.integers(0, SIDE - size + 1, 2).tolist()
        thing = Thing(concept, left + size / 2, top + size / 2, size)
        if fits(scene, thing):
            return thing
    return None


def fits(scene, thing):
    if len(scene.backgrounds) == 2:
        across = abs((thing.y if scene.stacked else thing.x) - SIDE / 2)
        if across < min(thing.size * 0.42, 14):
            return False
    for other in scene.things:
        dx, dy, room = abs(thing.x - other.x), abs(thing.y - other.y), (thing.size + other.size) / 2 * 0.97 + 1
        if max(dx, dy) < max(room, CELL):
            return False
    return True


class Painter:
    """Pictures of scenes, from the bank of sprites."""

    def __init__(self, folder):
        self.levels = np.memmap(folder / "bank.raw", np.uint8, "r")
        self.sprites = {}  # (concept, plain) -> {artist: {(size, first drawing?): offsets}}
        for concept, artist, rank, size, plain, offset in np.load(folder / "bank.npz")["table"].tolist():
            drawings = self.sprites.setdefault((concept, plain), {}).setdefault(artist, {})
            drawings.setdefault((size, rank == 0), []).append(offset)
        self.odds = {key: odds(artists) for key, artists in self.sprites.items()}

    def sprite(self, rng, concept, size, plain):
        """Every artist counts, however many drawings he made; mostly the most usual emoji."""
        key = concept, int(plain)
        artist = list(self.sprites[key])[int(np.searchsorted(self.odds[key], rng.random(), "right"))]
        drawings = self.sprites[key][artist]
        first, others = drawings.get((size, True)), drawings.get((size, False))
        offsets = first if others is None or first and rng.random() < 0.7 else others
        at = offsets[int(rng.integers(len(offsets)))]
        return self.levels[at : at + size * size * 4].reshape(size, size, 4).astype(np.float32)

    def paint(self, rng, scene, plain=False):
        """Levels (128, 128, 3) and how much of each 16-pixel patch each thing covers, (things, 8, 8)."""
        if scene.photo:
            return paint_photo(rng), np.zeros((0, 8, 8))
        image, covers = paint_background(rng, scene), []
        for thing in scene.things:
            sprite = self.sprite(rng, thing.concept, thing.size, plain or rng.random() < 0.2)
            colours, alpha = sprite[..., :3], sprite[..., 3:] / 255
            if not plain:
                colours = np.minimum(colours * rng.uniform(0.85, 1.15, 3), 255 * alpha)
                if rng.random() < 0.5:
                    colours, alpha = colours[:, ::-1], alpha[:, ::-1]
            x, y = int(thing.x - thing.size / 2), int(thing.y - thing.size / 2)
            area = (slice(y, y + thing.size), slice(x, x + thing.size))
            image[area] = image[area] * (1 - alpha) + colours
            mask = np.zeros((SIDE, SIDE), np.float32)
            mask[area] = alpha[..., 0]
            covers.append(mask.reshape(8, 16, 8, 16).mean((1, 3)))
        if rng.random() < 0.3:
            image += rng.normal(0, rng.uniform(1, 7), image.shape)
        return np.clip(image, 0, 255).astype(np.uint8), np.array(covers).reshape(-1, 8, 8)


def odds(artists):
    """Of being the next to draw, added up: ends with 1."""
    shares = np.cumsum([SHARES[artist] for artist in artists])
    return shares / shares[-1]


def shade_of(rng, colour):
    ranges = HSV[colour]
    h0, h1, s0, s1, v0, v1 = ranges[int(rng.integers(len(ranges)))]
    return np.array(colorsys.hsv_to_rgb(rng.uniform(h0, h1) / 360, rng.uniform(s0, s1), rng.uniform(v0, v1))) * 255


def fill(rng, colour):
    """Plain, or a gradient between two shades of the colour."""
    first = shade_of(rng, colour)
    kind = rng.random()
    if kind < 0.45:
        return np.broadcast_to(first, (SIDE, SIDE, 3)).astype(np.float32)
    angle = rng.uniform(0, 6.283)
    ramp = X * np.cos(angle) + Y * np.sin(angle) if kind < 0.85 else np.hypot(X - 0.5, Y - 0.5)
    ramp = ((ramp - ramp.min()) / (ramp.max() - ramp.min()))[..., None]
    return first * (1 - ramp) + shade_of(rng, colour) * ramp


def paint_background(rng, scene):
    image = fill(rng, scene.backgrounds[0]).copy()
    if len(scene.backgrounds) == 2:
        half = (slice(SIDE // 2, None), slice(None)) if scene.stacked else (slice(None), slice(SIDE // 2, None))
        image[half] = fill(rng, scene.backgrounds[1])[half]
    return image


def labels(scene, covers):
    """For each patch its concept; for each cell concept, colour, size and place within: what the eye is taught."""
    none, photo = len(CONCEPTS), len(CONCEPTS) + 1
    cells = np.full(GRID * GRID, photo if scene.photo else none)
    patches = np.full((8, 8), photo if scene.photo else none)
    colours, sizes = np.full(GRID * GRID, -100), np.full(GRID * GRID, -100)
    places = np.zeros((GRID * GRID, 2), np.float32)
    best = np.full((8, 8), 0.35)
    for thing, cover in zip(scene.things, covers):
        patches[cover > best] = thing.concept
        best = np.maximum(best, cover)
        cells[thing.cell], sizes[thing.cell] = thing.concept, thing.size_class
        places[thing.cell] = thing.x / CELL % 1 - 0.5, thing.y / CELL % 1 - 0.5
    if not scene.photo:
        for cell in range(GRID * GRID):
            x, y = (cell % GRID + 0.5) * CELL, (cell // GRID + 0.5) * CELL
            colours[cell] = COLOURS.index(scene.colour_at(x, y))
    return patches.ravel(), cells, colours, sizes, places
