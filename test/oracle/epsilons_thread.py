"""The golden of a talk with a checkpoint whose every epsilon shows: what transformers says in turn three of a thread.

Run by hand after make_goldens.py, which describes the checkpoint: python test/oracle/epsilons_thread.py
"""

import json

import torch
from make_goldens import GOLDENS, IMAGE_TOKEN, TOKENIZER, f32, load, margin
from PIL import Image
from transformers import AutoTokenizer, BlipImageProcessor

PICTURE = "scene3.png"
QUESTIONS = ["What is this?", "What color is the background?", "Is there a car?"]
NEW_TOKENS = 8


def prompt_for(turns, question):
    past = "".join(f"Question: {asked} Answer: {answered}. " for asked, answered in turns)
    return f"{past}Question: {question} Answer:"


def answer(model, tokenizer, pixels, prompt):
    ids = tokenizer(prompt)["input_ids"]
    queries = [IMAGE_TOKEN] * model.config.num_query_tokens
    out = model.generate(pixels, input_ids=torch.tensor([queries + ids]), max_new_tokens=NEW_TOKENS, do_sample=False,
                         output_scores=True, return_dict_in_generate=True)
    assert min(margin(scores[0]) for scores in out.scores) > 1e-5, "the best token is too close a call"
    tokens = out.sequences[0, len(queries) + len(ids) :].tolist()
    logprobs = [scores[0].log_softmax(-1)[token].item() for scores, token in zip(out.scores, tokens)]
    text = tokenizer.decode(tokens, skip_special_tokens=True).strip()
    assert len(tokens) == NEW_TOKENS and text.split() == text.split(" ") and not set("<:\N{REPLACEMENT CHARACTER}") & set(text), text
    return {"ids": ids, "text": text, "tokens": tokens, "logprobs": logprobs}


def main():
    model = load(json.loads((GOLDENS / "published-epsilons.json").read_text()))
    tokenizer = AutoTokenizer.from_pretrained(TOKENIZER)
    side = model.config.vision_config.image_size
    picture = Image.open(GOLDENS / "emoji" / PICTURE)
    pixels = BlipImageProcessor(size={"height": side, "width": side})(picture, return_tensors="pt")["pixel_values"]
    turns = []
    for question in QUESTIONS:
        last = answer(model, tokenizer, pixels, prompt_for(turns, question))
        turns.append((question, last["text"]))
    with torch.no_grad():
        features = model.get_image_features(pixels).pooler_output[0]
    print(turns)
    golden = {"file": PICTURE, "turns": turns, "features": f32(features.numpy()), **last}
    (GOLDENS / "emoji" / "epsilons-thread.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
