"""Makes test/goldens with PyTorch and transformers, the reference. Run by hand: python test/oracle/make_goldens.py

Made with torch 2.13 and transformers 5.24. Users and CI need neither.
"""

import base64
import json
import math
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from cases import CASES, EXPONENTS, PROMPTS, QFORMER, TEXT, VISION
from formula import numbers
from safetensors import safe_open
from safetensors.torch import save_file
from transformers import AutoTokenizer, Blip2Config, Blip2ForConditionalGeneration

GOLDENS = Path(__file__).parents[1] / "goldens"
EMOJI = Path(__file__).parents[2] / "models" / "emoji"
TOKENIZER = GOLDENS / "opt-tokenizer"
TORCH_TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
# As many bits as the type keeps, so that TypeScript needs no rounding.
BITS = {"F32": 24, "F16": 11, "BF16": 8}
IMAGE_TOKEN = 1199


def make_config(case, eos=None):
    text = {**TEXT, **case.get("text", {})}
    if eos is not None:
        text["eos_token_id"] = eos
    return Blip2Config(
        vision_config={**VISION, **case.get("vision", {})},
        qformer_config={**QFORMER, **case.get("qformer", {})},
        text_config={"model_type": "opt", **text},
        num_query_tokens=case.get("queries", 8),
        image_token_index=IMAGE_TOKEN,
    )


def recipe(name, shape, exponents, bits):
    """[base, exponent, bits] of the tensor's formula: sizes are such that epsilons matter and heads differ."""
    part = "vision" if name.startswith("vision_model") else "text" if name.startswith("language") else "qformer"
    residual = exponents.get(part, 0)
    if name == "query_tokens":
        return [0, exponents["queries"], bits]
    if name.startswith("embeddings."):
        return [0, exponents.get("words", 0), bits]
    if "norm" in name.lower():
        scale = residual if part == "qformer" else 0  # its norms stand behind the sums: what they give is the hidden state
        return [2.0**scale if scale else 1, scale - 2, 5] if name.endswith("weight") else [0, scale - 4, bits]
    if "embed" in name and "patch_embedding" not in name:
        return [0, residual, bits]
    writes = any(word in name for word in ("projection", "out_proj", "fc2", "patch_embedding", "output"))
    scales = writes and (part != "qformer" or "crossattention" in name)  # elsewhere in it what is read is as small
    gain = 2.0 ** (residual if scales else 0) * (1.5 if any(w in name for w in ("q_proj", "k_proj", "query", "key", "qkv")) else 1)
    if "lm_head" in name or name.endswith("bias"):
        return [0, (residual if writes or part == "qformer" else 0) - 2, bits]
    undone = exponents.get("qformer", 0) if name.split(".")[0] in ("language_projection", "itm_head") else 0
    return [0, round(math.log2(gain * math.sqrt(3 / np.prod(shape[1:])))) - undone, bits]


def describe_tensors(config, case, kind=Blip2ForConditionalGeneration):
    """What save_pretrained writes for this config, with the formula of each tensor."""
    exponents = {**EXPONENTS, **case.get("exponents", {})}
    with tempfile.TemporaryDirectory() as folder:
        kind(config).save_pretrained(folder)
        with safe_open(Path(folder) / "model.safetensors", "pt") as file:
            shapes = {name: file.get_slice(name).get_shape() for name in sorted(file.keys())}
    bits = BITS[case.get("dtype", "F32")]
    return {name: {"shape": shape, "formula": recipe(name, shape, exponents, bits)} for name, shape in shapes.items()}


def tensor(name, description, dtype):
    base, exponent, bits = description["formula"]
    values = numbers(description.get("seed", name), description["shape"], exponent, bits, base)
    rounded = torch.from_numpy(values).to(dtype)
    assert (rounded.float().numpy() == values).all(), f"{name} is not exact in {dtype}"
    return rounded


def shard(tensors, count):
    """File of each tensor."""
    if count == 1:
        return {name: "model.safetensors" for name in tensors}
    names = list(tensors)
    file = lambda at: f"model-{at * count // len(names) + 1:05}-of-{count:05}.safetensors"
    return {name: file(at) for at, name in enumerate(names)}


def config_json(config, case):
    """config.json: all fields as transformers 5 writes them, or, as transformers 4, those that differ from defaults."""
    fields = config.to_dict()
    if case.get("layout", 5) == 5:
        return fields
    for part, defaults in (
        ("vision_config", config.vision_config.__class__()),
        ("qformer_config", config.qformer_config.__class__()),
        ("text_config", config.text_config.__class__()),
    ):
        known = defaults.to_dict()
        fields[part] = {k: v for k, v in fields[part].items() if k == "model_type" or known.get(k) != v}
    fields["torch_dtype"] = "float32"
    return {k: v for k, v in fields.items() if k not in ("dtype", "tie_word_embeddings", "transformers_version")}


def write_checkpoint(folder, golden):
    files = {}
    for name, description in golden["tensors"].items():
        value = tensor(name, description, TORCH_TYPES[golden["dtype"]])
        files.setdefault(golden["files"][name], {})[name] = value
    for file, tensors in files.items():
        save_file(tensors, folder / file, {"format": "pt"})
    if len(files) > 1:
        (folder / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": golden["files"]}))
    (folder / "config.json").write_text(json.dumps(golden["config"]))


def load(golden, kind=Blip2ForConditionalGeneration):
    folder = Path(tempfile.mkdtemp())
    try:
        write_checkpoint(folder, golden)
        model, report = kind.from_pretrained(
            folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True
        )
        assert not report["missing_keys"] and not report["unexpected_keys"], report
        return model.eval()
    finally:
        shutil.rmtree(folder)


def f32(array):
    return base64.b64encode(np.ascontiguousarray(array, dtype="<f4").tobytes()).decode()


def as_fed(features, config):
    """The rows that reach the decoder: masked_scatter fills narrower rows with the same numbers in reading order."""
    width = config.text_config.word_embed_proj_dim
    return features.flatten()[: features.shape[0] * width].reshape(-1, width)


def margin(scores):
    """How far the best logit is above the second, relative to the largest."""
    top = scores.topk(2).values
    return ((top[0] - top[1]) / scores.abs().max()).item()


def answer(model, tokenizer, pixels, prompt, new_tokens):
    ids = tokenizer(prompt)["input_ids"] if prompt else [model.config.text_config.bos_token_id]
    queries = model.config.num_query_tokens
    inputs = dict(input_ids=torch.tensor([[IMAGE_TOKEN] * queries + ids])) if prompt else {}
    out = model.generate(pixels, **inputs, max_new_tokens=new_tokens, do_sample=False, output_scores=True,
                         return_dict_in_generate=True)
    tokens = out.sequences[0, queries + len(ids):].tolist()
    eos = model.config.text_config.eos_token_id
    ended = tokens[-1] in (eos if isinstance(eos, list) else [eos])
    assert min(margin(scores[0]) for scores in out.scores) > 1e-5, "the best token is too close a call"
    return {"prompt": prompt, "ids": ids, "tokens": tokens[:-1] if ended else tokens,
            "finish": "eos" if ended else "length", "logits": f32(out.scores[0][0].numpy())}


def make_golden(name, case, tokenizer, eos=None):
    config = make_config(case, eos)
    tensors = describe_tensors(config, case)
    golden = {
        "name": name,
        "layout": case.get("layout", 5),
        "dtype": case.get("dtype", "F32"),
        "maxNewTokens": case.get("new_tokens", 12),
        "config": config_json(config, case),
        "files": shard(tensors, case.get("shards", 1)),
        "tensors": tensors,
    }
    model = load(golden)
    side = config.vision_config.image_size
    pixels = torch.from_numpy(numbers("pixels", [1, 3, side, side], 1, 24))
    with torch.no_grad():
        features = model.get_image_features(pixels).pooler_output[0]
    golden["features"] = f32(as_fed(features, config).numpy())
    new_tokens = golden["maxNewTokens"]
    golden["answers"] = [answer(model, tokenizer, pixels, prompt, new_tokens) for prompt in PROMPTS]
    if case.get("stops") and eos is None:
        ends = [golden["answers"][2]["tokens"][4], golden["answers"][3]["tokens"][7]]
        return make_golden(name, case, tokenizer, ends)
    return golden


def main():
    tokenizer = AutoTokenizer.from_pretrained(TOKENIZER)
    GOLDENS.mkdir(exist_ok=True)
    for name, case in CASES.items():
        golden = make_golden(name, case, tokenizer)
        (GOLDENS / f"{name}.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
        print(name, [one["tokens"] for one in golden["answers"]])


if __name__ == "__main__":
    main()
