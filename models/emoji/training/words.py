"""The tokenizer: byte-level BPE, learned from the dialogues themselves, and how a dialogue becomes token ids.

    python words.py FOLDER
"""

import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import AddedToken, PreTrainedTokenizerFast

from answers import caption
from concepts import COLOURS, CONCEPTS
from dialogues import dialogue
from model import BOS
from phrases import LEADS, pick
from scenes import lay_out
from small_talk import SMALL_TALK, UNKNOWN, fill

SIZE = 1500
IGNORE = -100


def learn_tokenizer(folder):
    rng, texts = np.random.default_rng(5), []
    for _ in range(5000):
        scene = lay_out(rng, photos=0.02)
        texts += [caption(scene), render(dialogue(rng, scene, 6))]
    for concept in CONCEPTS:  # every word one token
        texts += [f"Is there {concept.one}? How many {concept.plural}? The {concept.name}, {concept.kind}"] * 300
    plain = [fill(rng, words, CONCEPTS[0]) for words in UNKNOWN] + [q for q, _ in SMALL_TALK]
    texts += plain * 60 + [text.capitalize() for text in plain] * 20 + COLOURS * 60
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=SIZE - 1, special_tokens=["<s>", "<pad>", "</s>", "<unk>"], min_frequency=2, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="</s> $A", pair="</s> $A </s> $B", special_tokens=[("</s>", BOS)])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="</s>", eos_token="</s>", unk_token="<unk>", pad_token="<pad>",
        model_max_length=1024, padding_side="left", clean_up_tokenization_spaces=False)
    fast.add_tokens([AddedToken("<image>", normalized=False, special=True)], special_tokens=True)
    fast.save_pretrained(folder / "tokenizer.tmp")
    (folder / "tokenizer.tmp").replace(folder / "tokenizer")


def render(turns):
    return " ".join(f"Question: {question} Answer: {answer}." for _, question, answer in turns)


class Words:
    def __init__(self, folder):
        self.tokenizer = PreTrainedTokenizerFast.from_pretrained(folder / "tokenizer")
        self.known = {}
        self.newline = self.ids("\n")[0]
        self.image = self.tokenizer.convert_tokens_to_ids("<image>")

    def __len__(self):
        return len(self.tokenizer)

    def ids(self, text):
        if text not in self.known:
            if len(self.known) > 100_000:
                self.known.clear()
            self.known[text] = self.tokenizer(text, add_special_tokens=False).input_ids
        return self.known[text]

    def dialogue(self, turns, silent=0):
        """Token ids, and at each place the id to be said next; the newline after each answer ends it. The answers of
        the first `silent` turns are not taught. With them (kind, from, to) of each answer among the targets."""
        ids, targets, spans = [BOS], [], []
        for i, (kind, question, answer) in enumerate(turns):
            ids = ids + self.ids((". " if i else "") + f"Question: {question} Answer:")
            said = self.ids(" " + answer)
            targets += [IGNORE] * (len(ids) - 1 - len(targets))
            spans.append((kind, len(targets), len(targets) + len(said) + 1))
            targets += [IGNORE] * (len(said) + 1) if i < silent else said + [self.newline]
            ids = ids + said
        return ids, targets, spans

    def caption(self, rng, scene):
        lead = "" if rng.random() < 0.5 else pick(rng, LEADS)
        lead = lead[:1].upper() + lead[1:] if rng.random() < 0.3 else lead
        ids, said = [BOS] + self.ids(lead), self.ids((" " if lead else "") + caption(scene))
        span = ("lead" if lead else "caption", len(ids) - 1, len(ids) + len(said))
        return ids + said, [IGNORE] * (len(ids) - 1) + said + [self.newline], [span]


if __name__ == "__main__":
    learn_tokenizer(Path(sys.argv[1]))
    words = Words(Path(sys.argv[1]))
    parts = {w for c in CONCEPTS for w in (c.name + " " + c.plural).split()}
    print(len(words), "tokens; words of several tokens:", sorted(w for w in parts if len(words.ids(" " + w)) > 1))
