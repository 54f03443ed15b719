"""Makes the goldens of T5 in test/goldens, and the tokenizer they use. Run by hand: python test/oracle/make_t5_goldens.py

Made with torch 2.13, transformers 5.24 and tokenizers 0.23. Users and CI need none of them.
"""

import json
import math

import numpy as np
import torch
from cases import EXPONENTS, LONG, QFORMER, VISION
from formula import numbers
from make_goldens import BITS, GOLDENS, as_fed, config_json, describe_tensors, f32, load, margin, recipe, shard
from t5_cases import CORPUS, T5_CASES, T5_TEXT
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoTokenizer, Blip2Config, PreTrainedTokenizerFast
from transformers.models.t5.modeling_t5 import T5Attention

TOKENIZER = GOLDENS / "t5-tokenizer"
IMAGE_TOKEN = 511
PROMPTS = ["", "a", "Question: What is this? Answer:", "Frage: wie  heißt\ndas 🍕? Antwort:</s>",
           LONG + "Question: And? Answer:"]
# Buckets and largest distance; some distances lie on the border of two buckets, where rounding decides.
BUCKETS = [(32, 128), (16, 60), (10, 40), (12, 21), (7, 9), (64, 256), (4, 3), (10, 160), (40, 320)]
FAR = 300


def load_tokenizer():
    """The committed one: training it again gives slightly other scores, and so other goldens."""
    return AutoTokenizer.from_pretrained(TOKENIZER) if TOKENIZER.exists() else make_tokenizer()


def make_tokenizer():
    """Unigram with the parts that T5's tokenizer.json has; NFKC stands for SentencePiece's own table of characters."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")])
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    trainer = trainers.UnigramTrainer(vocab_size=400, special_tokens=["<pad>", "</s>", "<unk>"], unk_token="<unk>",
                                      show_progress=False)
    tokenizer.train_from_iterator(CORPUS.splitlines(), trainer)
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", pair="$A </s> $B </s>",
                                                             special_tokens=[("</s>", 1)])
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="</s>", unk_token="<unk>", pad_token="<pad>",
                                   extra_special_tokens=["<extra_id_0>", "<image>"])
    fast.save_pretrained(TOKENIZER)
    return fast


def make_config(case, eos=None):
    text = {**T5_TEXT, **case.get("text", {})}
    if eos is not None:
        text["eos_token_id"] = eos
    return Blip2Config(
        vision_config={**VISION, **case.get("vision", {})},
        qformer_config={**QFORMER, **case.get("qformer", {})},
        text_config={"model_type": "t5", **text},
        num_query_tokens=case.get("queries", 8),
        image_token_index=IMAGE_TOKEN,
    )


def t5_recipe(name, shape, exponents, bits, case):
    """[base, exponent, bits], as make_goldens.recipe."""
    if not name.startswith("language_model"):
        return recipe(name, shape, exponents, bits)
    residual = exponents["text"]
    unit = round(math.log2(math.sqrt(3 / shape[-1])))
    if "layer_norm" in name:
        # Signs of its own: a tied head would find the word again that went in, and answers be one word repeated.
        last = name == "language_model.decoder.final_layer_norm.weight"
        return [0, 0, bits] if last and not case.get("own_head") else [1, -2, 5]
    if "relative_attention_bias" in name:
        return [0, 2, bits]
    if "shared" in name or "embed_tokens" in name:
        return [0, residual, bits]
    if "lm_head" in name:
        return [0, -2, bits]
    if name.endswith(".wo.weight"):
        return [0, unit + case.get("feed_forward_exponent", residual), bits]
    return [0, unit + (residual if name.endswith(".o.weight") else 0), bits]


def describe_t5_tensors(config, case):
    tensors = describe_tensors(config, case)
    shared = tensors.pop("language_model.shared.weight")
    named = {case.get("shared_as", "shared"): "shared", **{copy: "shared" for copy in case.get("copies", [])},
             **{copy: copy for copy in case.get("own_copies", [])}}
    if case.get("own_head"):
        named["lm_head"] = "lm_head"
    for name, like in named.items():
        tensors[f"language_model.{name}.weight"] = {**shared, "seed": f"language_model.{like}.weight"}
    exponents = {**EXPONENTS, **case.get("exponents", {})}
    bits = BITS[case.get("dtype", "F32")]
    for name, tensor in tensors.items():
        tensor["formula"] = t5_recipe(name, tensor["shape"], exponents, bits, case)
    return dict(sorted(tensors.items()))


def text_config_json(config, case):
    """transformers 5 writes what it derived, 4 what it read: the tie that says whether hidden states are scaled."""
    fields = config_json(config, case)
    if case.get("layout", 5) == 4:
        text = fields["text_config"]
        for derived in ("scale_decoder_outputs", "is_gated_act", "dense_act_fn"):
            text.pop(derived, None)
        text.update({k: v for k, v in case["text"].items() if k in ("tie_word_embeddings", "dense_act_fn", "is_gated_act")})
    return fields


def answer(model, tokenizer, pixels, prompt, new_tokens):
    text = model.config.text_config
    ids = tokenizer(prompt)["input_ids"] if prompt else [text.bos_token_id]
    queries = model.config.num_query_tokens
    inputs = dict(input_ids=torch.tensor([[IMAGE_TOKEN] * queries + ids])) if prompt else {}
    # transformers 5.24 makes its cache for as many layers as the encoder has.
    cached = text.num_decoder_layers <= text.num_layers
    out = model.generate(pixels, **inputs, max_new_tokens=new_tokens, do_sample=False, output_scores=True,
                         return_dict_in_generate=True, use_cache=cached)
    assert out.sequences[0, 0] == text.decoder_start_token_id
    tokens = out.sequences[0, 1:].tolist()
    eos = text.eos_token_id
    ended = tokens[-1] in (eos if isinstance(eos, list) else [eos])
    assert min(margin(scores[0]) for scores in out.scores) > 1e-5, "the best token is too close a call"
    if ended:
        tokens.pop()
    return {"prompt": prompt, "ids": ids, "tokens": tokens, "text": tokenizer.decode(tokens, skip_special_tokens=True).strip(),
            "finish": "eos" if ended else "length", "logits": f32(out.scores[0][0].numpy()),
            "lastLogits": f32(out.scores[-1][0].numpy())}


def make_golden(name, case, tokenizer, eos=None):
    config = make_config(case, eos)
    tensors = describe_t5_tensors(config, case)
    golden = {
        "name": name,
        "layout": case.get("layout", 5),
        "dtype": case.get("dtype", "F32"),
        "tokenizer": TOKENIZER.name,
        "maxNewTokens": case.get("new_tokens", 12),
        "config": text_config_json(config, case),
        "files": shard(tensors, case.get("shards", 1)),
        "tensors": tensors,
    }
    model = load(golden)
    text = model.config.text_config
    print(name, "head", model.language_model.lm_head.weight is model.language_model.shared.weight,
          "scaled", text.scale_decoder_outputs, text.dense_act_fn, text.is_gated_act)
    side = config.vision_config.image_size
    pixels = torch.from_numpy(numbers("pixels", [1, 3, side, side], 1, 24))
    with torch.no_grad():
        features = model.get_image_features(pixels).pooler_output[0]
    golden["features"] = f32(features.numpy())
    golden["answers"] = [answer(model, tokenizer, pixels, prompt, golden["maxNewTokens"]) for prompt in PROMPTS]
    if case.get("stops") and eos is None:
        ends = [golden["answers"][2]["tokens"][4], golden["answers"][3]["tokens"][7]]
        return make_golden(name, case, tokenizer, ends)
    return golden


def make_buckets():
    positions = torch.arange(-FAR, FAR + 1)
    bucket = lambda both, buckets, farthest: T5Attention._relative_position_bucket(positions, both, buckets, farthest)
    return [{"buckets": buckets, "farthest": farthest, "bothWays": both, "of": bucket(both, buckets, farthest).tolist()}
            for buckets, farthest in BUCKETS for both in (True, False)]


def main():
    tokenizer = load_tokenizer()
    for name, case in T5_CASES.items():
        golden = make_golden(name, case, tokenizer)
        (GOLDENS / f"{name}.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
        for one in golden["answers"]:
            print("  ", len(one["ids"]), one["tokens"], one["finish"])
    (GOLDENS / "relative-position" / "buckets.json").write_text(json.dumps(make_buckets()) + "\n")


if __name__ == "__main__":
    main()
