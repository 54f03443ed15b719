"""Weights and pixels from a formula, the same as in test/models/support/formula.ts, so that none are committed."""

import numpy as np


def fnv1a(text):
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def numbers(name, shape, exponent, bits, base=0.0):
    """base + u * 2^exponent with u in [-1, 1) in steps of 2^(1 - bits), hashed from the name and the index."""
    index = np.arange(int(np.prod(shape)), dtype=np.uint64)
    x = (fnv1a(name) + index * 0x9E3779B9) & 0xFFFFFFFF
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        x = ((x ^ (x >> np.uint64(shift))) * factor) & 0xFFFFFFFF
    x ^= x >> np.uint64(16)
    level = (x >> np.uint64(32 - bits)).astype(np.int64) - (1 << (bits - 1))
    return (base + level * 2.0 ** (exponent - bits + 1)).astype(np.float32).reshape(shape)
