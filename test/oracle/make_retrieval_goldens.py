"""Makes test/goldens/retrieval and the tokenizer it uses. Run by hand: python test/oracle/make_retrieval_goldens.py

Made with torch 2.13, transformers 5.24 and tokenizers 0.23. Users and CI need none of them.
"""

import json

import torch
from cases import VISION
from formula import numbers
from make_goldens import GOLDENS, config_json, describe_tensors, f32, load, shard
from PIL import Image
from retrieval_cases import RETRIEVAL_CASES, RETRIEVAL_QFORMER, TEXTS
from t5_cases import CORPUS
from tokenizers import BertWordPieceTokenizer
from transformers import AutoTokenizer, BertTokenizer, Blip2Config, Blip2ForImageTextRetrieval, BlipImageProcessor

PICTURE = "scene3.png"
TOKENIZER = GOLDENS / "bert-tokenizer"
# What a word-piece tokenizer might do differently.
ODD_TEXTS = [
    *TEXTS, "don't stop-me now...", "猫が2匹います", "ÀÉÎÕÜ ñ ß ﬁ", "tab\tnew\nline\u00a0\u200b\u0000end", "unaffordable " + "x" * 120,
    "[MASK] [SEP] [unused1] </s>", "  spaces   around  ", "$7.50 (50%) #1 @home", "e\u0301 e", "😀 the 😀",
]


def load_tokenizer():
    """The committed one, so that goldens stay as they are."""
    if not TOKENIZER.exists():
        trained = BertWordPieceTokenizer()
        trained.train_from_iterator(CORPUS.splitlines(), vocab_size=390, show_progress=False)
        BertTokenizer(vocab=trained.get_vocab()).save_pretrained(TOKENIZER)
    return AutoTokenizer.from_pretrained(TOKENIZER)


def make_config(case):
    return Blip2Config(
        vision_config={**VISION, **case.get("vision", {})},
        qformer_config={**RETRIEVAL_QFORMER, **case.get("qformer", {})},
        num_query_tokens=case.get("queries", 8),
        image_text_hidden_size=case.get("width", 16),
        image_token_index=case.get("image_token"),
    )


def match(model, tokenizer, pixels, text):
    ids = tokenizer(text)["input_ids"]
    holders = [model.config.image_token_index] * model.config.num_query_tokens if model.config.image_token_index else []
    inputs = dict(pixel_values=pixels, input_ids=torch.tensor([holders + ids]))
    inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
    with torch.no_grad():
        itc = model(**inputs)
        itm = model(**inputs, use_image_text_matching_head=True)
    return {"text": text, "ids": ids, "embedding": f32(itc.text_embeds[0].numpy()),
            "itc": itc.logits_per_image.item(), "itm": itm.logits_per_image.double().softmax(-1)[0, 1].item(),
            "image": itc.image_embeds[0].numpy()}


def match_picture(model, tokenizer):
    """For the command line: a picture that has to be resized."""
    side = model.config.vision_config.image_size
    processor = BlipImageProcessor(size={"height": side, "width": side})
    pixels = processor(Image.open(GOLDENS / "emoji" / PICTURE), return_tensors="pt")["pixel_values"]
    texts = [match(model, tokenizer, pixels, text) for text in ("a rocket", "Is there a dog?")]
    golden = {"file": PICTURE, "texts": [{key: text[key] for key in ("text", "itc", "itm")} for text in texts]}
    (GOLDENS / "emoji" / "match.json").write_text(json.dumps(golden) + "\n")


def make_golden(name, case, tokenizer):
    config = make_config(case)
    config.architectures = ["Blip2ForImageTextRetrieval"]
    tensors = describe_tensors(config, case, Blip2ForImageTextRetrieval)
    golden = {
        "name": name,
        "layout": case.get("layout", 5),
        "dtype": case.get("dtype", "F32"),
        "tokenizer": TOKENIZER.name,
        "config": config_json(config, case),
        "files": shard(tensors, case.get("shards", 1)),
        "tensors": tensors,
    }
    model = load(golden, Blip2ForImageTextRetrieval)
    side = config.vision_config.image_size
    pixels = torch.from_numpy(numbers("pixels", [1, 3, side, side], 1, 24))
    texts = [match(model, tokenizer, pixels, text) for text in TEXTS]
    if name == "plain":
        match_picture(model, tokenizer)
    golden["embeddings"] = f32(texts[0]["image"])
    golden["texts"] = [{key: value for key, value in text.items() if key != "image"} for text in texts]
    print(name, [(round(text["itc"], 4), round(text["itm"], 4), len(text["ids"])) for text in texts])
    return golden


def main():
    tokenizer = load_tokenizer()
    (GOLDENS / "retrieval").mkdir(exist_ok=True)
    for name, case in RETRIEVAL_CASES.items():
        golden = make_golden(name, case, tokenizer)
        (GOLDENS / "retrieval" / f"{name}.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
    ids = [{"text": text, "ids": tokenizer(text)["input_ids"]} for text in ODD_TEXTS]
    (GOLDENS / "tokenizer" / "bert.json").write_text(json.dumps(ids) + "\n")


if __name__ == "__main__":
    main()
