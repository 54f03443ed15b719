"""Stage 2: the decoder learns to talk about scenes whose cells it is told, without pictures.

    python train_language.py FOLDER [HOURS]
"""

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from concepts import COLOURS, CONCEPTS
from dialogues import dialogue
from model import Oracle, QUERIES, build
from running import Run, batches_from
from scenes import labels, lay_out
from words import IGNORE, Words

RATE, SEED, TOKENS, WINDOW = 1.5e-3, 2, 1800, 512
LENGTHS = {6: 0.4, 10: 0.35, 18: 0.17, 34: 0.08}  # turns
CAPTIONS = 0.08  # of the batches
NOISE = 0.08  # in what the cells say
CROWDS = (0.16, 0.3, 0.26, 0.16, 0.12)


def make_batches(words, seed, step):
    rng = np.random.default_rng((seed, step))
    while True:
        yield batch(rng, words)


def batch(rng, words):
    """Cells and texts: (thing, colour, size, place), (ids, targets), and who is answered where."""
    rows, scenes, captions = [], [], rng.random() < CAPTIONS
    turns = list(LENGTHS)[int(rng.choice(len(LENGTHS), p=list(LENGTHS.values())))]
    count = 64 if captions else max(4, TOKENS // (14 * turns + QUERIES))
    for _ in range(count):
        scene = lay_out(rng, CROWDS, photos=0.03)
        scenes.append(scene)
        rows.append(words.caption(rng, scene) if captions else cut_dialogue(rng, words, scene, turns))
    return cells(scenes), *pad(rows)


def cut_dialogue(rng, words, scene, turns):
    """A third begin in the middle, as after old turns have fallen out of the window."""
    cut = int(rng.integers(1, 6)) if rng.random() < 0.33 else 0
    talk = dialogue(rng, scene, turns, cut)
    silent = 0
    while cut and silent < len(talk) and talk[silent][0].startswith(("it_", "and_", "ellipsis")):
        silent += 1
    ids, targets, spans = words.dialogue(talk, silent)
    ids, targets = ids[: WINDOW - QUERIES], targets[: WINDOW - QUERIES]
    return ids, targets, [span for span in spans[silent:] if span[2] <= len(targets)]


def pad(rows):
    longest = max(len(ids) for ids, _, _ in rows)
    ids = np.ones((len(rows), longest), np.int64)
    targets = np.full((len(rows), longest), IGNORE)
    for i, (row, target, _) in enumerate(rows):
        ids[i, : len(row)], targets[i, : len(target)] = row, target
    return ids, targets, [spans for _, _, spans in rows]


def cells(scenes):
    """What stage 1 is taught to see, as numbers: things, colours, sizes (3 where there is nothing), places."""
    rows = [labels(scene, [np.zeros((8, 8))] * len(scene.things))[1:] for scene in scenes]
    things, colours, sizes, places = [np.stack(column) for column in zip(*rows)]
    colours[colours < 0] = len(COLOURS)
    sizes[sizes < 0] = 3
    return things, colours, sizes, places


def answer_logits(model, slots, ids, where):
    """Logits of the next token at the places that `where` marks, (marked, vocabulary)."""
    words = model.get_input_embeddings()(ids)
    mask = torch.ones(len(ids), QUERIES + ids.shape[1], dtype=torch.long)
    decoder = model.language_model.model.decoder
    hidden = decoder(inputs_embeds=torch.cat([slots, words], 1), attention_mask=mask, use_cache=False).last_hidden_state
    return model.language_model.lm_head(hidden[:, QUERIES:][where])


def by_kind(right, targets, spans, seen):
    """Adds, for each answer, whether all of its tokens are right."""
    ok = np.ones(targets.shape, bool)
    ok[targets != IGNORE] = right
    for row, answers in zip(ok, spans):
        for kind, start, end in answers:
            seen[kind].append(row[start:end].all())


def in_words(seen):
    """Share of answers right to the last token, by kind."""
    return " ".join(f"{kind} {np.mean(v):.2f}" for kind, v in sorted(seen.items()) if len(v) > 20)


def train(folder, hours):
    torch.set_num_threads(1)
    words = Words(folder)
    model, oracle = build(len(words), words.image, words.newline), Oracle()
    oracle.begin(words, model.get_input_embeddings().weight)
    both = torch.nn.ModuleDict({"model": model, "oracle": oracle})
    names = {n: p for n, p in both.named_parameters() if n.startswith(("model.language_model", "oracle"))}
    run, means, seen = Run(folder / "language.pt", names, RATE, hours), [], defaultdict(list)
    with batches_from(make_batches, words, SEED, run.step) as next_batch:
        while run.goes_on():
            truth, ids, targets, spans = next_batch()
            slots = oracle(*map(torch.from_numpy, truth))
            slots = slots + NOISE * slots.detach().std() * torch.randn_like(slots)
            aims, marked = targets[targets != IGNORE], torch.from_numpy(targets != IGNORE)
            logits = answer_logits(model, slots, torch.from_numpy(ids), marked)
            loss = F.cross_entropy(logits, torch.from_numpy(aims))
            run.learn(loss)
            means.append(loss.item())
            by_kind(logits.detach().argmax(-1).numpy() == aims, targets, spans, seen)
            if run.step % 50 == 0:
                run.tell(f"loss {np.mean(means[-50:]):.3f} {in_words(seen)}")
                seen.clear()
            if run.is_time_to_save():
                run.save()
    run.save()


if __name__ == "__main__":
    train(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 12)
