"""The golden of who puts a BOS before a prompt: tokenizer.json's post-processor alone, whatever add_bos_token says.

Run by hand: python test/oracle/make_bos_golden.py
transformers 4 wrote the BOS of OPT's tokenizers into the post-processor (its pull request 18753); 5.24 reads it from
there and drops add_bos_token wherever there is a tokenizer.json.
"""

import json
import shutil
import tempfile
from pathlib import Path

from transformers import AutoTokenizer

ROOT = Path(__file__).parents[2]
TOKENIZER = ROOT / "test" / "goldens" / "opt-tokenizer"
BYTE_LEVEL = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True}


def ids(text, fields, settings):
    with tempfile.TemporaryDirectory() as folder:
        for name, changes in (("tokenizer.json", fields), ("tokenizer_config.json", settings)):
            content = {**json.loads((TOKENIZER / name).read_text()), **changes}
            (Path(folder) / name).write_text(json.dumps(content))
        shutil.copy(ROOT / "models" / "emoji" / "config.json", folder)
        return AutoTokenizer.from_pretrained(folder)(text)["input_ids"]


def main():
    rows = []
    for processor in ({}, {"post_processor": BYTE_LEVEL}, {"post_processor": None}):
        for settings in ({}, {"add_bos_token": True}, {"add_bos_token": False}):
            for kind in ("TokenizersBackend", "GPT2Tokenizer"):
                config = {**settings, "tokenizer_class": kind}
                rows.append({"tokenizer": processor, "config": config, "ids": ids("What is this?", processor, config)})
    path = ROOT / "test" / "goldens" / "tokenizer" / "bos.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(rows) + "\n")


if __name__ == "__main__":
    main()
