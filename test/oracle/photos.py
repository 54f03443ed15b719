"""Makes test/goldens/emoji/photos.json: what the embedded checkpoint sees in pictures that have to be resized.

Run by hand: python test/oracle/photos.py. Made with torch 2.13, transformers 5.24 and Pillow 13, and needed by no user.
"""

import base64
import json
from pathlib import Path

import torch
from PIL import Image, ImageOps
from transformers import Blip2ForConditionalGeneration, Blip2Processor

ROOT = Path(__file__).parents[2]
EMOJI = ROOT / "models" / "emoji"
PHOTOS = ROOT / "test" / "fixtures" / "preprocess"
SAMPLES = ROOT / "src" / "playground" / "samples"


def main():
    processor = Blip2Processor.from_pretrained(EMOJI)
    model = Blip2ForConditionalGeneration.from_pretrained(EMOJI, dtype=torch.float32).eval()
    files = [path for path in sorted([*PHOTOS.iterdir(), *SAMPLES.glob("*.png")])
             if path.suffix in (".jpg", ".png", ".webp", ".gif", ".tif", ".avif")]
    golden = []
    for path in files:
        # Not by load_image, which drops alpha before the processor can lay the picture on white.
        picture = ImageOps.exif_transpose(Image.open(path))
        pixels = processor(images=picture, return_tensors="pt")["pixel_values"]
        with torch.no_grad():
            features = model.get_image_features(pixels).pooler_output[0]
        golden.append({"file": str(path.relative_to(ROOT)),
                       "features": base64.b64encode(features.numpy().astype("<f2").tobytes()).decode()})
    (ROOT / "test" / "goldens" / "emoji" / "photos.json").write_text(json.dumps(golden, indent=0) + "\n")
    print(len(golden), "photos")


if __name__ == "__main__":
    main()
