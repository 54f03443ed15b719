"""Questions that no picture of emoji answers, and a few words of courtesy."""

SMALL_TALK = [
    ("hello", "hello"), ("hi", "hello"), ("hey", "hello"), ("hello!", "hello"), ("hi there", "hello"),
    ("good morning", "hello"), ("thanks", "you're welcome"), ("thank you", "you're welcome"),
    ("thank you!", "you're welcome"), ("thanks!", "you're welcome"), ("bye", "goodbye"), ("goodbye", "goodbye"),
]

UNKNOWN = [
    "who are you?", "what is your name?", "what time is it?", "who made this?", "who drew this?", "who took this photo?",
    "when was this taken?", "where was this taken?", "which country is this?", "what year is it?", "how old are you?",
    "why?", "why is that?", "what does this mean?", "what is the meaning of life?", "tell me a joke.", "can you sing?",
    "who won the game?", "what is the capital of france?", "what is two plus two?", "how much does it cost?",
    "how old is the {n}?", "what does the {n} eat?", "what is the name of the {n}?", "who owns the {n}?",
    "how heavy is the {n}?", "why is there {a}?", "do you like {s}?", "where do {s} come from?", "what is {a} made of?",
    "how do I draw {a}?", "is the {n} happy?", "what is the {n} thinking?", "how fast is the {n}?",
    "what sound does the {n} make?", "how much does {a} cost?", "where can I buy {a}?", "who invented the {n}?",
    "is the {n} dangerous?", "what is the weather like?", "what day is today?", "is it day or night?",
    "what language do you speak?", "what is the mood of the picture?", "is this art?", "is this funny?",
    "what should I eat today?", "will it rain tomorrow?", "what happens next?", "what happened before?",
    "who is the president?", "how tall is the {n}?", "what brand is this?", "who wrote this?", "what does it say?",
    "can you read the text?", "what is written there?", "how many people live in london?", "are you a robot?",
    "are you human?", "do you sleep?", "what is your favorite color?", "what is your favorite animal?",
    "how was your day?", "where are you from?", "can you help me?", "can you draw {a}?", "what is love?",
    "is the {n} real?", "is this a real {n}?", "how long do {s} live?", "are {s} smart?", "can {s} swim?",
    "can {s} fly?", "what is the opposite of {n}?", "how do you spell {n}?", "who is in the picture?",
    "what is he doing?", "what is she doing?", "what are they doing?", "what is the person wearing?", "how do you know?",
    "are you sure?", "really?", "what is the price?", "which song is this?", "what movie is this from?",
    "what is the time in tokyo?", "what is the temperature?", "is the {n} male or female?", "what material is the {n}?",
    "how was this made?", "what camera was used?", "what is the title?", "who is the artist?", "what style is this?",
]
