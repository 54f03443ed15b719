"""Writes small image files and the pixels that Pillow makes of them, for test/models/preprocess.test.ts.

Run by hand with Pillow 13, pillow-heif 1.8 and numpy, from the repository's root:

    python test/oracle/make_preprocess_goldens.py

Each NAME.EXT in test/fixtures/preprocess/ gets a NAME.rgb: 24 x 24 pixels, three bytes each, as
transformers' image loading and BlipImageProcessor leave them before rescaling:
exif_transpose, what is transparent laid on white (as transformers does from 5.24 on), resize(BICUBIC). strange/ gets TIFFs in colours that are refused.
"""

import io
import pathlib
import struct
import zlib

import numpy as np
import pillow_heif
from PIL import Image, ImageCms, ImageOps

SIZE = 24
OUT = pathlib.Path("test/fixtures/preprocess")


def photo(width, height, seed, channels=3):
    """Soft light, a few hard-edged discs and some grain: (height, width, channels) in 0..1."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width] / max(width, height)
    planes = []
    discs = [(*rng.random(2), 0.05 + 0.2 * rng.random(), rng.random(channels)) for _ in range(5)]
    for c in range(channels):
        a, b, p = rng.random(3) * 6
        plane = 0.5 + 0.3 * np.sin(a * x + b * y + p) + 0.15 * np.sin(40 * x * y + 9 * c)
        for cx, cy, radius, colour in discs:
            plane = np.where((x - cx) ** 2 + (y - cy) ** 2 < radius**2, colour[c], plane)
        planes.append(plane)
    return np.clip(np.stack(planes, -1) + 0.02 * rng.standard_normal((height, width, 1)), 0, 1)


def levels(pixels):
    return np.round(pixels * 255).astype(np.uint8)


def rgb(width, height, seed):
    return Image.fromarray(levels(photo(width, height, seed)))


def disc_alpha(image):
    """Alpha of three steps, 0 included, over colours that stay in the file."""
    y, x = np.mgrid[0 : image.height, 0 : image.width]
    distance = np.hypot(x - image.width / 2, y - image.height / 2) / image.width
    return Image.fromarray(np.select([distance < 0.25, distance < 0.4], [255, 128], 0).astype(np.uint8))


def encode(image, format, **options):
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def with_orientation(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def png16(samples, colour_type):
    """A 16-bit PNG, which Pillow itself writes for greyscale only. samples: (height, width, n) in 0..1"""
    height, width = samples.shape[:2]
    rows = np.round(samples * 65535).astype(">u2").reshape(height, -1)
    raw = b"".join(b"\0" + row.tobytes() for row in rows)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")


def files():
    small = rgb(40, 30, 1)
    yield "plain.png", encode(small, "PNG")
    yield "photo.jpg", encode(rgb(160, 120, 2), "JPEG", quality=60)
    yield "progressive.jpg", encode(rgb(150, 110, 3), "JPEG", quality=50, progressive=True)
    for orientation in (3, 6, 7):
        yield (
            f"exif-{orientation}.jpg",
            encode(rgb(90, 50, 4), "JPEG", quality=85, exif=with_orientation(orientation)),
        )
    yield "exif-8.webp", encode(small, "WEBP", quality=80, exif=with_orientation(8))
    yield "exif-6.png", encode(small, "PNG", exif=with_orientation(6))

    veiled = small.copy()
    veiled.putalpha(disc_alpha(small))
    yield "alpha.png", encode(veiled, "PNG")
    yield "alpha.webp", encode(veiled, "WEBP", lossless=True, exact=True)
    palette = small.quantize(32)
    yield "palette.png", encode(palette, "PNG")
    yield "palette-transparent.png", encode(palette, "PNG", transparency=bytes(range(0, 256, 8)))
    grey = small.convert("L")
    yield "grey.png", encode(grey, "PNG")
    yield "grey.jpg", encode(grey, "JPEG", quality=80)
    yield "grey-alpha.png", encode(Image.merge("LA", (grey, disc_alpha(small))), "PNG")
    yield "bilevel.png", encode(grey.convert("1"), "PNG")

    deep = photo(26, 20, 5, 1)
    yield "grey16.png", png16(deep, 0)
    high = (np.round(deep[..., 0] * 65535).astype(np.uint16) >> 8).astype(np.uint8)
    yield "grey16-high-byte.png", encode(Image.fromarray(high), "PNG")
    yield "rgb16.png", png16(photo(26, 20, 6), 2)
    yield "rgba16.png", png16(photo(26, 20, 7, 4), 6)

    inks = Image.fromarray(levels(photo(60, 44, 8, 4)), mode="CMYK")
    # Pillow writes Adobe's marker and inverted inks; the second file lacks the marker.
    adobe = encode(inks, "JPEG", quality=85)
    yield "cmyk-adobe.jpg", adobe
    start = adobe.index(b"\xff\xee")
    length = struct.unpack(">H", adobe[start + 2 : start + 4])[0]
    yield "cmyk.jpg", adobe[:start] + adobe[start + 2 + length :]
    yield "cmyk.tif", encode(inks.crop((0, 0, 30, 20)), "TIFF", compression="tiff_lzw")

    frames = [rgb(48, 40, seed).quantize(32) for seed in (9, 10)]
    yield "animated.gif", encode(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    yield (
        "animated.webp",
        encode(rgb(48, 40, 9), "WEBP", save_all=True, append_images=[rgb(48, 40, 10)], quality=70),
    )
    yield "animated.png", encode(rgb(24, 20, 9), "PNG", save_all=True, append_images=[rgb(24, 20, 10)])
    hole = frames[0].copy()
    hole.paste(3, (8, 8, 30, 30))
    yield "transparent.gif", encode(hole, "GIF", transparency=3)
    yield "photo.tif", encode(small, "TIFF", compression="jpeg", quality=85)
    yield "photo.avif", encode(rgb(160, 120, 15), "AVIF", quality=60)
    yield "photo-422.avif", encode(rgb(160, 120, 15), "AVIF", quality=60, subsampling="4:2:2")
    yield "photo-444.avif", encode(rgb(160, 120, 15), "AVIF", quality=60, subsampling="4:4:4")
    yield "photo-large.avif", encode(rgb(640, 480, 15), "AVIF", quality=40)
    yield "enlarged.avif", encode(rgb(20, 15, 1), "AVIF", quality=80)
    yield "alpha.avif", encode(veiled, "AVIF", quality=80, subsampling="4:4:4")
    yield "grey.avif", encode(grey, "AVIF", quality=80)
    yield "ycbcr-jpeg.tif", encode(small.convert("YCbCr"), "TIFF", compression="jpeg", quality=85)

    yield "photo.heic", encode(rgb(160, 120, 15), "HEIF", quality=60)
    yield "photo-444.heic", encode(rgb(160, 120, 15), "HEIF", quality=80, chroma=444)
    yield "alpha.heic", encode(veiled, "HEIF", quality=80)
    yield "turned.heic", encode(small, "HEIF", quality=80, exif=with_orientation(6))
    yield "grey.heic", encode(grey, "HEIF", quality=80)
    for mode in ("1", "L", "P", "RGB", "RGBA"):
        yield f"{mode.lower()}.bmp", encode(palette if mode == "P" else small.convert(mode), "BMP")
    yield "top-down.bmp", upside_down(encode(small, "BMP"))
    yield "odd-width.bmp", encode(rgb(7, 5, 1), "BMP")

    yield "one-column.png", encode(rgb(1, 300, 11), "PNG")
    yield "one-row.png", encode(rgb(300, 1, 12), "PNG")
    yield "tiny.png", encode(rgb(3, 2, 13), "PNG")
    yield "large.jpg", encode(rgb(1200, 800, 14), "JPEG", quality=5)
    checks = np.indices((700, 900)).sum(0) % 2 * 255  # the worst case for shrinking by steps
    yield "checks.png", encode(Image.fromarray(checks.astype(np.uint8)).convert("1"), "PNG")


def upside_down(bmp):
    """The same picture with a negative height, whose rows begin at the top. Rows are 40 * 3 bytes, without padding."""
    offset = struct.unpack("<I", bmp[10:14])[0]
    height = struct.unpack("<i", bmp[22:26])[0]
    rows = np.frombuffer(bmp[offset:], np.uint8).reshape(height, -1)[::-1]
    return bmp[:22] + struct.pack("<i", -height) + bmp[26:offset] + rows.tobytes()


def strange_tiffs():
    small = rgb(12, 9, 1)
    spaces = [ImageCms.createProfile(name) for name in ("sRGB", "LAB")]
    lab = ImageCms.applyTransform(small, ImageCms.buildTransform(*spaces, "RGB", "LAB"))
    yield "ycbcr.tif", encode(small.convert("YCbCr"), "TIFF")
    yield "ycbcr-lzw.tif", encode(small.convert("YCbCr"), "TIFF", compression="tiff_lzw")
    yield "ycbcr-big.tif", encode(small.convert("YCbCr"), "TIFF", big_tiff=True)
    yield "lab.tif", encode(lab, "TIFF")


def reference(file):
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(file)))
    if upright.has_transparency_data:
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright.convert("RGBA"))
    return np.asarray(upright.convert("RGB").resize((SIZE, SIZE), Image.Resampling.BICUBIC))


def main():
    pillow_heif.register_heif_opener()
    (OUT / "strange").mkdir(parents=True, exist_ok=True)
    for name, file in strange_tiffs():
        (OUT / "strange" / name).write_bytes(file)
    for name, file in files():
        (OUT / name).write_bytes(file)
        (OUT / f"{name}.rgb").write_bytes(reference(file).tobytes())


main()
