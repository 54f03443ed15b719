"""How people ask."""

from answers import behind, beside, size, towards, where
from concepts import CONCEPTS

GREETINGS = ["hey, ", "hi, ", "hello, ", "ok, ", "hm, ", "please, ", "so, ", "now, ", "quick question: ", "sorry, ",
             "can you tell me: ", "tell me, ", "i want to know: ", "do you know, ", "could you say, ", "guess: ",
             "wait, "]
FAREWELLS = [", please", " please", ", thanks", " exactly", ", do you know", " for me", " now", ", can you say",
             " then"]
PICTURES = ["image", "pic", "photo", "drawing", "illustration", "post", "scene", "screenshot", "emoji picture"]
KINDS = ("animal", "fruit", "food", "vehicle", "flower", "drink", "ball", "face", "plant")
GROUPS = {"animal": ("an animal", "animals"), "fruit": ("a fruit", "fruits"), "vehicle": ("a vehicle", "vehicles"),
          "flower": ("a flower", "flowers"), "drink": ("a drink", "drinks"), "ball": ("a ball", "balls")}
LEADS = ["this is a picture of", "a picture of", "this is", "a photo of", "an image of", "there is", "i see",
         "this is a photo of"]


class Ask:
    """A question about one thing: its words with a noun, with a pronoun, and how a whole answer begins."""

    def __init__(self, answer, words, whole):
        self.answer, self.words, self.whole = answer, words, whole


WHERE = ["where {is} {it}?", "where {is} {it} in the picture?", "where can you see {it}?", "where do you see {it}?",
         "where exactly {is} {it}?", "in which corner {is} {it}?", "on which side {is} {it}?",
         "what is the position of {it}?", "find {it}.", "show me where {it} {is}.", "where did {it} go?",
         "where has {it} been put?", "spot {it}.", "which side {is} {it} on?",
         "in what part of the picture {is} {it}?", "{it}: where?", "i am looking for {it}, where {is} {it}?",
         "what place {is} {it} in?", "point at {it}.", "what is the location of {it}?", "tell me where {it} {is}.",
         "where in here {is} {it}?", "where would i find {it}?", "where should i look to see {it}?",
         "where {is} {it} drawn?", "{is} {it} in a corner or in the center?", "which area {is} {it} in?",
         "where's {it}?"]
ASKS = {
    "where": Ask(where, WHERE, "{the} {is} {}"),
    "behind": Ask(behind, ["what {color} is behind {it}?", "what is the {color} behind {it}?", "what is behind {it}?",
                           "which {color} is behind {it}?"], "behind {the} is {}"),
    "size": Ask(size, ["how big {is} {it}?", "what size {is} {it}?", "how large {is} {it}?"], "{the} {is} {}"),
    "beside": Ask(beside, ["what is next to {it}?", "what is beside {it}?", "what's next to {it}?",
                           "what is closest to {it}?", "what is near {it}?"],
                  "next to {the} is {}"),
    "left": Ask(towards("left"), ["what is left of {it}?", "what is to the left of {it}?"], "left of {the} is {}"),
    "right": Ask(towards("right"), ["what is right of {it}?", "what is to the right of {it}?"],
                 "right of {the} is {}"),
    "above": Ask(towards("above"), ["what is above {it}?", "what is over {it}?"], "above {the} is {}"),
    "below": Ask(towards("below"), ["what is below {it}?", "what is under {it}?"], "below {the} is {}"),
}
ASK_ODDS = {"where": 0.26, "behind": 0.16, "size": 0.13, "beside": 0.17, "left": 0.07, "right": 0.07, "above": 0.07,
            "below": 0.07}
YES_NO = ["is there {a}?", "is there {a} in the picture?", "do you see {a}?", "is there {a} in this image?",
          "can you see {a}?", "are there any {s}?", "do you see any {s}?", "is there {a} here?", "is this {a}?",
          "is that {a}?", "is there {a} in picture 2?", "is there {a} in the second picture?", "is it {a}?",
          "any {s}?", "any {s} here?", "does the picture show {a}?", "does it show {a}?", "is {a} there?",
          "could it be {a}?", "is it {a} again?", "can you spot {a}?", "do you notice {a}?", "is {a} visible?",
          "is {a} in it?", "is {a} in the picture?", "do {s} appear?", "does {a} appear?", "did you see {a}?",
          "have you found {a}?", "did anyone draw {a}?", "was {a} drawn?", "find any {s}?", "look for {s}: any?",
          "do you recognize {a}?", "is one of them {a}?", "are {s} in it?", "tell me whether there is {a}.",
          "check for {s}.", "is there perhaps {a}?", "there is {a}, right?", "i think i see {a}, do you?",
          "i see {a}, am i right?", "does it contain {a}?", "does the picture include {a}?",
          "is {a} part of the picture?", "say yes if there is {a}.", "true or false: there is {a}.",
          "has it got {a}?", "are any {s} visible?", "do we have {a}?", "would you call this {a}?",
          "any sign of {a}?"]
COUNT = ["how many {s} are there?", "how many {s} are in the picture?", "how many {s} do you see?",
         "how many {s} can you see?", "how many {s}?", "how many {s} are here?", "count the {s}.",
         "what is the number of {s}?", "can you count the {s}?", "what number of {s} do you see?", "{s}?: how many?",
         "how many {s} can you find?", "how many {s} did you spot?", "number of {s}.", "total number of {s}?",
         "tell me the number of {s}.", "how many {s} were drawn?", "how many {s} does it show?", "count up the {s}.",
         "how many {s} does the picture have?", "give me the count of {s}.", "give me the number of {s}.",
         "i need the amount of {s}.", "what is the amount of {s}?", "how many of them are {s}?", "add up the {s}.",
         "in total, how many {s} are there?", "exactly how many {s} are there?", "how many {s} are visible?",
         "i forgot how many {s} there were.", "please find out how many {s} there are."]
WHAT = ["what is this?", "what is in the picture?", "what do you see?", "what is in this picture?",
        "what is in the image?", "what can you see?", "what objects are in the picture?", "what's this?",
        "what's in the picture?", "what is that?", "what is on this picture?", "describe the picture.",
        "what do you see here?", "what am i looking at?", "what does this show?", "what does the picture show?",
        "what is here?", "describe this.", "what is in picture 1?", "what is in picture 2?", "what is in picture 3?",
        "what is in the first picture?", "what is in the second picture?", "what is in the last picture?",
        "what is in number 2?", "what is it?", "what's it?", "what are these?", "what is that thing?",
        "tell me what you see.", "tell me what is in the picture.", "list everything.", "list everything you see.",
        "name everything.", "name all objects.", "what things are there?", "what things do you see?",
        "what objects are there?", "what objects do you see?", "describe it.", "describe this image.",
        "can you describe the picture?", "please describe what you see.", "what is shown here?", "whats this",
        "whats in the picture", "what is this a picture of?", "what is in this pic?", "what is on the picture?",
        "caption this.", "identify this.", "what is this thing?", "what is this object?", "what all is there?",
        "what have we here?", "what do i see?", "say what this is.", "tell me what this is.",
        "can you tell what this is?", "guess what it is.", "what could this be?", "what is this supposed to be?",
        "what did they draw?", "what has been drawn here?", "what was drawn?", "what is drawn here?",
        "what did i send?", "what did i post here?", "what is visible?", "which object is shown?",
        "which thing is this?", "what item is this?", "what would you call it?", "do you recognize this?",
        "can you recognize it?", "can you name it?", "name this.", "name it.", "name the thing.",
        "give me a caption.", "give me a description.", "write a caption.", "a short description, please.",
        "sum it up.", "summarize the picture.", "explain the picture.", "explain what you see.",
        "content of the picture?", "what icon is this?", "what emoji is this?", "which emoji do you see?",
        "what kind of object is it?", "any idea what it is?", "i don't recognize this, what is it?",
        "help me, what is this?", "what's shown?", "say in a few words what you see.", "in one word, what is it?",
        "what can be seen?", "look at this: what is it?", "what do you think this is?", "what does it show?",
        "what does it look like?", "what am i seeing?"]
HOW_MANY = ["how many are there?", "how many of them are there?", "how many do you see?", "how many?"]
ALL = ["how many objects are there?", "how many things are in the picture?", "how many objects are in the picture?",
       "how many things do you see?", "how many things are there?", "how many things?", "how many objects?",
       "how many things are here?", "count everything.", "count the objects."]
ELSE = ["what else is there?", "what else do you see?", "what else is in the picture?", "anything else?", "what else?",
        "is there anything else?", "what else can you see?", "what more is there?", "anything more?", "and what else?",
        "what other things are there?", "do you see anything else?", "and the rest?"]
BACKGROUND = ["what {color} is the background?", "what is the background {color}?",
              "what is the {color} of the background?", "which {color} is the background?",
              "what {color} does the background have?", "background {color}?", "what's the background?",
              "what is the background?", "tell me the {color} of the background.",
              "what's the {color} behind everything?", "what {color} is behind the things?", "which backdrop is it?",
              "what {color} is the backdrop?", "what {color} is at the back?", "what is the backdrop like?",
              "what {color} fills the picture?", "the background is which {color}?", "{color} of the backdrop?",
              "what shade is the background?", "what hue does the background have?", "what tone is the background?",
              "name the {color} of the background.", "name the background {color}.", "say the background's {color}.",
              "which {color} was used for the background?", "what {color} did they choose for the background?",
              "what {color} is everything on?", "what {color} do the things lie on?", "on what {color} is this?",
              "what {color} is the canvas?", "what {color} is the wall behind?", "what is the main {color}?",
              "is the background red or green?", "is the background blue, white or black?", "bg {color}?",
              "what {color}ed background is it?", "which {color} surrounds the things?",
              "can you see the background {color}?"]
PLACES = {
    "in the top left": (0, 0), "in the top right": (2, 0), "in the bottom left": (0, 2), "in the bottom right": (2, 2),
    "in the center": (1, 1), "in the middle": (1, 1), "on the left": (0, None), "on the right": (2, None),
    "at the top": (None, 0), "at the bottom": (None, 2), "in the top left corner": (0, 0),
    "in the top right corner": (2, 0), "in the bottom left corner": (0, 2), "in the bottom right corner": (2, 2),
    "in the upper left": (0, 0), "in the upper right": (2, 0), "in the lower left": (0, 2),
    "in the lower right": (2, 2), "on the left side": (0, None), "on the right side": (2, None), "on top": (None, 0),
}


def pick(rng, options):
    return options[int(rng.integers(len(options)))]


def noun(rng, words, concept):
    thing = CONCEPTS[concept]
    return pick(rng, words).format(a=thing.one, s=thing.plural, n=thing.name)


def draw(rng, odds):
    at = rng.random() * sum(odds.values())
    for name, share in odds.items():
        at -= share
        if at < 0:
            return name
    return name


def pick_ask(rng):
    return draw(rng, ASK_ODDS)


def colour_word(rng):
    return pick(rng, ["color", "color", "colour"])


def style(rng, question):
    """As people type: sometimes a word before or after, mostly a capital first, sometimes no question mark."""
    if "picture" in question and rng.random() < 0.3:
        question = question.replace("picture", pick(rng, PICTURES))
    if rng.random() < 0.1:
        question = pick(rng, GREETINGS) + question
    if rng.random() < 0.08:
        question = question.rstrip("?.") + pick(rng, FAREWELLS) + question[-1:]
    if rng.random() < 0.6:
        question = question[0].upper() + question[1:]
    if rng.random() < 0.2 and question[-1] in "?.":
        question = question[:-1]
    return question
