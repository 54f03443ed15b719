"""Goldens of the scores of `blipcord eval`, by the code that published them.

    pip install pycocoevalcap numpy          # needs Java for its tokenizer
    git clone https://github.com/GT-Vision-Lab/VQA ../VQA
    python test/oracle/make_eval_goldens.py ../VQA

Neither is part of this repository. The scoring of VQA is written in Python 2; its prints are dropped before it runs.
"""

import json
import re
import sys
from pathlib import Path

from pycocoevalcap.bleu.bleu import Bleu
from pycocoevalcap.cider.cider import Cider
from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer

GOLDENS = Path(__file__).parent.parent / "goldens" / "eval"

ANSWERS = """
yes|Yes.|NO!|a cat|An Orange|the The tree|two dogs|None|ten|eleven|zero or one|on the left|
black & white|black and white|black/white|red / blue|t-shirt|t - shirt|x-ray machine|well-done, thanks|
1,000|1,000 people|1, 000|3,4,5|cats,dogs|cats, dogs|cats ,dogs|$5.00|5.|5.5|.5|p.m.|2 p.m|10:30|10:30 a.m.|St. Mary's|
U.S.A.|mr. smith|wait...|...|3...4|"stop"|'stop'|(stop)|[stop] {go}|what?|what ?|what?!|a+b=c|a + b|1+1=2|#1|@home|@ home|
under_score|back`tick|less<more>|back\\slash|semi;colon|semi; colon|50%|half-eaten sandwich|ice cream|
it's|its|dont know|don't know|can't|couldnt've|couldn'tve|couldntve|Im here|I'm here|Id've|let's go|lets go|shes tall|he s tall|
somebody'd|ow's'at|o clock|oclock|2 oclock|yall|THE|a|an the|  spaces   inside  |tab	inside|new
line|café|Ünïted|ЖЁЛТЫЙ|日本|x 'twas|twas|No. 5|a. b. c.|a.b.c|1.a|a.1|1 .|. 1|, 1|1 ,|one,two|one , two|1,a,2,3|-5|- 5|5-6|
to the left, of the car|none of them|a one|none.|none!|"none"|i.e. this|hawai'i|rock 'n' roll|90's|90s|
""".strip("\n").split("|")


def published_vqa(folder):
    text = (Path(folder) / "PythonEvaluationTools" / "vqaEvaluation" / "vqaEval.py").read_text()
    text = re.sub(r'^(\s*)print ".*$', r"\1pass", text, flags=re.M)
    scope = {}
    exec(compile(text, "vqaEval.py", "exec"), scope)
    return scope["VQAEval"]


class Answers:
    """As much of its class VQA as the scoring looks at."""

    def __init__(self, qa):
        self.qa = qa

    def getQuesIds(self):
        return list(self.qa)


# What ten people said, and what a model answered.
PEOPLE = [
    (["yes"] * 10, ["yes", "Yes", "yes.", "no", " yes\n"]),
    (["yes"] * 9 + ["no"], ["yes", "Yes.", "no", "maybe"]),
    (["two"] * 3 + ["2"] * 3 + ["three"] * 2 + ["some", "a few"], ["2", "two", "three", "3", "few", "The 2"]),
    (["a cat"] * 2 + ["cat"] + ["dog"] * 7, ["cat", "the cat", "a dog.", "kitten"]),
    (["Red"] * 4 + ["red "] * 3 + ["dark red", "maroon", "red."], ["red", "Red!", "dark  red"]),
    (["t-shirt"] * 5 + ["t shirt"] * 3 + ["tshirt"] * 2, ["t-shirt", "t shirt", "tshirt", "T - shirt"]),
    (["1,000"] * 2 + ["1000"] * 2 + ["thousand"] * 6, ["1,000", "1000", "thousand"]),
    (["dont know"] * 3 + ["don't know"] * 3 + ["not sure"] * 4, ["don't know", "dont know", "unsure", "not sure"]),
    (["none"] * 4 + ["0"] * 4 + ["zero", "nothing"], ["0", "none", "zero", "nothing", "no"]),
    (["blue and white", "white and blue", "blue, white", "blue/white", "blue & white"] * 2,
     ["blue and white", "blue white", "blue, white", "white and blue"]),
    ([f"answer {n}" for n in range(10)], ["answer 3", "answer"]),
    (["left\tside"] * 10, ["left side", "left\tside"]),
]

# A model's caption and the references, as a person writes them.
CAPTIONS = [
    ("a man riding a wave on top of a surfboard", [
        "A man riding a wave on top of a surfboard.", "A surfer rides a big wave.",
        "The man's wave is taller than he is!", "Someone in a wetsuit surfs, alone, in the ocean.",
        "man surfing on a wave"]),
    ("two dogs playing with a red ball in the grass", [
        "Two dogs play with a ball on the lawn.", "A pair of brown-and-white dogs chase a red ball in the grass.",
        "Dogs playing in grass", "two dogs, one of them small, are playing with a red ball",
        "There are two dogs and they're having fun."]),
    ("a plate of food", [
        "A white plate topped with half-eaten food and a glass of water.", "Someone's dinner (fish & chips) on a table.",
        "A plate of food that isn't finished.", "A dinner plate with fish, fries, peas -- and a lemon.",
        "The meal cost $5.00 at 7:30 p.m."]),
    ("a black and white photo of a black and white cat and a black and white dog", [
        "A black-and-white photo of a cat.", "A cat and a dog sit next to each other.",
        'A photo with the words "best friends" on it.', "Cat & dog; both are black and white...",
        "Black and white photograph of two pets"]),
    ("a street sign", [
        "A street sign at the corner of Main St. and 5th Ave.", "The sign says 'STOP' in big letters.",
        "A stop-sign in front of O'Brien's pub", "You can't park here, says Mr. Policeman.",
        "A sign, a pole, and a cloudy sky"]),
    ("a group of people standing around a table with a cake on it and some candles and balloons", [
        "People stand around a birthday cake.", "A 10-year-old's birthday party",
        "Friends gonna eat cake at 5 o'clock.", "Kids and 3 adults around a table with cake, candles, balloons",
        "There's a cake with 10 candles."]),
    ("zebra", ["A zebra.", "Zebra", "One zebra stands in tall grass.", "A zebra eats grass", "a lone zebra"]),
    ("a man in a hat", ["A woman wearing a scarf on a beach."]),
    # Two references are equally close in length, and the later is the shorter.
    ("two red birds fly", ["Two red birds fly home.", "Two red birds."]),
]

WORDS = """
A dog's ball isn't theirs; it's the kids' ball.
We've seen they'll go, I'm sure he'd say you're right.
They can't, cannot, won't and shouldn't go.
A man, a plan -- a canal... Panama?
He said "hello there" and 'bye'.
A half-eaten sandwich, a t-shirt and a five-year-old's toy.
Main St. is near St. Mary's, says Dr. Jones vs. Mrs. Smith.
It costs $5.00, or 50% of 1,000 yen at 10:30 a.m. in the U.S.A.
A cat (or two) on a [red] mat
and/or black/white signs, 1/2 full w/ cheese
#1 fan @ home & away
rock 'n' roll and rock'n'roll in the '80s, 'tis the 1980's
A man.The dog sits. A cat!A bird
Wow!! What is this?? Really?!
café, jalapeño and crème brûlée
it’s a “quoted” sign – with dashes — and so on…
6 ft. tall, 5'10" and 12" wide
gonna wanna gotta lemme gimme c'mon y'all ma'am
O'Brien at 5 o'clock
under_score and a+b, :) 3-D 4x4 7-11
""".strip().split("\n")


def vqa(folder):
    published = published_vqa(folder)
    scorer = published(Answers({}), Answers({}))
    table = list(scorer.contractions)
    texts = ANSWERS + table + [value for value in scorer.contractions.values()]
    # Some of several hundred stops are left over: there a flag is taken for their number.
    texts.append("." * 40)
    normalised = {text: scorer.processDigitArticle(scorer.processPunctuation(text)) for text in texts}
    cases = []
    for people, answers in PEOPLE:
        for answer in answers:
            truth = [{"answer": one, "answer_id": at + 1} for at, one in enumerate(people)]
            question = {"answers": truth, "question_type": "what", "answer_type": "other"}
            scorer = published(Answers({1: question}), Answers({1: {"answer": answer}}), n=8)
            scorer.updateProgress = lambda share: None
            scorer.evaluate()
            cases.append({"answer": answer, "people": people, "accuracy": scorer.accuracy["overall"]})
    return {"normalised": normalised, "accuracies": cases}


def captions():
    tokenizer = PTBTokenizer()
    told = tokenizer.tokenize({at: [{"caption": text}] for at, (text, _) in enumerate(CAPTIONS)})
    references = tokenizer.tokenize({at: [{"caption": one} for one in all] for at, (_, all) in enumerate(CAPTIONS)})
    words = tokenizer.tokenize({at: [{"caption": text}] for at, text in enumerate(WORDS)})
    sets = {"all": range(len(CAPTIONS)), "two": [1, 4], "one": [2], "a tie": [8]}
    scores = {}
    for name, chosen in sets.items():
        truth, answers = {at: references[at] for at in chosen}, {at: told[at] for at in chosen}
        bleu, _ = Bleu(4).compute_score(truth, answers, verbose=0)
        cider, each = Cider().compute_score(truth, answers)
        scores[name] = {"chosen": list(chosen), "bleu": bleu, "cider": float(cider), "each": [float(x) for x in each]}
    cases = [{"caption": text, "references": all, "words": told[at][0], "referenceWords": references[at]}
             for at, (text, all) in enumerate(CAPTIONS)]
    return {"words": {text: words[at][0] for at, text in enumerate(WORDS)}, "cases": cases, "scores": scores}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    GOLDENS.mkdir(parents=True, exist_ok=True)
    for name, golden in (("vqa", vqa(sys.argv[1])), ("captions", captions())):
        text = json.dumps(golden, indent=1, ensure_ascii=False)
        (GOLDENS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(f"test/goldens/eval/{name}.json: {len(text)} characters")
