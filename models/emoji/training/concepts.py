"""The things the model knows: concepts.tsv, and how they are said."""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent

UNCOUNTED = {"broccoli": "some broccoli", "scissors": "scissors"}


@dataclass(frozen=True)
class Concept:
    index: int
    name: str
    plural: str
    kind: str
    colour: str | None

    @property
    def one(self):
        """With its article: "an owl"."""
        return UNCOUNTED.get(self.name) or with_article(self.name)


def with_article(words):
    vowel = words[0] in "aeiou" and not words.startswith("uni")
    return ("an " if vowel else "a ") + words


def load_concepts():
    lines = (HERE / "concepts.tsv").read_text().splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Concept(i, name, plural, kind, None if colour == "-" else colour)
            for i, (name, plural, kind, colour, _) in enumerate(rows)]


CONCEPTS = load_concepts()
COLOURS = ["red", "orange", "yellow", "green", "blue", "purple", "pink", "white", "black", "gray", "brown",
           "light blue"]
