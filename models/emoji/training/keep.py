"""Keeps the averaged weights of a training in the repository, in f16, so that it goes on on another machine.

    python keep.py FOLDER

Writes kept/vision.safetensors and kept/language.safetensors or, once they were joined, kept/together.safetensors
alone, and kept/tokenizer, without which the words would mean other things.
"""

import shutil
import sys
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

KEPT = Path(__file__).parent / "kept"


def keep(folder, kept=KEPT):
    stages = [stage for stage in ("together", "vision", "language") if (folder / f"{stage}.pt").exists()]
    if not stages:
        sys.exit(f"{folder} holds no state of a stage. Train first.")
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(folder / "tokenizer", kept / "tokenizer")
    for stage in stages[:1] if "together" in stages else stages:
        state = torch.load(folder / f"{stage}.pt", weights_only=True)
        weights = {name: value.half().contiguous() for name, value in state["average"].items()}
        save_file(weights, kept / f"{stage}.safetensors", {"step": str(state["step"])})
        print(f"{stage}: step {state['step']}, {(kept / f'{stage}.safetensors').stat().st_size / 1e6:.1f} MB")


def load_kept(path, names):
    """Copies kept weights into parameters by name. Returns the step they were kept at."""
    with safe_open(path, "pt") as kept:
        shapes = {name: list(kept.get_slice(name).get_shape()) for name in kept.keys()}
        if shapes != {name: list(p.shape) for name, p in names.items()}:
            sys.exit(f"{path} is of another network than model.py describes. Train afresh: train.py --afresh.")
        with torch.no_grad():
            for name, p in names.items():
                p.copy_(kept.get_tensor(name))
        return int(kept.metadata()["step"])


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
