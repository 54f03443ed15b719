"""The golden of a talk in a thread: what the decoder makes of turn three about the rocket, with both turns before it."""

import base64
import json
from pathlib import Path

import torch
from PIL import Image
from transformers import Blip2ForConditionalGeneration, Blip2Processor

ROOT = Path(__file__).parents[2]
PICTURE = "scene3.png"
PROMPT = (
    "Question: What is this? Answer: a rocket. "
    "Question: What color is the background? Answer: red. "
    "Question: Is there a car? Answer:"
)


def main():
    checkpoint, folder = ROOT / "models" / "emoji", ROOT / "test" / "goldens" / "emoji"
    processor = Blip2Processor.from_pretrained(checkpoint)
    model = Blip2ForConditionalGeneration.from_pretrained(checkpoint, dtype=torch.float32).eval()
    inputs = processor(images=Image.open(folder / PICTURE), text=PROMPT, return_tensors="pt")
    ids = inputs["input_ids"][0, model.config.num_query_tokens :].tolist()
    with torch.no_grad():
        logits = model(**inputs).logits[0, -1]
    print(processor.tokenizer.decode(logits.argmax()), ids)
    golden = {"file": PICTURE, "prompt": PROMPT, "ids": ids,
              "logits": base64.b64encode(logits.numpy().astype("<f4").tobytes()).decode()}
    (folder / "thread.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
