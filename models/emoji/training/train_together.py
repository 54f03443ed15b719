"""Stage 3: eye and decoder together. The Q-Former's projection learns to say what the oracle said, and the decoder
to live with what the eye mistakes. Writes a checkpoint for transformers and for the engine each time it saves.

    python train_together.py FOLDER [HOURS]
"""

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from dialogues import pair
from export import export
from model import Oracle, Teacher, build, look, normalise, quick
from running import Run, batches_from, kept_for
from scenes import Painter, labels, lay_out
from train_language import CAPTIONS, CROWDS, answer_logits, by_kind, cells, cut_dialogue, in_words, pad
from train_vision import losses
from words import IGNORE, Words

RATE, SEED = 8e-4, 3
PHOTOS, PAIRS = 0.1, 0.3  # of the pictures; of the dialogues, where the scene has a pair
TALKED_OF, LOOKED_AT = 12, 36  # pictures of a batch with a dialogue, and those without
LENGTHS = {4: 0.3, 8: 0.55, 30: 0.15}  # turns


def make_batches(folder, seed, step):
    rng, painter, words = np.random.default_rng((seed, step)), Painter(folder), Words(folder)
    while True:
        yield batch(rng, painter, words)


def batch(rng, painter, words, plain=False):
    scenes, rows, seen = [], [], []
    turns = list(LENGTHS)[int(rng.choice(len(LENGTHS), p=list(LENGTHS.values())))]
    talked = TALKED_OF if turns < 20 else TALKED_OF // 3
    while len(scenes) < talked + LOOKED_AT:
        scene = lay_out(rng, CROWDS, photos=PHOTOS)
        picture, covers = painter.paint(rng, scene, plain)
        texts = texts_about(rng, words, scene, turns) if len(rows) < talked else []
        rows += texts
        for _ in range(max(1, len(texts))):
            scenes.append(scene)
            seen.append((picture, *labels(scene, covers)))
    pictures, *targets = [np.stack(column) for column in zip(*seen)]
    return pictures, targets, cells(scenes), *pad(rows)


def texts_about(rng, words, scene, turns):
    """A caption, a dialogue, or the two dialogues of a pair."""
    if turns < 20 and rng.random() < 3 * CAPTIONS:
        return [words.caption(rng, scene)]
    two = pair(rng, scene, turns) if turns < 20 and rng.random() < PAIRS else None
    return [cut_dialogue(rng, words, scene, turns)] if two is None else [words.dialogue(talk) for talk in two]


@torch.no_grad()
def begin_projection(model, oracle, painter, words, batches=40):
    """The linear map from the Q-Former's output to the oracle's cells that fits best."""
    rng, seen, wanted = np.random.default_rng(11), [], []
    for _ in range(batches):
        pictures, _, truth, *_ = batch(rng, painter, words)
        _, queries = look(model, normalise(pictures))
        seen.append(queries.flatten(0, 1))
        wanted.append(oracle(*map(torch.from_numpy, truth)).flatten(0, 1))
    x, y = torch.cat(seen), torch.cat(wanted)
    x = torch.cat([x, torch.ones(len(x), 1)], 1)
    solution = torch.linalg.solve(x.T @ x + 0.5 * torch.eye(x.shape[1]), x.T @ y)
    model.language_projection.weight.copy_(solution[:-1].T)
    model.language_projection.bias.copy_(solution[-1])
    print(f"projection explains {1 - ((x @ solution - y).var() / y.var()).item():.3f}", flush=True)


def build_all(folder):
    words = Words(folder)
    model = build(len(words), words.image, words.newline)
    return words, torch.nn.ModuleDict({"model": model, "teacher": Teacher(), "oracle": Oracle()})


@torch.no_grad()
def load_stages(folder, names):
    """The averaged weights of stages 1 and 2."""
    for stage in ("vision", "language"):
        for name, value in torch.load(folder / f"{stage}.pt", weights_only=True)["average"].items():
            names[name].copy_(value)


def train(folder, hours):
    torch.set_num_threads(2)
    words, everything = build_all(folder)
    model, teacher, oracle = everything["model"], everything["teacher"], everything["oracle"]
    names, painter = dict(everything.named_parameters()), Painter(folder)
    state = folder / "together.pt"
    if not state.exists() and not kept_for(state).exists():
        load_stages(folder, names)
        begin_projection(model, oracle, painter, words)
    run, means, seen = Run(state, names, RATE, hours), [], defaultdict(list)
    with batches_from(make_batches, folder, SEED, run.step) as next_batch:
        while run.goes_on():
            pictures, targets, truth, ids, answers, spans = next_batch()
            aims, marked = answers[answers != IGNORE], torch.from_numpy(answers != IGNORE)
            with quick():
                patches, queries = (part.float() for part in look(model, normalise(pictures)))
                slots = model.language_projection(queries).float()
                logits = answer_logits(model, slots[: len(ids)], torch.from_numpy(ids), marked).float()
            wanted = oracle(*map(torch.from_numpy, truth)).detach()
            said = F.cross_entropy(logits, torch.from_numpy(aims))
            close = F.mse_loss(slots, wanted) / wanted.var()
            taught = sum(losses(teacher, patches, queries, targets).values())
            run.learn(said + close + 0.5 * taught)
            means.append([said.item(), close.item(), taught.item()])
            by_kind(logits.detach().argmax(-1).numpy() == aims, answers, spans, seen)
            if run.step % 50 == 0:
                text = "said %.3f close %.3f taught %.3f " % tuple(np.mean(means[-50:], 0))
                run.tell(text + in_words(seen))
                seen.clear()
            if run.is_time_to_save():
                keep(folder, words, model, run)
    keep(folder, words, model, run)


def keep(folder, words, model, run):
    run.save()
    with run.average.applied():
        export(model, words, folder / "checkpoint")


if __name__ == "__main__":
    train(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 12)
