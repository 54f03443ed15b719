"""Makes test/goldens/cases: many prompts for every checkpoint, greedily and with five beams.

Run by hand: python test/oracle/make_case_goldens.py [NAMES]. The checkpoints are those of make_goldens.py and
make_t5_goldens.py, which must have run before, and models/emoji. Made with torch 2.13 and transformers 5.24.
"""

import json
import sys

import torch
from formula import numbers
from make_generation_goldens import EMOJI_TOKENS, TOKENS, encoder, run
from make_goldens import EMOJI, GOLDENS, load
from PIL import Image
from transformers import Blip2ForConditionalGeneration, Blip2Processor

FOLDER = GOLDENS / "cases"
BEAMS = dict(num_beams=5, length_penalty=-1.0)
NEW_TOKENS = 8
TURN = "Question: What color is behind it? Answer: red."
PROMPTS = [
    "",
    "a photo of",
    "this is a picture of",
    "Question: What is in the picture? Answer:",
    "Question: Is there a dog in the picture? Answer:",
    "Question: How many are there? Short answer:",
    f"{TURN} Question: And what is it? Answer:",
    f"{TURN} {TURN} {TURN} Question: Where? Answer:",
    "Frage: Was ist das? Antwort:",
    "Describe it:",
    "no",
    "It is not a cat but",
    "12 + 3 =",
    "Question: Where is the pizza? Answer: left. Question: Why? Answer:",
    "the the the",
    "Is it red, blue or green?",
]


def cases(model, pixels, eos, prompts, tokens=TOKENS):
    """Those of which no choice is too close a call; `beams` is None where one of those is."""
    text = model.config.text_config
    if text.model_type == "t5":
        # transformers 5.24 makes its cache for as many layers as the encoder has.
        model.language_model.generation_config.use_cache = text.num_decoder_layers <= text.num_layers
    encode = encoder(model, tokens)
    made = []
    for prompt in prompts:
        greedy, beams = (run(model, pixels, encode(prompt), eos, NEW_TOKENS, options) for options in ({}, BEAMS))
        if greedy:
            made.append({"prompt": prompt, "greedy": greedy["tokens"], "beams": beams["tokens"] if beams else None})
    return made


def random_checkpoint(name):
    golden = json.loads((GOLDENS / f"{name}.json").read_text())
    model = load(golden)
    side = model.config.vision_config.image_size
    pixels = torch.from_numpy(numbers("pixels", [1, 3, side, side], 1, 24))
    eos = model.config.text_config.eos_token_id
    return {"eos": eos, "cases": cases(model, pixels, eos, PROMPTS)}


def emoji():
    """All pictures, which are of the model's size."""
    model = Blip2ForConditionalGeneration.from_pretrained(EMOJI, dtype=torch.float32).eval()
    processor = Blip2Processor.from_pretrained(EMOJI)
    eos = model.config.text_config.eos_token_id
    made = []
    for path in sorted((GOLDENS / "emoji").glob("scene*.png")):
        pixels = processor(images=Image.open(path), return_tensors="pt")["pixel_values"]
        made += [{"picture": path.name, **case} for case in cases(model, pixels, eos, PROMPTS, EMOJI_TOKENS)]
    return {"eos": eos, "cases": made}


def main():
    FOLDER.mkdir(exist_ok=True)
    names = sys.argv[1:] or [*(path.stem for path in sorted(GOLDENS.glob("*.json"))), "emoji"]
    made = {name: emoji() if name == "emoji" else random_checkpoint(name) for name in names}
    made = {name: golden for name, golden in made.items() if golden["cases"]}
    for name, golden in made.items():
        print(name, len(golden["cases"]))
        (FOLDER / f"{name}.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
    all_cases = [case for golden in made.values() for case in golden["cases"]]
    print(len(all_cases), "cases,", sum(case["beams"] is not None for case in all_cases), "of them with beams")


if __name__ == "__main__":
    main()
