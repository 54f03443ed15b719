"""Pictures that are no scenes of emoji: photographs, and what is drawn. Levels (128, 128, 3)."""

import numpy as np

from drawings import chart, landscape, mosaic, page, portrait, screen, scribble
from shades import SIDE, X, Y, colours, gradients, levels, smooth_noise


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


def pattern(rng):
    """Stripes, squares, dots, plaid, tiles."""
    first, second, third = colours(rng, 3)
    angle, waves, kind = rng.uniform(0, 3.14) if rng.random() < 0.7 else 0, rng.uniform(2, 16), rng.integers(4)
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


def shapes(rng):
    """Discs, squares and bars of one colour each, on one colour."""
    tones = colours(rng, 7)
    image = np.zeros((SIDE, SIDE, 3), np.float32) + (tones[0] * rng.choice([0.1, 1]))
    for tone in tones[1 : int(rng.integers(2, 8))]:
        r, cx, cy, flat = rng.uniform(0.06, 0.35), *rng.uniform(0.1, 0.9, 2), rng.choice([1, 1, rng.uniform(0.3, 1)])
        u, v = abs(X - cx), abs(Y - cy) / flat
        image[np.maximum(u, v) < r if rng.random() < 0.4 else u * u + v * v < r * r] = tone
    return image


KINDS = {clouds: 0.17, leaves: 0.12, spectrum: 0.08, landscape: 0.14, portrait: 0.09, chart: 0.07, page: 0.06,
         screen: 0.05, gradients: 0.06, pattern: 0.06, shapes: 0.03, mosaic: 0.05, scribble: 0.02}


def paint_photo(rng):
    kinds = list(KINDS)
    image = kinds[int(rng.choice(len(kinds), p=list(KINDS.values())))](rng).astype(np.float32)
    if rng.random() < 0.4:
        image = image + rng.normal(0, rng.uniform(2, 25), image.shape)
    if rng.random() < 0.3:
        image = image * (1 - rng.uniform(0, 0.5) * np.hypot(X - 0.5, Y - 0.5))[..., None]
    return levels(image)
