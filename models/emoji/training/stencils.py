"""Icons of few tones, coloured in as emoji are.

A stencil is the drawing of an icon that says, as red, green and blue, how much each pixel has of three tones: base,
second, line. Any artist's colours for the same thing can be put in their place, so that an icon set adds shapes by
another hand, whatever its own colours.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WHITE = np.array([255.0, 255, 255])
USUAL = {"red": (221, 46, 68), "orange": (244, 144, 12), "yellow": (255, 204, 77), "green": (92, 145, 59),
         "blue": (85, 172, 238), "purple": (146, 102, 204), "pink": (244, 171, 186), "white": (240, 240, 240),
         "black": (41, 47, 51), "gray": (153, 170, 181), "brown": (193, 105, 79)}


def palette(rng, drawing, colour=None):
    """(3, 3) levels for base, second and line, as in a drawing in full colour, (side, side, 4).

    colour: the thing's own, if it has one: a rose is red, however much of it is leaf.
    """
    inside = drawing[drawing[..., 3] > 200][:, :3]
    few = Image.fromarray(inside[None]).quantize(5)
    shares = [(n, index) for n, index in sorted(few.getcolors(), reverse=True) if n > 0.04 * len(inside)]
    colours = np.array(few.getpalette()[: 3 * 5], float).reshape(-1, 3)[[index for _, index in shares]]
    base = colours[0]
    if colour is not None:
        base = min(colours, key=lambda c: np.abs(c - USUAL[colour]).sum())
    others = [c for c in [*colours, WHITE, 0.3 * base] if np.abs(c - base).sum() > 120]
    second = others[0] if rng.random() < 0.7 else others[int(rng.integers(len(others)))]
    line = [np.full(3, rng.uniform(0, 50)), 0.35 * base, 0.6 * base][int(rng.choice(3, p=[0.6, 0.25, 0.15]))]
    return np.stack([base, second, line])


def colour_in(rng, stencil, colours):
    """An image in full colour. What the icon leaves open inside its outline is filled, too: an icon that is mostly
    open is a drawing in lines, with base within; in one that is mostly full the openings are details."""
    shares = stencil[..., :3] / 255
    shares[..., 2] += np.clip(1 - shares.sum(-1), 0, 1)
    alpha = stencil[..., 3] / 255
    inner = openings(stencil[..., 3])
    drawn, full = (alpha * shares[..., 0]).sum(), (alpha + inner).sum()
    in_lines = inner.sum() > 0.45 * full
    if in_lines and drawn > 0.9 * alpha.sum():
        shares = shares[..., [2, 1, 0]]
    behind = colours[0] if in_lines or drawn < 0.15 * full else colours[1]
    whole = np.clip(alpha + inner, 0, 1)
    levels = (shares @ colours) * alpha[..., None] + behind * (1 - alpha[..., None])
    return Image.fromarray(np.dstack([np.clip(levels, 0, 255), 255 * whole]).astype(np.uint8))


def openings(alpha):
    """How much of each pixel is clear, but closed in by what is drawn: 0 to 1."""
    side = len(alpha)
    field = Image.new("L", (side + 2, side + 2), 0)
    field.paste(Image.fromarray(np.where(alpha > 90, 255, 0).astype(np.uint8)), (1, 1))
    ImageDraw.floodfill(field, (0, 0), 255)
    closed = field.point(lambda level: 255 - level).filter(ImageFilter.MaxFilter(3))
    return np.minimum(np.asarray(closed)[1:-1, 1:-1] / 255, 1 - alpha / 255)
