"""Questions that no picture of emoji answers, and a few words of courtesy."""

SMALL_TALK = [
    ("hello", "hello"), ("hi", "hello"), ("hey", "hello"), ("hello!", "hello"), ("hi there", "hello"),
    ("good morning", "hello"), ("good evening", "hello"), ("hey there!", "hello"), ("thanks", "you're welcome"),
    ("thank you", "you're welcome"), ("thank you!", "you're welcome"), ("thanks!", "you're welcome"),
    ("thanks a lot", "you're welcome"), ("thank you very much", "you're welcome"), ("bye", "goodbye"),
    ("goodbye", "goodbye"), ("see you", "goodbye"), ("good night", "goodbye"),
]
SMALL_TALK += [(words, "you're welcome") for words in (
    "cool, thanks", "nice, thanks", "great, thank you", "ok thanks", "thx", "ty", "perfect, thanks!", "thanks 👍")]
SMALL_TALK += [(words, "glad you like it") for words in (
    "cool", "cool!", "nice", "nice!", "wow", "great", "great!", "awesome", "good", "good job", "well done", "ok",
    "ok, cool", "okay", "lol", "haha", "perfect", "amazing", "sweet", "i see", "got it", "right", "yes", "nice one",
    "👍", "😂", "❤️", "🎉", "😀", "👌", "👏", "🔥")]

# {n} a thing, {s} several, {a} with its article; the rest from WORDS below. What `it` is doesn't matter here.
UNKNOWN = [
    # of facts
    "what is the capital of {country}?", "which city is the capital of {country}?", "where is {country}?",
    "how many people live in {city}?", "how big is {country}?", "what language do they speak in {country}?",
    "who is the president of {country}?", "who rules {country}?", "what is the largest city in {country}?",
    "which river flows through {city}?", "what is the flag of {country}?", "which country is {city} in?",
    "what is {number} {times} {number}?", "what is the square root of {number}?", "what is {number} squared?",
    "how much is {number} {times} {number}?", "is {number} a prime number?", "what comes after {number}?",
    "calculate {number} {times} {number}", "solve this equation", "what is half of {number}?",
    "who wrote {work}?", "who painted {work}?", "who sang {work}?", "who directed {work}?", "when was {work} made?",
    "who was {person}?", "when was {person} born?", "when did {person} die?", "where did {person} live?",
    "what did {person} invent?", "who discovered {science}?", "what is {science}?", "explain {science} to me",
    "how does {science} work?", "which year did {event} begin?", "what year did {event} end?", "when was {event}?",
    "in which year was {event}?", "who won {event}?", "why did {event} happen?", "how long did {event} last?",
    "what is the meaning of life?", "what is the tallest mountain?", "which planet is the biggest?",
    "how far away is the moon?", "how hot is the sun?", "what is the speed of light?", "how deep is the ocean?",
    "what is the longest river in the world?", "which animal is the fastest?", "how many days are in a year?",
    "how many legs does {a} have?", "how many legs do {s} have?", "how many wheels does {a} have?",
    "how many teeth does {a} have?", "how many eyes does it have?", "how many legs does it have?",
    "what do you call a baby {n}?", "what do {s} eat?", "where do {s} live?", "where do {s} come from?",
    "how long do {s} live?", "how much does {a} weigh?", "what is {a} made of?", "what are {s} used for?",
    "what is {a} for?", "how do {s} work?", "can {s} {do}?", "do {s} {do}?", "does {a} {do}?", "why do {s} {do}?",
    "who invented the {n}?", "when was the {n} invented?", "how much does {a} cost?", "where can i buy {a}?",
    "how do you spell {n}?", "what is the opposite of {n}?", "what rhymes with {n}?", "what is the plural of {n}?",
    "how do you say {n} in {language}?", "what is {n} in {language}?", "translate {n} to {language}",
    "what is the scientific name of the {n}?", "are {s} {adj}?", "which is better, {a} or a {other}?",
    # of the thing, beyond what is seen
    "is it {adj}?", "is the {n} {adj}?", "is this {adj}?", "are they {adj}?", "does it {do}?", "can it {do}?",
    "does the {n} {do}?", "can the {n} {do}?", "will it {do}?", "would it {do}?", "should i {do} it?", "can i {do} it?",
    "how {adj} is it?", "how {adj} is the {n}?", "why is it {adj}?", "why is the {n} {adj}?", "is it {adj} or {adj}?",
    "how old is it?", "how old is the {n}?", "how heavy is the {n}?", "how much does it weigh?", "how fast is the {n}?",
    "how fast can it go?", "how tall is the {n}?", "what does it eat?", "what does the {n} eat?", "what does it drink?",
    "what does it taste like?", "what does it smell like?", "what does it feel like?", "what does the {n} taste like?",
    "what sound does it make?", "what sound does the {n} make?", "what is its name?", "what is it called?",
    "what is the name of the {n}?", "who owns it?", "who owns the {n}?", "whose {n} is this?", "whose is it?",
    "who made the {n}?", "who put it there?", "who is it for?", "what is the {n} doing?", "what is it doing?",
    "what is the {n} thinking?", "what is it thinking about?", "what is the {n} made of?", "what is it made of?",
    "what material is the {n}?", "how much does it cost?", "how much is the {n}?", "what does the {n} mean?",
    "what does it want?", "what does it need?", "where does it come from?", "where did you get the {n}?",
    "where does it live?", "where is it going?", "where is it from?", "what breed is it?", "what model is it?",
    "what brand is the {n}?", "what species is it?", "is the {n} male or female?", "is it a boy or a girl?",
    "is it alive?", "is it real?", "is the {n} real?", "is this a real {n}?", "what happens if i {do} it?",
    "why is there {a}?", "why is it here?", "what is inside it?", "what is inside the {n}?", "what is it used for?",
    "how does it work?", "how do i {do} it?", "how do i {do} {a}?", "when was it made?", "what is wrong with the {n}?",
    # of the picture
    "who made this?", "who drew this?", "who drew it?", "who painted this?", "who took this photo?", "who took it?",
    "when was this taken?", "where was this taken?", "where was this photo taken?", "when was the picture made?",
    "which country is this?", "which city is this?", "what country is this?", "what place is this?",
    "where was it taken?", "what year is it?", "what year is this from?", "what season is it?", "what month is it?",
    "what brand is this?", "who wrote this?", "what does it say?", "what does the text say?", "can you read the text?",
    "what is written there?", "what is the title?", "who is the artist?", "what style is this?", "how was this made?",
    "what camera was used?", "which song is this?", "what movie is this from?", "what game is this?",
    "what is the mood of the picture?", "is this art?", "is this funny?", "is this picture old?", "is this a photo?",
    "is this a famous picture?", "is it day or night?", "what is the weather like?", "what is the temperature?",
    "what happens next?", "what happened before?", "what happened here?", "what is going on?",
    "what is the story here?", "what does this mean?", "what does this picture mean?", "what is the joke?",
    "why is this funny?", "what is special about this picture?", "do you like this picture?",
    "what do you think of it?",
    "who is in the picture?", "who is this?", "who is that man?", "who is that woman?", "what is he doing?",
    "what is she doing?", "what are they doing?", "what is the person wearing?", "how old is he?", "how old is she?",
    "is she happy?", "is he tired?", "what is his name?", "what is her name?", "what is she holding?",
    # of the one who answers, and of life
    "who are you?", "what are you?", "what is your name?", "how old are you?", "are you a robot?", "are you human?",
    "do you sleep?", "do you {do}?", "can you {do}?", "can you sing?", "can you help me?", "can you draw {a}?",
    "can you dance?", "are you {adj}?", "do you like {s}?", "do you have {a}?", "have you ever seen {a} in real life?",
    "what is your favorite {favourite}?", "which {n} do you like best?", "where are you from?", "who made you?",
    "how do you know?", "are you sure?", "really?", "why?", "why is that?", "why not?", "how come?", "how?", "when?",
    "who?", "who says so?", "how was your day?", "what language do you speak?", "do you speak {language}?",
    "tell me a joke", "tell me a story", "write a poem", "write a poem about {s}", "sing a song",
    "tell me something about {s}", "give me a recipe", "give me a recipe with {s}", "what should i eat today?",
    "what should i do?", "what should i wear?", "what can i cook with {s}?", "how do i draw {a}?",
    "how do i cook {s}?", "how do i get to {city}?", "what time is it?", "what time is it in {city}?",
    "what day is today?", "what is the date?", "when is my birthday?", "when is christmas?", "will it rain tomorrow?",
    "what will the weather be tomorrow?", "who won the game?", "who won last night?", "what is the news?",
    "what is the score?", "what is love?", "what is the price?", "which {n} should i buy?", "who will win?",
    "what is my name?", "do you know me?", "where am i?", "what am i thinking?", "who is your boss?",
]
WORDS = {
    "country": "france spain italy japan china india brazil canada mexico egypt kenya norway poland greece turkey "
               "russia peru chile cuba england sweden austria ireland portugal australia america".split(),
    "city": "london paris tokyo rome madrid berlin moscow cairo vienna oslo dublin lisbon athens sydney chicago "
            "boston prague delhi".split() + ["new york"],
    "number": "two three four five six seven eight twelve twenty fifty sixteen hundred 2 3 7 12 25 64 144".split(),
    "times": ["times", "plus", "minus", "divided by", "+", "*"],
    "work": ["hamlet", "the bible", "moby dick", "faust", "the odyssey", "star wars", "yesterday", "this song",
             "this book", "the scream", "dracula", "harry potter", "titanic", "macbeth"],
    "person": ["mozart", "newton", "napoleon", "picasso", "shakespeare", "caesar", "darwin", "gandhi", "cleopatra",
               "edison", "plato", "bach", "lincoln"],
    "science": ["gravity", "oxygen", "electricity", "a black hole", "an atom", "dna", "the internet", "magnetism",
                "evolution", "a quasar", "photosynthesis", "inflation", "democracy", "the economy"],
    "event": ["the war", "the first world war", "the olympics", "the world cup", "the french revolution",
              "the moon landing", "the last election", "the race", "the match", "world war two", "the cold war"],
    "language": "french german spanish italian japanese chinese latin russian greek english dutch".split(),
    "favourite": "color animal food movie song book sport game number word day season drink city joke".split(),
    "other": "dog cat car house tree bike".split(),
    "adj": "happy sad tasty dangerous hungry tired expensive cheap old new soft hard hot cold heavy smart friendly "
           "healthy sweet poisonous broken clean dirty fresh ripe famous rare funny scary cute ugly nice strong loud "
           "lonely edible open empty fast slow rich sick angry wet safe useful popular good bad alive lost".split(),
    "do": "fly swim bite run sleep eat jump talk sing dance float break smell taste move drive read write cook think "
          "open close sell wash fix touch buy use hear climb sting burn melt grow make build clean ride play".split(),
}


def fill(rng, question, concept):
    """An unanswerable question's words."""
    words = {name: options[int(rng.integers(len(options)))] for name, options in WORDS.items()}
    return question.format(n=concept.name, s=concept.plural, a=concept.one, **words)
