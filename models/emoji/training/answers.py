"""What is true of a scene, in words. An answer is None where it would be unclear."""

from concepts import CONCEPTS, with_article
from scenes import SIZE_NAMES

NUMBERS = ["zero", "one", "two", "three", "four", "five"]
UNCLEAR, UNTOLD, DONT_KNOW = "a picture I can't make out", "I can't tell", "I don't know"
NOTHING = "nothing"
DIRECTIONS = {"left": (-1, 0), "right": (1, 0), "above": (0, -1), "below": (0, 1)}


def join(parts):
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def phrase(concept, count):
    thing = CONCEPTS[concept]
    return thing.one if count == 1 else f"{NUMBERS[count]} {thing.plural}"


def list_things(counts):
    return join([phrase(c, n) for c, n in counts.items()]) if counts else NOTHING


def caption(scene):
    if scene.photo:
        return UNCLEAR
    return f"{list_things(scene.counts())} on {with_article(' and '.join(scene.backgrounds))} background"


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
        return NOTHING
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
        return NOTHING if not hits else CONCEPTS[hits[0]].one if len(hits) == 1 else None
    return answer


def the(concept, counts):
    return "the " + (CONCEPTS[concept].plural if counts.get(concept, 0) > 1 else CONCEPTS[concept].name)


def verb(concept, counts):
    return "are" if counts.get(concept, 0) > 1 or CONCEPTS[concept].name == "scissors" else "is"


def yes(counts, concept):
    return "yes" if concept in counts else "no"
