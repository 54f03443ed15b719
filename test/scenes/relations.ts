// Questions about how large a thing is, what is around it, and what else there is.
import type { Random } from '../conversation/random.ts';
import { countThings, listings, nextTo, regionOf, type Side, singles, sizeOf, towards } from './facts.ts';
import type { Question } from './questions.ts';
import { colourAt, type PlacedThing, type Scene } from './scene.ts';
import { withArticle } from './things.ts';

const sides: readonly (readonly [Side, string])[] = [
  ['left', 'What is left of'],
  ['right', 'What is to the right of'],
  ['above', 'What is above'],
  ['below', 'What is below'],
];

/** Those of which the scene has a clear answer. */
export function relationsIn(scene: Scene, random: Random): Question[] {
  const single = singles(scene);
  if (single.length === 0) return [];
  const asked = random.pick(single);
  const [side, words] = random.pick(sides);
  const about = (kind: Question['kind'], words: string, answer: string | undefined): Question[] =>
    answer === undefined
      ? []
      : [{ kind, before: [], question: `${words} the ${asked.thing.name}?`, accepts: [answer] }];
  return [
    ...about('size', 'How big is', sizeOf(asked)),
    ...(scene.things.length === 1 ? [] : about('next to', 'What is next to', nextTo(scene, asked))),
    ...about('on one side', words, towards(scene, asked, side)),
    whatElse(scene, random),
    ...afterAnAside(scene, asked, random),
  ];
}

/** After one thing was said to be there, or two. */
function whatElse(scene: Scene, random: Random): Question {
  const counts = [...countThings(scene)];
  const said = Math.min(counts.length, 1 + random.below(2));
  const before = counts.slice(0, said).map(([thing, count]) => ({
    question: count === 1 ? `Is there ${withArticle(thing)}?` : `Are there any ${thing.plural}?`,
    answer: 'yes',
  }));
  const rest = counts.slice(said);
  const accepts = rest.length === 0 ? ['nothing else'] : listings(rest);
  return { kind: 'what else', before, question: 'What else is there?', accepts };
}

/** "It" is still what was spoken of before a word of thanks or a question about the background. */
function afterAnAside(scene: Scene, placed: PlacedThing, random: Random): Question[] {
  const region = regionOf(placed);
  if (region === undefined) return [];
  const colour = scene.background.length === 1 ? colourAt(scene, placed) : undefined;
  const aside =
    colour === undefined || random.below(2) === 0
      ? { question: 'Thanks!', answer: "you're welcome" }
      : { question: 'What color is the background?', answer: colour };
  const before = [{ question: `Is there ${withArticle(placed.thing)}?`, answer: 'yes' }, aside];
  const accepts = [region, `the ${placed.thing.name} is ${region}`];
  return [{ kind: 'follow-up after an aside', before, question: 'Where is it?', accepts }];
}
