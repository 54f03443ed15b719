"""Makes test/goldens/generation: beams, penalties and warpers. Run by hand: python test/oracle/make_generation_goldens.py [NAMES]

The checkpoints are those of make_goldens.py and make_t5_goldens.py, which must have run before, and models/emoji.
Made with torch 2.13 and transformers 5.24. Users and CI need neither.
"""

import itertools
import json
import re
import sys
from pathlib import Path

import torch
from formula import numbers
from make_goldens import EMOJI, GOLDENS, TOKENIZER, load
from PIL import Image
from transformers import AutoTokenizer, Blip2ForConditionalGeneration, Blip2Processor, GenerationMixin
from transformers.generation.logits_process import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

FOLDER = GOLDENS / "generation"
TOKENS = AutoTokenizer.from_pretrained(TOKENIZER)
EMOJI_TOKENS = AutoTokenizer.from_pretrained(EMOJI)
T5_TOKENS = AutoTokenizer.from_pretrained(GOLDENS / "t5-tokenizer")
QUESTION = "Question: What is this? Answer:"
BEAMS = [dict(num_beams=5, length_penalty=penalty) for penalty in (-1.0, 1.0, 2.0)] + [dict(num_beams=2), dict(num_beams=3, length_penalty=0.5)]
PENALTIES = [
    dict(repetition_penalty=1.5),
    dict(repetition_penalty=0.8),
    dict(no_repeat_ngram_size=1),
    dict(no_repeat_ngram_size=2),
    dict(no_repeat_ngram_size=3),
    dict(min_new_tokens=6),
    dict(repetition_penalty=1.5, no_repeat_ngram_size=2, min_new_tokens=5),
    dict(num_beams=3, repetition_penalty=1.5),
    dict(num_beams=5, no_repeat_ngram_size=2, length_penalty=-1.0),
    dict(num_beams=2, no_repeat_ngram_size=3),
    dict(num_beams=5, min_new_tokens=6, length_penalty=-1.0),
    dict(num_beams=3, repetition_penalty=1.3, no_repeat_ngram_size=3, min_new_tokens=8, length_penalty=2.0),
]
# When a search is over: as soon as there are enough answers, or only when none can become better.
ENDINGS = [
    dict(num_beams=2, early_stopping=True),
    dict(num_beams=3, length_penalty=2.0, early_stopping=True),
    dict(num_beams=5, length_penalty=-1.0, early_stopping=True),
    dict(num_beams=5, length_penalty=1.0, early_stopping=True, min_new_tokens=3),
    dict(num_beams=2, early_stopping="never"),
    dict(num_beams=3, length_penalty=2.0, early_stopping="never"),
    dict(num_beams=5, length_penalty=0.0, early_stopping="never"),
    dict(num_beams=5, length_penalty=-1.0, early_stopping="never"),
    dict(num_beams=3, length_penalty=2.0, early_stopping=False),
    dict(num_beams=3, repetition_penalty=1.3, length_penalty=3.0, early_stopping="never"),
    dict(num_beams=3, repetition_penalty=1.3, length_penalty=3.0, early_stopping=True),
]
STOPS = [
    dict(stop_strings=[" on"]),
    dict(num_beams=3, stop_strings=["background"]),
    dict(num_beams=5, length_penalty=-1.0, stop_strings=[" on", "blue"]),
    dict(num_beams=5, length_penalty=2.0, stop_strings=["dog", "red"], min_new_tokens=4),
]
# Of each checkpoint: how many ids of EOS are taken from its own beams (0: it keeps its own), prompts, options. Those
# whose head is tied say so little that most of their beams are too close a call.
CASES = {
    "plain": (0, [QUESTION], [*BEAMS, *PENALTIES, *ENDINGS]),
    "list-of-eos": (0, [QUESTION, ""], [*PENALTIES, *ENDINGS]),
    "untied-head": (1, [QUESTION, "a"], [*BEAMS, *PENALTIES, *ENDINGS]),
    "post-norm-projected": (3, ["a", ""], [*BEAMS, *PENALTIES, *ENDINGS]),
    "transformers-4-sharded-f16": (2, [QUESTION, ""], [*BEAMS, *PENALTIES, *ENDINGS]),
    "t5-bf16-sharded": (1, [QUESTION, ""], [*BEAMS, *PENALTIES, *ENDINGS]),
    "t5-own-answer-words": (2, [QUESTION, "a"], [*BEAMS, *PENALTIES, *ENDINGS]),
    "t5-decoder-words-only": (1, [QUESTION], [*BEAMS, *PENALTIES, *ENDINGS]),
}
EMOJI_PROMPTS = ["", "this is a picture of", "Question: What is in the picture? Answer:"]
WARPERS = [
    dict(temperature=0.7),
    dict(temperature=3.0),
    dict(top_k=1),
    dict(top_k=40),
    dict(top_k=5000),
    dict(top_p=0.1),
    dict(top_p=0.5),
    dict(top_p=0.95),
    dict(temperature=0.3, top_k=100, top_p=0.9),
    dict(temperature=1.7, top_k=7, top_p=0.6),
]
# By so much the numbers of two implementations may differ, so that no choice may be closer.
CLOSE = 2e-5


class Closeness:
    """How close a call the closest choice of a beam search was: between candidates that go on and that don't."""

    def __init__(self):
        self.original = GenerationMixin._get_top_k_continuations
        self.closest = float("inf")

    def __enter__(self):
        def watch(model, *arguments, accumulated_log_probs, **more):
            top = accumulated_log_probs.flatten().topk(more["beams_to_keep"] + 1).values
            gaps = (top[:-1] - top[1:])[top[1:].isfinite()]
            self.closest = min(self.closest, gaps.min().item() if len(gaps) else float("inf"))
            return self.original(model, *arguments, accumulated_log_probs=accumulated_log_probs, **more)

        GenerationMixin._get_top_k_continuations = watch
        return self

    def __exit__(self, *_):
        GenerationMixin._get_top_k_continuations = self.original


def begun(model, ids):
    """How many tokens `generate` gives before the answer's: the prompt, or T5's decoder_start_token_id alone."""
    return len(ids) if model.config.use_decoder_only_language_model else 1


def run(model, pixels, ids, eos, new_tokens, options):
    """What `generate` adds to the prompt, with the scores of `compute_transition_scores`; None when a call is close."""
    if "stop_strings" in options:
        options = dict(options, tokenizer=EMOJI_TOKENS)
    inputs = dict(input_ids=torch.tensor([ids])) if len(ids) > model.config.num_query_tokens + 1 else {}
    beams = options.get("num_beams", 1)
    with Closeness() as closeness, torch.no_grad():
        out = model.generate(pixels, **inputs, eos_token_id=eos, max_new_tokens=new_tokens, do_sample=False,
                             output_scores=True, output_logits=True, return_dict_in_generate=True, **options)
    tokens = out.sequences[0, begun(model, ids):].tolist()
    logprobs = model.language_model.compute_transition_scores(
        out.sequences, out.scores, out.beam_indices if beams > 1 else None, normalize_logits=beams == 1
    )[0].tolist()
    best_two = [scores[0].topk(2).values for scores in out.scores] if beams == 1 else []
    closest = min([closeness.closest, *((top[0] - top[1]).item() for top in best_two)])
    if closest < CLOSE:
        return None
    return {"tokens": tokens, "logprobs": logprobs,
            "score": out.sequences_scores[0].item() if beams > 1 else None}


def cases_of(model, pixels, prompts, eos, new_tokens, all_options, encode):
    cases = []
    for prompt, options in itertools.product(prompts, all_options):
        made = run(model, pixels, encode(prompt), eos, new_tokens, options)
        print(" ", options, repr(prompt[:20]), "too close a call" if made is None else made["tokens"])
        if made is not None:
            assert len(made["tokens"]) == len(made["logprobs"])
            cases.append({"prompt": prompt, "options": renamed(options), "eos": eos, "maxNewTokens": new_tokens, **made})
    return cases


def renamed(options):
    """To the names that a request has."""
    camel = lambda name: "stop" if name == "stop_strings" else re.sub("_(.)", lambda match: match[1].upper(), name)
    return {camel(name): value for name, value in options.items()}


def encoder(model, tokens=TOKENS):
    """Ids of a prompt, the picture's first."""
    queries = [model.config.image_token_index] * model.config.num_query_tokens
    bos = model.config.text_config.bos_token_id
    if not model.config.use_decoder_only_language_model:
        tokens = T5_TOKENS
    return lambda text: queries + (tokens(text)["input_ids"] if text else [bos])


def random_checkpoint(name):
    eos_count, prompts, options = CASES[name]
    golden = json.loads((GOLDENS / f"{name}.json").read_text())
    model = load(golden)
    side = model.config.vision_config.image_size
    pixels = torch.from_numpy(numbers("pixels", [1, 3, side, side], 1, 24))
    encode = encoder(model)
    eos = model.config.text_config.eos_token_id
    if eos_count:
        eos = likely_ends(model, pixels, encode(prompts[0]), eos_count)
    return cases_of(model, pixels, prompts, eos, 14, options, encode)


def likely_ends(model, pixels, ids, count):
    """Tokens that some beams soon come to, so that beams end at different lengths."""
    ends = []
    for at in range(count):
        made = model.generate(pixels, input_ids=torch.tensor([ids]), max_new_tokens=8, num_beams=5, eos_token_id=ends or [0],
                              num_return_sequences=5, do_sample=False)[:, begun(model, ids):]
        ends.append(made[-1 - at, 2 + at].item())
    return ends


def emoji():
    processor = Blip2Processor.from_pretrained(EMOJI)
    model = Blip2ForConditionalGeneration.from_pretrained(EMOJI, dtype=torch.float32).eval()
    pixels = processor(images=Image.open(GOLDENS / "emoji" / "scene1.png"), return_tensors="pt")["pixel_values"]
    return cases_of(model, pixels, EMOJI_PROMPTS, model.config.text_config.eos_token_id, 24, [*BEAMS, *PENALTIES, *STOPS, *ENDINGS],
                    encoder(model, EMOJI_TOKENS))


def warped(options):
    """What is left of scores from a formula: transformers' warpers in the order of `generate`."""
    scores = torch.from_numpy(numbers("scores", [1, 1200], 3, 24))
    made = [("temperature", TemperatureLogitsWarper), ("top_k", TopKLogitsWarper), ("top_p", TopPLogitsWarper)]
    for name, warper in made:
        if name in options:
            scores = warper(options[name])(None, scores)
    kept = scores[0].isfinite().nonzero().flatten().tolist()
    return {"options": renamed(options), "ids": kept, "scores": scores[0, kept].tolist()}


def main():
    FOLDER.mkdir(exist_ok=True)
    made = {}
    for name in sys.argv[1:] or [*CASES, "emoji"]:
        print(name)
        made[name] = emoji() if name == "emoji" else random_checkpoint(name)
    for name, cases in made.items():
        (FOLDER / f"{name}.json").write_text(json.dumps(cases, ensure_ascii=False) + "\n")
    (FOLDER / "warpers.json").write_text(json.dumps([warped(options) for options in WARPERS]) + "\n")
    print(sum(map(len, made.values())), "cases")


if __name__ == "__main__":
    main()
