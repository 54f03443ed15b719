"""Stage 1: ViT and Q-Former learn what lies in each patch and each of 16 cells.

    python train_vision.py FOLDER [HOURS]
"""

import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from concepts import CONCEPTS
from model import Teacher, build, look, normalise
from running import Run, batches_from
from scenes import Painter, labels, lay_out

BATCH, RATE, EASY_STEPS, SEED = 48, 1.5e-3, 500, 1
NUMBERS = (0.16, 0.16, 0.2, 0.24, 0.24)  # of things: each is a lesson


def make_batches(folder, seed, step):
    """Large single things first, crowded scenes later."""
    rng, painter = np.random.default_rng((seed, step)), Painter(folder)
    while True:
        yield batch(rng, painter, BATCH, max(0, 1 - step / EASY_STEPS), numbers=NUMBERS, repeats=0.25)
        step += 1


def batch(rng, painter, size, easy=0.0, plain=False, **options):
    """Pictures and labels, stacked."""
    rows = []
    for _ in range(size):
        scene = lay_out(rng, easy=rng.random() < easy, photos=0.03, **options)
        picture, covers = painter.paint(rng, scene, plain)
        rows.append((picture, *labels(scene, covers)))
    return [np.stack(column) for column in zip(*rows)]


def losses(teacher, patches, queries, targets):
    patch, cell, colour, size, place = (torch.from_numpy(t) for t in targets)
    weights = torch.ones(len(CONCEPTS) + 2)
    weights[-2] = 0.25
    entropy = lambda logits, target, **options: F.cross_entropy(logits.flatten(0, 1), target.flatten(), **options)
    there = size >= 0
    return {
        "patch": entropy(teacher.patch(patches[:, 1:]), patch, weight=weights, label_smoothing=0.02),
        "cell": entropy(teacher.cell(queries), cell, weight=weights, label_smoothing=0.02),
        "colour": 0.5 * entropy(teacher.colour(queries), colour),
        "size": 0.15 * entropy(teacher.size(queries), size),
        "place": 2 * F.mse_loss(teacher.place(queries)[there], place[there]),
    }


@torch.no_grad()
def evaluate(model, teacher, painter, things=None, plain=True, batches=4):
    """On fresh scenes of the trained artists: cells of things named rightly, all cells right, colours right."""
    rng, seen = np.random.default_rng(7), []
    for _ in range(batches):
        pictures, _, cell, colour, *_ = batch(rng, painter, 64, plain=plain, things=things)
        _, queries = look(model, normalise(pictures))
        said, cell, colour = teacher.cell(queries).argmax(-1), torch.from_numpy(cell), torch.from_numpy(colour)
        right, there = said == cell, cell < len(CONCEPTS)
        known = colour >= 0
        seen.append([right[there].float().mean(), right.all(1).float().mean(),
                     (teacher.colour(queries).argmax(-1) == colour)[known].float().mean()])
    return [round(float(v), 3) for v in np.mean(seen, 0)]


def train(folder, hours):
    torch.set_num_threads(1)
    model, teacher = build(1200, 1199, 202), Teacher()  # the vocabulary plays no part yet
    both = torch.nn.ModuleDict({"model": model, "teacher": teacher})
    names = {n: p for n, p in both.named_parameters() if not n.startswith("model.language_")}
    run, painter, means = Run(folder / "vision.pt", names, RATE, hours, warm_up=200), Painter(folder), []
    with batches_from(make_batches, folder, SEED, run.step) as next_batch:
        while run.goes_on():
            pictures, *targets = next_batch()
            parts = losses(teacher, *look(model, normalise(pictures)), targets)
            run.learn(sum(parts.values()))
            means.append([part.item() for part in parts.values()])
            if run.step % 25 == 0:
                run.tell(" ".join(f"{name} {value:.3f}" for name, value in zip(parts, np.mean(means[-25:], 0))))
            if run.step % 500 == 0:
                with run.average.applied():
                    report = {n: evaluate(model, teacher, painter, n) for n in (1, 3)}
                run.tell(f"things, whole scenes and colours right, by number of things: {report}")
            if run.is_time_to_save():
                run.save()
    run.save()


if __name__ == "__main__":
    train(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 12)
