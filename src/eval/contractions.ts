// Which spellings without an apostrophe mean a contraction, as VQA's published scoring knows them. Its table names each
// spelling that lacks one of the apostrophes, so that the contractions alone are enough to make it.

const CONTRACTIONS = `
  ain't aren't can't could've couldn't couldn't've didn't doesn't don't hadn't hadn't've hasn't haven't he'd he'd've he's
  how'd how'll how's isn't it'd it'd've it'll ma'am might've mightn't mightn't've must've mustn't needn't not've o'clock
  oughtn't 'ow's'at shan't she'd've should've shouldn't shouldn't've somebody'd've somebody'll somebody's someone'd
  someone'd've someone'll someone's something'd something'd've something'll that's there'd there'd've there're there's
  they'd they'd've they'll they're they've 'twas wasn't we'd've we've weren't what'll what're what's what've when's where'd
  where's where've who'd who'd've who'll who's who've why'll why're why's won't would've wouldn't wouldn't've y'all
  y'all'd've y'all'll you'd you'd've you'll you're you've`;

/** `cant` to `can't`, `couldnt've` to `couldn't've`. */
export const contractions: ReadonlyMap<string, string> = new Map([
  ...CONTRACTIONS.trim()
    .split(/\s+/)
    .flatMap((word) => apostrophesOf(word).map((at) => [without(word, at), word] as const)),
  // The one that the table has the other way round.
  ["somebody'd", 'somebodyd'],
]);

function apostrophesOf(word: string): number[] {
  return [...word].flatMap((letter, at) => (letter === "'" ? [at] : []));
}

function without(word: string, at: number): string {
  return word.slice(0, at) + word.slice(at + 1);
}
