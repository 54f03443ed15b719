"""Dialogues about a scene: lists of turns (kind, question, answer)."""

import re

from answers import DONT_KNOW, NUMBERS, UNCLEAR, UNTOLD, list_things, phrase, the, verb, yes
from checks import CHECKS
from concepts import CONCEPTS
from phrases import (ALL, ASKS, BACKGROUND, COUNT, ELSE, HOW_MANY, KINDS, PLACES, WHAT, YES_NO, colour_word, draw, noun,
                     pick, pick_ask, style)
from scenes import third
from shades import SIDE
from small_talk import SMALL_TALK, UNKNOWN, fill

ODDS = {"what": 0.07, "category": 0.05, "yes_no": 0.12, "count": 0.1, "count_all": 0.02, "background": 0.04,
        "ask": 0.3, "pronoun": 0.2, "how_many": 0.07, "ellipsis": 0.3, "place": 0.05, "colour": 0.02,
        "its_colour": 0.02, "check": 0.3, "what_else": 0.1, "unknown": 0.06, "small_talk": 0.025}

PHOTO_MORE = ["is the {n} left of it?", "are there any {k}s?", "how many {k}s are there?", "is it big?",
              "is the background red?", "is there a {k}?", "and the {n}?", "what about the {n}?", "and {s}?",
              "what {k} is this?", "what kind of {k} is this?", "what is {place}?", "what else is there?",
              "anything else?", "what {color} is it?", "what {color} is the {n}?"]


class Talk:
    """A dialogue as it grows: what `it` stands for, and what was asked last."""

    def __init__(self, rng, scene):
        self.rng, self.scene, self.counts = rng, scene, scene.counts()
        self.topic = self.kind = None
        self.turns = []

    def say(self, kind, question, answer, topic=None, asked=None):
        self.topic, self.kind = topic, asked
        self.turns.append((kind, style(self.rng, question), answer))
        return True

    def said(self, concept):
        """Whether a turn before has named it."""
        name = re.compile(rf"\b({CONCEPTS[concept].name}|{CONCEPTS[concept].plural})\b", re.IGNORECASE)
        return any(name.search(f"{question} {answer}") for _, question, answer in self.turns)

    def any_concept(self, present=0.75):
        """One that is there, or one that isn't, often of a kind that is."""
        rng = self.rng
        if self.counts and rng.random() < present:
            return pick(rng, list(self.counts))
        if self.counts and rng.random() < 0.4:
            kind = CONCEPTS[pick(rng, list(self.counts))].kind
            return pick(rng, [c.index for c in CONCEPTS if c.kind == kind])
        return int(rng.integers(len(CONCEPTS)))

    # Each kind of turn returns True if it suits the scene.

    def what(self):
        only = next(iter(self.counts)) if len(self.counts) == 1 else None
        return self.say("what", pick(self.rng, WHAT), list_things(self.counts), topic=only)

    def category(self):
        kinds = {}
        for concept in self.counts:
            kinds.setdefault(CONCEPTS[concept].kind, []).append(concept)
        fit = [k for k in KINDS if len(kinds.get(k, [])) == 1]
        if not fit:
            return False
        k = pick(self.rng, fit)
        words = [f"what {k} is this?", f"what {k} is in the picture?", f"which {k} is this?",
                 f"what kind of {k} is this?", f"what {k} do you see?", f"what {k} is there?", f"what {k} is it?",
                 f"what {k} is that?", f"which {k} is it?", f"name the {k}.", f"what {k}?", f"what is the {k}?",
                 f"what kind of {k} is it?", f"tell me which {k} this is."]
        concept = kinds[k][0]
        return self.say("category", pick(self.rng, words), phrase(concept, self.counts[concept]), topic=concept)

    def yes_no(self):
        return self.yes_no_of(self.any_concept(0.5))

    def yes_no_of(self, concept):
        return self.say("yes_no", noun(self.rng, YES_NO, concept), yes(self.counts, concept), concept, "yes_no")

    def check(self):
        found = draw(self.rng, CHECKS)(self)
        return found is not None and self.say("check", *found)

    def count(self):
        many = [c for c, n in self.counts.items() if n > 1]
        concept = pick(self.rng, many) if many and self.rng.random() < 0.5 else self.any_concept(0.85)
        return self.say("count", noun(self.rng, COUNT, concept), self.number(concept), concept, "count")

    def number(self, concept):
        return NUMBERS[self.counts.get(concept, 0)]

    def count_all(self):
        return self.say("count_all", pick(self.rng, ALL), NUMBERS[len(self.scene.things)], self.topic)

    def background(self):
        words = pick(self.rng, BACKGROUND).format(color=colour_word(self.rng))
        return self.say("background", words, " and ".join(self.scene.backgrounds), self.topic)

    def ask(self):
        """About a named thing: the answer is short."""
        return self.ask_of(pick_ask(self.rng), self.any_concept(0.93))

    def ask_of(self, kind, concept):
        answer = self.tell(kind, concept)
        if answer is None:
            return False
        return self.say(kind, self.word(kind, the(concept, self.counts)), answer, self.found(kind, concept), kind)

    def found(self, kind, concept):
        """What `it` is then: the thing that the answer names, or else the one asked about."""
        if kind in ("where", "behind", "size") or concept not in self.counts:
            return concept
        name = ASKS[kind].answer(self.scene, concept)
        return next((c for c in self.counts if CONCEPTS[c].one == name), concept)

    def tell(self, kind, concept, whole=False):
        if concept not in self.counts:
            return f"there is no {CONCEPTS[concept].name}"
        answer = ASKS[kind].answer(self.scene, concept)
        if answer is None or not whole:
            return answer
        return ASKS[kind].whole.format(answer, the=the(concept, self.counts), **{"is": verb(concept, self.counts)})

    def word(self, kind, it):
        several = {"they", *("the " + CONCEPTS[c].plural for c, n in self.counts.items() if n > 1)}
        words, plural = pick(self.rng, ASKS[kind].words), it in several
        if it == "they" and not words.startswith("where {is}"):
            it = "them"
        return words.format(it=it, color=colour_word(self.rng), **{"is": "are" if plural else "is"})

    def pronoun(self):
        """About `it`: the whole answer names the thing. With nothing that `it` could mean, nobody knows."""
        kind, topic = pick_ask(self.rng), self.topic
        if topic is None and len(self.scene.things) == 1:
            topic = self.scene.things[0].concept
        it = "they" if self.counts.get(topic, 0) > 1 else "it"
        answer = DONT_KNOW if topic is None else self.tell(kind, topic, whole=True)
        if answer is None or (topic is None and self.rng.random() < 0.7):
            return False
        lead = "and " if self.rng.random() < 0.1 else ""
        it_then = None if topic is None else self.found(kind, topic)
        return self.say("it_" + kind, lead + self.word(kind, it), answer, it_then, kind)

    def how_many(self):
        if self.topic is None or self.kind == "count":
            return False
        return self.say("it_count", pick(self.rng, HOW_MANY), self.number(self.topic), self.topic, "count")

    def ellipsis(self):
        """`And the cat?`: what is asked comes from the turn before."""
        rng, kind = self.rng, self.kind
        concept = self.any_concept(0.5 if kind == "yes_no" else 0.9)
        if concept == self.topic:
            return False
        if kind is None:
            if rng.random() < 0.9:
                return False
            words = pick(rng, ["and the {n}?", "what about the {n}?"]).format(n=CONCEPTS[concept].name)
            return self.say("ellipsis_none", words, DONT_KNOW)
        if kind in ("yes_no", "count"):
            words = ["and {s}?", "what about {s}?", "how about {s}?", "and the {s}?", "{s}?"]
            if kind == "yes_no":
                words = ["and {a}?", "what about {a}?", "how about {a}?", "and the {n}?", "what about the {n}?", "{a}?"]
            answer = yes(self.counts, concept) if kind == "yes_no" else self.number(concept)
            return self.say("and_" + kind, noun(rng, words, concept), answer, concept, kind)
        answer = self.tell(kind, concept, whole=True)
        if answer is None:
            return False
        words = pick(rng, ["and {}?", "what about {}?", "how about {}?"]).format(the(concept, self.counts))
        return self.say("and_" + kind, words, answer, self.found(kind, concept), kind)

    def place(self):
        name = pick(self.rng, list(PLACES))
        column, row = PLACES[name]
        inside = {}
        for thing in self.scene.in_order():
            i, j = third(thing.x / SIDE), third(thing.y / SIDE)
            if column is not None and i is None or row is not None and j is None:
                return False
            if column in (None, i) and row in (None, j):
                inside[thing.concept] = inside.get(thing.concept, 0) + 1
        if not inside and self.rng.random() < 0.6:
            return False
        words = pick(self.rng, ["what is {}?", "what do you see {}?", "what's {}?", "what is {} of the picture?",
                                "which thing is {}?", "what thing is {}?", "what can you see {}?", "what is there {}?"])
        topic = next(iter(inside)) if len(inside) == 1 and self.counts[next(iter(inside))] == 1 else None
        return self.say("place", words.format(name), list_things(inside) if inside else "nothing", topic)

    def colour(self):
        fit = [c for c in self.counts if CONCEPTS[c].colour]
        if not fit:
            return False
        concept = pick(self.rng, fit)
        words = self.colour_of(the(concept, self.counts), verb(concept, self.counts))
        return self.say("colour", words, CONCEPTS[concept].colour, concept)

    def its_colour(self):
        """Of what comes in many colours, nobody knows."""
        if self.counts.get(self.topic) != 1:
            return False
        thing = CONCEPTS[self.topic]
        answer = f"{the(self.topic, self.counts)} {verb(self.topic, self.counts)} {thing.colour}"
        return self.say("it_colour", self.colour_of("it", "is"), answer if thing.colour else DONT_KNOW, self.topic)

    def colour_of(self, it, verb_):
        words = pick(self.rng, ["what {color} {is} {it}?", "which {color} {is} {it}?", "what is the {color} of {it}?"])
        return words.format(it=it, color=colour_word(self.rng), **{"is": verb_})

    def what_else(self):
        if not self.counts:
            return False
        if self.rng.random() < 0.25:
            concept = pick(self.rng, list(self.counts))
            question = f"what is there besides {the(concept, self.counts)}?"
            rest = {c: n for c, n in self.counts.items() if c != concept}
        else:
            if self.rng.random() < 0.5:
                self.ask_for_some()
            question = pick(self.rng, ELSE)
            rest = {c: n for c, n in self.counts.items() if not self.said(c)}
            if not rest and self.rng.random() < 0.6:
                return False
        topic = next(iter(rest)) if len(rest) == 1 else None if rest else self.topic
        return self.say("else", question, list_things(rest) if rest else "nothing else", topic)

    def ask_for_some(self):
        """Whether this and that is there, for some of what is, or all of it."""
        said = 1 + int(self.rng.integers(len(self.counts)))
        for concept in self.rng.permutation(list(self.counts))[:said].tolist():
            self.yes_no_of(concept)

    def unknown(self):
        concept, words = self.any_concept(), pick(self.rng, UNKNOWN)
        topic = concept if "the {n}" in words else self.topic
        return self.say("unknown", fill(self.rng, words, CONCEPTS[concept]), DONT_KNOW, topic)

    def small_talk(self):
        return self.say("small_talk", *pick(self.rng, SMALL_TALK), self.topic, self.kind)

    def grow(self, turns):
        while len(self.turns) < turns:
            getattr(self, draw(self.rng, ODDS))()
        return self


def dialogue(rng, scene, turns, forgotten=0):
    """So many turns, after some that have fallen out of the window."""
    if scene.photo:
        return photo_dialogue(rng, turns)
    talk = Talk(rng, scene).grow(forgotten)
    talk.turns.clear()
    return talk.grow(turns).turns


def pair(rng, scene, turns):
    """Two dialogues about the same scene that end in the same question, which other turns before give another answer;
    None where there are no two things, or the answers are alike or unclear."""
    single = sorted({thing.concept for thing in scene.single()})
    if len(single) < 2:
        return None
    one, other = rng.choice(single, 2, replace=False).tolist()
    talks = [Talk(rng, scene).grow(int(rng.integers(turns))) for _ in range(2)]
    if rng.random() < 0.6:  # "Where is it?", of one and of the other
        kinds, things, leads = [pick_ask(rng)] * 2, (one, other), (one, other)
        question = talks[0].word(kinds[0], "it")
        asked = [pick(rng, ["yes_no", "yes_no", "where", "behind"])] * 2
    else:  # "And the cat?", after where something is and after what lies behind it
        kinds, things, leads = rng.permutation(["where", "behind", "size"])[:2].tolist(), (one, one), (other, other)
        question = pick(rng, ["and {}?", "what about {}?", "how about {}?"]).format(the(one, scene.counts()))
        asked = kinds
    question = style(rng, question)
    short = [talk.tell(kind, thing) for talk, kind, thing in zip(talks, kinds, things)]
    if None in short or short[0] == short[1]:
        return None
    for talk, kind, thing, lead, how in zip(talks, kinds, things, leads, asked):
        if not (talk.yes_no_of(lead) if how == "yes_no" else talk.ask_of(how, lead)):
            return None
        talk.turns.append(("pair", question, talk.tell(kind, thing, whole=True)))
    return [talk.turns for talk in talks]


def photo_dialogue(rng, turns):
    """Of a picture that is no scene, little can be said."""
    return [(kind, style(rng, question), answer) for kind, question, answer in (photo_turn(rng) for _ in range(turns))]


def photo_turn(rng):
    concept = CONCEPTS[int(rng.integers(len(CONCEPTS)))]
    if rng.random() < 0.12:
        return "unknown", fill(rng, pick(rng, UNKNOWN), concept), DONT_KNOW
    if rng.random() < 0.03:
        return "small_talk", *pick(rng, SMALL_TALK)
    words = pick(rng, [WHAT, WHAT, YES_NO, COUNT, ALL, HOW_MANY, BACKGROUND, ASKS[pick_ask(rng)].words, PHOTO_MORE])
    it = "it" if rng.random() < 0.3 else "the " + concept.name
    question = pick(rng, words).format(
        a=concept.one, s=concept.plural, n=concept.name, k=pick(rng, KINDS), it=it, place=pick(rng, list(PLACES)),
        color=colour_word(rng), **{"is": "is"})
    return "photo", question, UNCLEAR if words is WHAT else UNTOLD
