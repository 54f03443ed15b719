"""Makes small APNGs whose frames build on each other, and what Pillow shows of each frame, as RGB."""

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import Blend, Disposal

FOLDER = Path(__file__).parent.parent / "fixtures" / "apng"
SIZE = (24, 20)


def noise(seed: int, alpha: bool = False) -> Image.Image:
    levels = np.random.default_rng(seed).integers(0, 256, (SIZE[1], SIZE[0], 4), dtype=np.uint8)
    # Whole or not at all: Pillow mixes what is in between by a mask, and gets another alpha than the specification.
    levels[..., 3] = np.where(levels[..., 3] < 128, 0, 255) if alpha else 255
    return Image.fromarray(levels, "RGBA")


def patched(seed: int, box: tuple[int, int, int, int], alpha: bool) -> Image.Image:
    frame = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    frame.paste(noise(seed, alpha).crop(box), box[:2])
    return frame


def files():
    base = noise(1)
    delta = base.copy()
    delta.paste(noise(2).crop((3, 4, 12, 15)), (3, 4))
    other = delta.copy()
    other.paste(noise(3).crop((10, 2, 20, 9)), (10, 2))
    yield "deltas", [base, delta, other], {}
    grown = [patched(seed, (2 * seed, seed, 2 * seed + 9, seed + 8), True) for seed in (1, 2, 3, 4)]
    yield "over", [base, *grown], {"blend": Blend.OP_OVER, "disposal": Disposal.OP_NONE}
    yield "cleared", [base, *grown], {"blend": Blend.OP_OVER, "disposal": Disposal.OP_BACKGROUND}
    kept = [Disposal.OP_NONE, *[Disposal.OP_PREVIOUS] * 4]
    yield "as-before", [base, *grown], {"blend": Blend.OP_OVER, "disposal": kept}
    yield "source", [noise(5, True), *grown], {"blend": Blend.OP_SOURCE, "disposal": Disposal.OP_NONE}
    palette = [frame.convert("RGB").quantize(16) for frame in (base, delta, other)]
    yield "palette", palette, {}
    yield "grey", [frame.convert("L") for frame in (base, delta, other)], {}


def show(encoded: BytesIO, page: int) -> bytes:
    image = Image.open(BytesIO(encoded.getvalue()))
    image.seek(page)
    return image.convert("RGBA").tobytes()


def main():
    FOLDER.mkdir(exist_ok=True)
    for name, frames, options in files():
        encoded = BytesIO()
        frames[0].save(encoded, "PNG", save_all=True, append_images=frames[1:], duration=100, **options)
        (FOLDER / f"{name}.png").write_bytes(encoded.getvalue())
        # Opened anew for each: of a frame that was looked at Pillow forgets what was there before it.
        shown = [show(encoded, page) for page in range(Image.open(encoded).n_frames)]
        (FOLDER / f"{name}.rgba").write_bytes(b"".join(shown))
        print(name, len(shown), "frames")


main()
