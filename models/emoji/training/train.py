"""Trains the embedded checkpoint, or goes on where it was stopped. In a new folder it goes on from the weights that the
repository keeps (keep.py).

    python models/emoji/training/train.py FOLDER [--hours 12] [--afresh]

FOLDER, outside the repository, takes the artwork (0.5 GB), the sprites (5.4 GB), the state of each stage and, from
stage 3 on, FOLDER/checkpoint.
"""

import argparse
import shutil
import signal
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
        train(folder, alone, "train_vision.py", "train_language.py")
    train(folder, options.hours - alone, "train_together.py")


def train(folder, hours, *names):
    """Stages, beside each other. Told to stop, by Ctrl-C or politely, they save first, and nothing follows them."""
    stages = [subprocess.Popen([sys.executable, HERE / name, folder, str(hours)]) for name in names]
    told = []

    def stop(number, _):
        told.append(number)
        for stage in stages:
            stage.terminate()

    for polite in (signal.SIGTERM, signal.SIGINT):
        signal.signal(polite, stop)
    failed = [name for name, stage in zip(names, stages) if stage.wait() != 0]
    if told:
        sys.exit("Stopped. The same command goes on from here.")
    if failed:
        sys.exit(f"{' and '.join(failed)} failed.")


def take_kept(folder, afresh):
    """What the repository keeps, or nothing. With the weights comes the tokenizer that they know."""
    shutil.rmtree(folder / "kept", ignore_errors=True)
    if (HERE / "kept").exists() and not afresh:
        shutil.copytree(HERE / "kept", folder / "kept")
        shutil.copytree(HERE / "kept" / "tokenizer", folder / "tokenizer", dirs_exist_ok=True)


def prepare(folder):
    """Each step once: artwork, drawings, sprites, tokenizer."""
    shutil.copy(HERE / "artwork-packages.json", folder / "package.json")
    if not (folder / "node_modules" / ".package-lock.json").exists():  # which npm writes last
        run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder)
    if not (folder / "art" / "index.json").exists():
        run(["node", "--import", "tsx", HERE / "draw-sprites.ts", folder], cwd=HERE.parents[2])
    if not (folder / "bank.npz").exists():
        run([sys.executable, HERE / "sprites.py", folder])
    if not (folder / "tokenizer").exists():
        run([sys.executable, HERE / "words.py", folder])


def run(command, cwd=None):
    subprocess.run([str(part) for part in command], cwd=cwd, check=True)


if __name__ == "__main__":
    main()
