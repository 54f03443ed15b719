"""Mixes the weights of two checkpoints of one training: what each learned, and less of what either took by rote
(Wortsman et al. 2021, Robust fine-tuning of zero-shot models, https://arxiv.org/abs/2109.01903).

    python blend.py EARLIER LATER SHARE OUT

SHARE, from 0 to 1, is the later one's; OUT is the checkpoint that is written.
"""

import shutil
import sys
from pathlib import Path

from safetensors import safe_open
from safetensors.torch import load_file, save_file

WEIGHTS = "model.safetensors"


def blend(earlier, later, share, out):
    before, after = load_file(earlier / WEIGHTS), load_file(later / WEIGHTS)
    mixed = {name: before[name].float().lerp(value.float(), share).half() for name, value in after.items()}
    shutil.copytree(later, out)
    with safe_open(later / WEIGHTS, "pt") as file:
        save_file(mixed, out / WEIGHTS, file.metadata())


if __name__ == "__main__":
    blend(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4]))
