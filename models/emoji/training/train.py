"""Trains the embedded checkpoint, or goes on where it was stopped. In a new folder it goes on from the weights that the
repository keeps (keep.py).

    python models/emoji/training/train.py FOLDER [--hours 12] [--afresh]

FOLDER, outside the repository, takes the artwork (0.5 GB), the sprites (2.9 GB), the state of each stage and, from
stage 3 on, FOLDER/checkpoint.
"""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main():
    parser = argparse.ArgumentParser(description="Trains the embedded checkpoint.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hours", type=float, default=12, help="of training in all, on two cores")
    parser.add_argument("--afresh", action="store_true", help="in a new folder: from nothing, not from kept weights")
    options = parser.parse_args()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.glob("*.pt")):
        take_kept(folder, options.afresh)
    prepare(folder)
    alone = 0 if (folder / "kept" / "together.safetensors").exists() else 0.6 * options.hours
    if alone:
        train_apart(folder, alone)
    run([sys.executable, HERE / "train_together.py", folder, options.hours - alone])


def train_apart(folder, hours):
    """Stages 1 and 2, beside each other."""
    stages = [start(stage, folder, hours) for stage in ("train_vision.py", "train_language.py")]
    try:
        failed = [stage.args for stage in stages if stage.wait() != 0]
    finally:
        for stage in stages:
            stage.terminate()
    if failed:
        sys.exit(f"{failed[0]} failed.")


def take_kept(folder, afresh):
    """What the repository keeps, or nothing. With the weights comes the tokenizer that they know."""
    shutil.rmtree(folder / "kept", ignore_errors=True)
    if (HERE / "kept").exists() and not afresh:
        shutil.copytree(HERE / "kept", folder / "kept")
        shutil.copytree(HERE / "kept" / "tokenizer", folder / "tokenizer", dirs_exist_ok=True)


def prepare(folder):
    """Each step once: artwork, drawings, sprites, tokenizer."""
    artwork, icons = [json.loads((HERE / name).read_text()) for name in ("artwork.json", "icons.json")]
    names = [*artwork["trained"], *artwork["heldOut"], *icons]
    pictures = {name: path.rsplit("/", 1)[0] for name, path in artwork["pictures"].items()}
    sets = [pictures.get(name, f"@iconify-json/{name}") for name in names]
    if not (folder / "package.json").exists():
        (folder / "package.json").write_text('{ "private": true }\n')
    if not (folder / "node_modules").exists():
        run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", *sets], cwd=folder)
    if not (folder / "art" / "index.json").exists():
        run(["node", "--import", "tsx", HERE / "draw-sprites.ts", folder], cwd=HERE.parents[2])
    if not (folder / "bank.npz").exists():
        run([sys.executable, HERE / "sprites.py", folder])
    if not (folder / "tokenizer").exists():
        run([sys.executable, HERE / "words.py", folder])


def start(stage, folder, hours):
    return subprocess.Popen([sys.executable, HERE / stage, folder, str(hours)])


def run(command, cwd=None):
    subprocess.run([str(part) for part in command], cwd=cwd, check=True)


if __name__ == "__main__":
    main()
