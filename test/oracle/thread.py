"""The goldens of a talk in a thread: what the decoder makes of turn three about the rocket, with both turns before it,
and the ids of the prompts that the tests of the memory expect."""

import base64
import json
from pathlib import Path

import torch
from PIL import Image
from transformers import Blip2ForConditionalGeneration, Blip2Processor

ROOT = Path(__file__).parents[2]
PICTURE = "scene3.png"
ROCKET = [("What is this?", "a rocket"), ("What color is the background?", "red"), ("Is there a car?", "no"),
          ("Is there a rocket?", "yes"), ("Is there a dog?", "no"), ("Is there a cat?", "no")]
STRAWBERRY = [("What is in the picture?", "a strawberry and a star"), ("What color is the background?", "white"),
              ("Is there a dog in the picture?", "no"), ("Is there a star in the picture?", "yes")]


def prompt_of(turns):
    """The last one still to be answered."""
    past = [f"Question: {asked} Answer: {answered}." for asked, answered in turns[:-1]]
    return " ".join([*past, f"Question: {turns[-1][0]} Answer:"])


PROMPT = prompt_of(ROCKET[:3])
PROMPTS = ["What is this?", PROMPT, prompt_of(ROCKET[1:]), prompt_of(ROCKET[2:]), prompt_of(STRAWBERRY[:3]),
           prompt_of(STRAWBERRY), prompt_of(STRAWBERRY[1:])]


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
    prompts = {prompt: processor.tokenizer(prompt)["input_ids"] for prompt in PROMPTS}
    (folder / "prompts.json").write_text(json.dumps(prompts, indent=0) + "\n")


if __name__ == "__main__":
    main()
