"""What people ask about a scene, and the right answers. A dialogue is a list of turns (kind, question, answer)."""

from concepts import CONCEPTS, COLOURS, with_article
from scenes import GRID, SIDE, SIZE_NAMES, third
from small_talk import SMALL_TALK, UNKNOWN

NUMBERS = ["zero", "one", "two", "three", "four", "five"]
UNCLEAR, UNTOLD, DONT_KNOW = "a picture I can't make out", "I can't tell", "I don't know"
KINDS = ("animal", "fruit", "food", "vehicle", "flower", "drink", "ball", "face", "plant")
DIRECTIONS = {"left": (-1, 0), "right": (1, 0), "above": (0, -1), "below": (0, 1)}
LEADS = ["this is a picture of", "a picture of", "this is", "a photo of", "an image of", "there is", "i see",
         "this is a photo of"]


def pick(rng, options):
    return options[int(rng.integers(len(options)))]


def join(parts):
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def phrase(concept, count):
    thing = CONCEPTS[concept]
    return thing.one if count == 1 else f"{NUMBERS[count]} {thing.plural}"


def list_things(counts):
    return join([phrase(c, n) for c, n in counts.items()])


def caption(scene):
    if scene.photo:
        return UNCLEAR
    return f"{list_things(scene.counts())} on {with_article(' and '.join(scene.backgrounds))} background"


# What is asked of one concept: each returns the answer, or None where it would be unclear.

def of_concept(scene, concept):
    return [t for t in scene.in_order() if t.concept == concept]


def where(scene, concept):
    regions = [t.region for t in of_concept(scene, concept)]
    if None in regions or len(regions) > 2:
        return None
    return " and ".join(dict.fromkeys(regions))


def behind(scene, concept):
    colours = {scene.colour_at(t.x, t.y) for t in of_concept(scene, concept)}
    return colours.pop() if len(colours) == 1 else None


def size(scene, concept):
    things = of_concept(scene, concept)
    return None if len(things) > 1 or things[0].clear_size is None else SIZE_NAMES[things[0].clear_size]


def beside(scene, concept):
    things = of_concept(scene, concept)
    if len(things) > 1:
        return None
    me = things[0]
    far = sorted(((t.x - me.x) ** 2 + (t.y - me.y) ** 2, t.concept) for t in scene.things if t is not me)
    if not far:
        return "nothing"
    if len(far) > 1 and far[1][0] < 1.5 * far[0][0] and far[0][1] != far[1][1]:
        return None
    return CONCEPTS[far[0][1]].one


def towards(direction):
    def answer(scene, concept):
        things, hits = of_concept(scene, concept), []
        if len(things) > 1:
            return None
        for other in scene.things:
            dx, dy = other.x - things[0].x, other.y - things[0].y
            if other is things[0]:
                continue
            if abs(abs(dx) - abs(dy)) < 10:
                return None
            side = ((dx > 0) - (dx < 0), 0) if abs(dx) > abs(dy) else (0, (dy > 0) - (dy < 0))
            if side == DIRECTIONS[direction]:
                hits.append(other.concept)
        return "nothing" if not hits else CONCEPTS[hits[0]].one if len(hits) == 1 else None
    return answer


def colour_word(rng):
    return pick(rng, ["color", "color", "colour"])


class Ask:
    """A question about one thing: its words with a noun, with a pronoun, and how a whole answer begins."""

    def __init__(self, answer, words, whole):
        self.answer, self.words, self.whole = answer, words, whole


ASKS = {
    "where": Ask(where, ["where {is} {it}?", "where {is} {it} in the picture?", "where can you see {it}?",
                         "where do you see {it}?"], "{the} {is} {}"),
    "behind": Ask(behind, ["what {color} is behind {it}?", "what is the {color} behind {it}?", "what is behind {it}?",
                           "which {color} is behind {it}?"], "behind {the} is {}"),
    "size": Ask(size, ["how big {is} {it}?", "what size {is} {it}?", "how large {is} {it}?"], "{the} {is} {}"),
    "beside": Ask(beside, ["what is next to {it}?", "what is beside {it}?", "what's next to {it}?"],
                  "next to {the} is {}"),
    "left": Ask(towards("left"), ["what is left of {it}?", "what is to the left of {it}?"], "left of {the} is {}"),
    "right": Ask(towards("right"), ["what is right of {it}?", "what is to the right of {it}?"],
                 "right of {the} is {}"),
    "above": Ask(towards("above"), ["what is above {it}?", "what is over {it}?"], "above {the} is {}"),
    "below": Ask(towards("below"), ["what is below {it}?", "what is under {it}?"], "below {the} is {}"),
}
ASK_ODDS = {"where": 0.34, "behind": 0.26, "size": 0.12, "beside": 0.1, "left": 0.05, "right": 0.05, "above": 0.04,
            "below": 0.04}
YES_NO = ["is there {a}?", "is there {a} in the picture?", "do you see {a}?", "is there {a} in this image?",
          "can you see {a}?", "are there any {s}?", "do you see any {s}?"]
COUNT = ["how many {s} are there?", "how many {s} are in the picture?", "how many {s} do you see?",
         "how many {s} can you see?"]
WHAT = ["what is this?", "what is in the picture?", "what do you see?", "what is in this picture?",
        "what is in the image?", "what can you see?", "what objects are in the picture?", "what's this?",
        "what's in the picture?", "what is that?", "what is on this picture?", "describe the picture."]
HOW_MANY = ["how many are there?", "how many of them are there?", "how many do you see?", "how many?"]
ALL = ["how many objects are there?", "how many things are in the picture?", "how many objects are in the picture?",
       "how many things do you see?", "how many things are there?"]
BACKGROUND = ["what {color} is the background?", "what is the background {color}?",
              "what is the {color} of the background?", "which {color} is the background?",
              "what {color} does the background have?"]
PLACES = {
    "in the top left": (0, 0), "in the top right": (2, 0), "in the bottom left": (0, 2), "in the bottom right": (2, 2),
    "in the center": (1, 1), "in the middle": (1, 1), "on the left": (0, None), "on the right": (2, None),
    "at the top": (None, 0), "at the bottom": (None, 2),
}


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

    def any_concept(self, present=0.75):
        """One that is there, or one that isn't, often of a kind that is."""
        rng = self.rng
        if rng.random() < present:
            return pick(rng, list(self.counts))
        if rng.random() < 0.4:
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
                 f"what kind of {k} is this?", f"what {k} do you see?", f"what {k} is there?"]
        concept = kinds[k][0]
        return self.say("category", pick(self.rng, words), phrase(concept, self.counts[concept]), topic=concept)

    def yes_no(self):
        concept = self.any_concept(0.5)
        return self.say("yes_no", noun(self.rng, YES_NO, concept), yes(self.counts, concept), concept, "yes_no")

    def count(self):
        many = [c for c, n in self.counts.items() if n > 1]
        concept = pick(self.rng, many) if many and self.rng.random() < 0.5 else self.any_concept(0.85)
        return self.say("count", noun(self.rng, COUNT, concept), self.number(concept), concept, "count")

    def number(self, concept):
        return NUMBERS[self.counts.get(concept, 0)]

    def count_all(self):
        return self.say("count_all", pick(self.rng, ALL), NUMBERS[len(self.scene.things)])

    def background(self):
        words = pick(self.rng, BACKGROUND).format(color=colour_word(self.rng))
        return self.say("background", words, " and ".join(self.scene.backgrounds))

    def ask(self):
        """About a named thing: the answer is short."""
        kind, concept = pick_ask(self.rng), self.any_concept(0.93)
        answer = self.tell(kind, concept)
        if answer is None:
            return False
        topic = concept if kind in ("where", "behind", "size") else None
        return self.say(kind, self.word(kind, the(concept, self.counts)), answer, topic, kind)

    def tell(self, kind, concept, whole=False):
        if concept not in self.counts:
            return f"there is no {CONCEPTS[concept].name}"
        answer = ASKS[kind].answer(self.scene, concept)
        if answer is None or not whole:
            return answer
        return ASKS[kind].whole.format(answer, the=the(concept, self.counts), **{"is": verb(concept, self.counts)})

    def word(self, kind, it):
        plural = it == "they" or it.startswith("the ") and any(it == "the " + CONCEPTS[c].plural and n > 1 for c, n in self.counts.items())
        words = pick(self.rng, ASKS[kind].words)
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
        return self.say("it_" + kind, lead + self.word(kind, it), answer, topic, kind)

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
            words = ["and {a}?", "what about {a}?", "{a}?"] if kind == "yes_no" else ["and {s}?", "what about {s}?"]
            answer = yes(self.counts, concept) if kind == "yes_no" else self.number(concept)
            return self.say("and_" + kind, noun(rng, words, concept), answer, concept, kind)
        answer = self.tell(kind, concept, whole=True)
        if answer is None:
            return False
        words = pick(rng, ["and {}?", "what about {}?", "how about {}?"]).format(the(concept, self.counts))
        return self.say("and_" + kind, words, answer, concept if kind in ("where", "behind", "size") else None, kind)

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
        words = pick(self.rng, ["what is {}?", "what do you see {}?", "what's {}?", "what is {} of the picture?"])
        topic = next(iter(inside)) if len(inside) == 1 and self.counts[next(iter(inside))] == 1 else None
        return self.say("place", words.format(name), list_things(inside) if inside else "nothing", topic)

    def colour(self):
        fit = [c for c in self.counts if CONCEPTS[c].colour]
        if not fit:
            return False
        concept = pick(self.rng, fit)
        it = the(concept, self.counts)
        verb_ = verb(concept, self.counts)
        words = pick(self.rng, ["what {color} {is} {it}?", "which {color} {is} {it}?", "what is the {color} of {it}?"])
        words = words.format(it=it, color=colour_word(self.rng), **{"is": verb_})
        return self.say("colour", words, CONCEPTS[concept].colour, concept)

    def what_else(self):
        named = self.topic is None or self.rng.random() < 0.5
        concept = pick(self.rng, list(self.counts)) if named else self.topic
        rest = {c: n for c, n in self.counts.items() if c != concept}
        words = ["what else is there?", "what else do you see?", "what else is in the picture?", "anything else?"]
        question = f"what is there besides {the(concept, self.counts)}?" if named else pick(self.rng, words)
        if not named and concept not in self.counts:
            return False
        return self.say("else", question, list_things(rest) if rest else "nothing else")

    def unknown(self):
        words = pick(self.rng, UNKNOWN)
        concept = CONCEPTS[self.any_concept()]
        return self.say("unknown", words.format(n=concept.name, s=concept.plural, a=concept.one), DONT_KNOW)

    def small_talk(self):
        return self.say("small_talk", *pick(self.rng, SMALL_TALK))


def noun(rng, words, concept):
    return pick(rng, words).format(a=CONCEPTS[concept].one, s=CONCEPTS[concept].plural)


def the(concept, counts):
    return "the " + (CONCEPTS[concept].plural if counts.get(concept, 0) > 1 else CONCEPTS[concept].name)


def verb(concept, counts):
    return "are" if counts.get(concept, 0) > 1 or CONCEPTS[concept].name == "scissors" else "is"


def yes(counts, concept):
    return "yes" if concept in counts else "no"


def draw(rng, odds):
    at = rng.random() * sum(odds.values())
    for name, share in odds.items():
        at -= share
        if at < 0:
            return name
    return name


def pick_ask(rng):
    return draw(rng, ASK_ODDS)


def style(rng, question):
    """As people type: mostly a capital first, sometimes no question mark."""
    if rng.random() < 0.65:
        question = question[0].upper() + question[1:]
    if rng.random() < 0.1 and question.endswith("?"):
        question = question[:-1]
    return question


ODDS = {"what": 0.07, "category": 0.05, "yes_no": 0.12, "count": 0.1, "count_all": 0.02, "background": 0.04,
        "ask": 0.3, "pronoun": 0.2, "how_many": 0.07, "ellipsis": 0.3, "place": 0.05, "colour": 0.02,
        "what_else": 0.03, "unknown": 0.03, "small_talk": 0.01}


def dialogue(rng, scene, turns):
    if scene.photo:
        return photo_dialogue(rng, turns)
    talk = Talk(rng, scene)
    while len(talk.turns) < turns:
        getattr(talk, draw(rng, ODDS))()
    return talk.turns


def photo_dialogue(rng, turns):
    """Of a picture that is no scene, little can be said."""
    out = []
    for _ in range(turns):
        concept = CONCEPTS[int(rng.integers(len(CONCEPTS)))]
        words = pick(rng, [WHAT, WHAT, YES_NO, COUNT, ALL, BACKGROUND, ASKS["where"].words])
        question = pick(rng, words).format(a=concept.one, s=concept.plural, it="the " + concept.name,
                                           color=colour_word(rng), **{"is": "is"})
        out.append(("photo", style(rng, question), UNCLEAR if words is WHAT else UNTOLD))
    return out
