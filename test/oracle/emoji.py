"""The golden of the embedded checkpoint: real pictures and conversations, at the model's own size.

Run by hand: python test/oracle/emoji.py [PICTURES]. Larger pictures, where named, replace those of their name.
"""

import base64
import json
import sys

import numpy as np
import torch
from PIL import Image
from transformers import Blip2ForConditionalGeneration, Blip2Processor

CHAT = "Question: {} Answer: {}."
PROMPTS = [
    "",
    "this is a picture of",
    "Question: What is in the picture? Answer:",
    "Question: What color is the background? Answer:",
    "Question: Is there a dog in the picture? Answer:",
    " ".join([CHAT.format("Is there a dog in the picture?", "yes"), CHAT.format("What is this?", "a rocket")])
    + " Question: What color is behind it? Answer:",
]


def make_emoji_golden(checkpoint, folder):
    """Takes the pictures from `folder`/scene*.png: of the model's own size, as the reference image processor resized them."""
    processor = Blip2Processor.from_pretrained(checkpoint)
    model = Blip2ForConditionalGeneration.from_pretrained(checkpoint, dtype=torch.float32).eval()
    pictures = [describe(model, processor, path) for path in sorted(folder.glob("scene*.png"))]
    (folder / "golden.json").write_text(json.dumps({"pictures": pictures}, ensure_ascii=False) + "\n")


def describe(model, processor, path):
    image = Image.open(path)
    pixels = processor(images=image, return_tensors="pt")["pixel_values"]
    with torch.no_grad():
        features = model.get_image_features(pixels).pooler_output[0]
    answers = [answer(model, processor, image, prompt) for prompt in PROMPTS]
    print(path.name, [one["text"] for one in answers])
    return {"file": path.name, "features": base64.b64encode(features.numpy().astype("<f4").tobytes()).decode(),
            "answers": answers}


def answer(model, processor, image, prompt):
    inputs = processor(images=image, text=prompt or None, return_tensors="pt")
    prompt_tokens = inputs["input_ids"].shape[1] if prompt else model.config.num_query_tokens + 1
    sequence = model.generate(**inputs, max_new_tokens=40)[0].tolist()
    tokens = sequence[prompt_tokens:]
    if tokens[-1] == model.config.text_config.eos_token_id:
        tokens = tokens[:-1]
    return {"prompt": prompt, "promptTokens": prompt_tokens, "tokens": tokens,
            "text": processor.tokenizer.decode(tokens, skip_special_tokens=True).strip()}


def resize_pictures(checkpoint, sources, folder):
    """Once, from larger pictures: what the reference image processor makes of them before it normalises."""
    folder.mkdir(parents=True, exist_ok=True)
    processor = Blip2Processor.from_pretrained(checkpoint).image_processor
    for path in sources:
        out = processor(Image.open(path), do_normalize=False, do_rescale=False, return_tensors="np")["pixel_values"][0]
        levels = np.rint(np.asarray(out, dtype=np.float64)).clip(0, 255).astype(np.uint8)
        Image.fromarray(levels.transpose(1, 2, 0)).save(folder / path.name, optimize=True)


if __name__ == "__main__":
    from pathlib import Path

    root = Path(__file__).parents[2]
    checkpoint, pictures = root / "models" / "emoji", root / "test" / "goldens" / "emoji"
    resize_pictures(checkpoint, [Path(name) for name in sys.argv[1:]], pictures)
    make_emoji_golden(checkpoint, pictures)
