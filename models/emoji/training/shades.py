"""What pictures of no scene are painted with: colours that go together, noise, soft lights. Levels (128, 128, 3)."""

import numpy as np

SIDE = 128
Y, X = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) / (SIDE - 1)


def smooth_noise(rng, knots):
    """(128, 128, 3), about 0 to 1: random values on a coarse grid, interpolated."""
    grid = rng.random((knots + 1, knots + 1, 3)).astype(np.float32)
    at = np.linspace(0, knots - 1e-3, SIDE)
    low, part = at.astype(int), (at % 1).astype(np.float32)
    part = part * part * (3 - 2 * part)
    rows = grid[low] * (1 - part)[:, None, None] + grid[low + 1] * part[:, None, None]
    return rows[:, low] * (1 - part)[None, :, None] + rows[:, low + 1] * part[None, :, None]


def gradients(rng):
    """Four corners, each of its own colour, or a few soft lights."""
    corners = colours(rng, 4)
    image = (corners[0] * ((1 - X) * (1 - Y))[..., None] + corners[1] * (X * (1 - Y))[..., None]
             + corners[2] * ((1 - X) * Y)[..., None] + corners[3] * (X * Y)[..., None])
    for _ in range(int(rng.integers(0, 6))):
        light = np.exp(-((X - rng.random()) ** 2 + (Y - rng.random()) ** 2) / rng.uniform(0.003, 0.08))
        image += (colours(rng, 1)[0] - image) * light[..., None] * rng.uniform(0.4, 1)
    return image


def colours(rng, count):
    """Of one mood: grey or gaudy, dark or light."""
    strong, light = rng.uniform(0, 1), rng.uniform(60, 220)
    return np.clip(light + strong * rng.uniform(-150, 150, (count, 3)) + rng.uniform(-40, 40, (count, 1)), 0, 255)


def tint(rng, colour):
    return tuple(int(v) for v in np.clip(np.asarray(colour) + rng.normal(0, 8, 3), 0, 255))


def levels(image):
    return np.clip(image, 0, 255).astype(np.uint8)
