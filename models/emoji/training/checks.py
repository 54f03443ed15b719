"""Questions that put something to the test, most of them for yes or no. Each function takes a talk and gives (question,
answer, what `it` is then), or None where the scene doesn't suit it or the answer would be unclear."""

from answers import NUMBERS, list_things, the, verb
from concepts import COLOURS, CONCEPTS, with_article
from phrases import GROUPS, PLACES, colour_word, pick
from scenes import third
from shades import SIDE

SIZES = {"big": 2, "large": 2, "small": 0, "tiny": 0}
SIDES = {"left": ["left of", "to the left of"], "right": ["right of", "to the right of"], "above": ["above", "over"],
         "below": ["below", "under"]}


def is_there(truth):
    return "yes" if truth else "no"


def group(talk):
    """Of a kind: which there are, how many, whether any."""
    rng, kind = talk.rng, pick(talk.rng, list(GROUPS))
    if talk.counts and rng.random() < 0.6:
        kind = CONCEPTS[pick(rng, list(talk.counts))].kind
        if kind not in GROUPS:
            return None
    one, several = GROUPS[kind]
    inside = {c: n for c, n in talk.counts.items() if CONCEPTS[c].kind == kind}
    topic = next(iter(inside)) if len(inside) == 1 else None
    how = rng.random()
    if how < 0.35:
        words = ["what {} are there?", "which {} are there?", "what {} do you see?", "which {} can you see?",
                 "list the {}.", "name the {}.", "what {} are in the picture?"]
        return pick(rng, words).format(several), list_things(inside), topic
    if how < 0.65:
        words = ["how many {} are there?", "how many {} do you see?", "how many {}?", "how many {} are in the picture?"]
        return pick(rng, words).format(several), NUMBERS[sum(inside.values())], topic
    if how < 0.8:
        words = ["are there any {}?", "any {}?", "any {} here?", "do you see any {}?", "are there {} in the picture?"]
        return pick(rng, words).format(several), is_there(inside), topic
    words = ["is there {}?", "is there {} here?", "do you see {}?", "is there {} in the picture?", "is this {}?",
             "is it {}?"]
    any_one = one if rng.random() < 0.7 else "any " + kind
    return pick(rng, words).format(any_one), is_there(inside), topic


def either(talk):
    """A cat or a dog?"""
    if not talk.counts:
        return None
    rng, there, other = talk.rng, pick(talk.rng, list(talk.counts)), talk.any_concept(0)
    if other in talk.counts or talk.counts[there] > 1:
        return None
    two = [CONCEPTS[there].one, CONCEPTS[other].one]
    rng.shuffle(two)
    words = ["is it {} or {}?", "is this {} or {}?", "is that {} or {}?", "{} or {}?", "is there {} or {}?"]
    return pick(rng, words).format(*two), CONCEPTS[there].one, there


def both(talk):
    rng, one, other = talk.rng, talk.any_concept(0.8), talk.any_concept(0.8)
    if one == other:
        return None
    words = ["is there {} and {}?", "do you see {} and {}?", "are there {} and {}?", "can you see {} and {}?"]
    question = pick(rng, words).format(CONCEPTS[one].one, CONCEPTS[other].one)
    return question, is_there(one in talk.counts and other in talk.counts), None


def exactly(talk):
    """Are there two?"""
    concept = talk.any_concept(0.9)
    count = talk.counts.get(concept, 0)
    told = count + int(talk.rng.choice([0, 0, 0, -1, 1, 2]))
    if not 2 <= told <= 5:
        return None
    words = ["are there {} {}?", "do you see {} {}?", "are these {} {}?", "are there {} {} in the picture?"]
    question = pick(talk.rng, words).format(NUMBERS[told], CONCEPTS[concept].plural)
    return question, is_there(told == count), concept


def is_background(talk):
    if len(talk.scene.backgrounds) != 1:
        return None
    colour = talk.scene.backgrounds[0] if talk.rng.random() < 0.5 else pick(talk.rng, COLOURS)
    words = ["is the background {}?", "is the {color} of the background {}?", "does it have {a} background?"]
    question = pick(talk.rng, words).format(colour, a=with_article(colour), color=colour_word(talk.rng))
    return question, is_there(colour == talk.scene.backgrounds[0]), talk.topic


def relation(talk):
    """Is the cat left of the dog?"""
    single = [thing.concept for thing in talk.scene.single()]
    if len(single) < 2:
        return None
    one, other = talk.rng.choice(single, 2, replace=False).tolist()
    a, b = [next(t for t in talk.scene.things if t.concept == c) for c in (one, other)]
    dx, dy = a.x - b.x, a.y - b.y
    side = pick(talk.rng, list(SIDES))
    along, across = (dx, dy) if side in ("left", "right") else (dy, dx)
    if abs(along) < max(16, abs(across) / 2):
        return None
    truth = (along < 0) == (side in ("left", "above"))
    be, (this, that) = verb(one, talk.counts), [the(c, talk.counts) for c in (one, other)]
    return f"{be} {this} {pick(talk.rng, SIDES[side])} {that}?", is_there(truth), one


def largest(talk):
    """Which is the biggest?"""
    single = talk.scene.single()
    if len(single) < 2 or len(single) < len(talk.scene.things):
        return None
    word = pick(talk.rng, ["biggest", "largest", "smallest"])
    best, next_best, *_ = sorted(single, key=lambda t: t.size if word == "smallest" else -t.size)
    if not clearly_differ(best, next_best):
        return None
    words = ["what is the {} thing?", "which thing is the {}?", "what is the {} object?", "what is the {}?",
             "which one is the {}?", "which is the {}?"]
    return pick(talk.rng, words).format(word), CONCEPTS[best.concept].one, best.concept


def larger(talk):
    """Is one bigger than the other, and which of the two?"""
    rng, single = talk.rng, talk.scene.single()
    pairs = [(a, b) for a in single for b in single if clearly_differ(a, b)]
    if not pairs:
        return None
    a, b = pick(rng, pairs)
    word = pick(rng, ["bigger", "larger", "smaller"])
    be, (one, other) = verb(a.concept, talk.counts), [the(t.concept, talk.counts) for t in (a, b)]
    is_one = (a.size > b.size) != (word == "smaller")
    if rng.random() < 0.55:
        it = "it" if talk.topic == a.concept and rng.random() < 0.5 else one
        return f"{be if it == one else 'is'} {it} {word} than {other}?", is_there(is_one), a.concept
    words = ["which is {}, {} or {}?", "what is {}, {} or {}?", "which one is {}, {} or {}?", "who is {}, {} or {}?"]
    return pick(rng, words).format(word, one, other), one if is_one else other, (a if is_one else b).concept


def clearly_differ(a, b):
    return max(a.size, b.size) >= 1.5 * min(a.size, b.size)


def is_size(talk):
    rng, topic = talk.rng, talk.topic
    if topic is None or rng.random() < 0.5:
        if not talk.counts:
            return None
        topic = pick(rng, list(talk.counts))
        it = the(topic, talk.counts)
    else:
        it = "it"
    things = [t for t in talk.scene.things if t.concept == topic]
    if len(things) != 1 or things[0].clear_size is None:
        return None
    word = pick(rng, list(SIZES))
    be = "is" if it == "it" else verb(topic, talk.counts)
    return f"{be} {it} {word}?", is_there(things[0].clear_size == SIZES[word]), topic


def is_where(talk):
    """Is the cat on the left?"""
    rng, single = talk.rng, talk.scene.single()
    if not single:
        return None
    about_it = [thing for thing in single if thing.concept == talk.topic]
    it, thing = ("it", about_it[0]) if about_it and rng.random() < 0.5 else (None, pick(rng, single))
    at = third(thing.x / SIDE), third(thing.y / SIDE)
    if None in at:
        return None
    names = {True: [], False: []}
    for name, place in PLACES.items():
        names[all(wanted in (None, is_) for wanted, is_ in zip(place, at))].append(name)
    truth = rng.random() < 0.5
    if not names[truth]:
        return None
    be = "is" if it else verb(thing.concept, talk.counts)
    return f"{be} {it or the(thing.concept, talk.counts)} {pick(rng, names[truth])}?", is_there(truth), thing.concept


CHECKS = {group: 0.3, either: 0.1, both: 0.07, exactly: 0.1, is_background: 0.09, relation: 0.14, largest: 0.12,
          larger: 0.4, is_size: 0.14, is_where: 0.16}
