// Questions about how large a thing is, what is around it, and what else there is.
import type { Random } from '../conversation/random.ts';
import {
  countThings,
  isBigger,
  listings,
  namesOfPlace,
  nextTo,
  regionOf,
  type Side,
  singles,
  sizeOf,
  towards,
} from './facts.ts';
import type { Question } from './questions.ts';
import { colourAt, type PlacedThing, type Scene } from './scene.ts';
import { type Thing, withArticle } from './things.ts';

const sides: readonly (readonly [Side, string])[] = [
  ['left', 'What is left of'],
  ['right', 'What is to the right of'],
  ['above', 'What is above'],
  ['below', 'What is below'],
];

/** Those of which the scene has a clear answer.
 *  @param absent a thing that the scene doesn't hold */
export function relationsIn(scene: Scene, absent: Thing, random: Random): Question[] {
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
    whatElse(scene, absent, random),
    ...comparison(single, random),
    ...whetherThere(asked, random),
    ...afterAnAside(scene, asked, random),
  ];
}

/** After some of the things were said to be there, or all of them, and now and then that another isn't. */
function whatElse(scene: Scene, absent: Thing, random: Random): Question {
  const counts = [...countThings(scene)];
  const said = 1 + random.below(counts.length);
  const before = counts.slice(0, said).map(([thing, count]) => ({
    question: count === 1 ? `Is there ${withArticle(thing)}?` : `Are there any ${thing.plural}?`,
    answer: 'yes',
  }));
  if (random.below(3) === 0) before.push({ question: `Is there ${withArticle(absent)}?`, answer: 'no' });
  const rest = counts.slice(said);
  const accepts = rest.length === 0 ? ['nothing else'] : listings(rest);
  return { kind: 'what else', before, question: 'What else is there?', accepts };
}

/** Of two things of which one is clearly bigger. */
function comparison(single: readonly PlacedThing[], random: Random): Question[] {
  const [bigger, smaller] =
    single
      .flatMap((one) => single.map((other) => [one, other] as const))
      .find(([one, other]) => isBigger(one, other)) ?? [];
  if (bigger === undefined || smaller === undefined) return [];
  const [first, second] = random.below(2) === 0 ? [bigger, smaller] : [smaller, bigger];
  const [one, other] = [first, second].map(({ thing }) => `the ${thing.name}`);
  const [question, answer] =
    random.below(2) === 0
      ? [`Is ${one} bigger than ${other}?`, first === bigger ? 'yes' : 'no']
      : [`Which is bigger, ${one} or ${other}?`, `the ${bigger.thing.name}`];
  return [{ kind: 'comparing sizes', before: [], question, accepts: [answer] }];
}

/** Whether a thing lies where it does, or at the opposite place. */
function whetherThere(placed: PlacedThing, random: Random): Question[] {
  const names = namesOfPlace(placed);
  const opposite = namesOfPlace({ x: 1 - placed.x, y: 1 - placed.y }).filter((name) => !names.includes(name));
  if (names.length === 0) return [];
  const isThere = random.below(2) === 0;
  const elsewhere = opposite.length > 0 ? opposite : ['in the top left'];
  const place = random.pick(isThere ? names : elsewhere);
  const question = `Is the ${placed.thing.name} ${place}?`;
  return [{ kind: 'whether it is there', before: [], question, accepts: [isThere ? 'yes' : 'no'] }];
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
