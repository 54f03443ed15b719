// What can be asked about a scene, with every answer that counts as right.
import type { QuestionAndAnswer } from '../../conversation/template.ts';
import type { Random } from '../conversation/random.ts';
import { beyondThePicture } from './beyond.ts';
import { bothWays, countThings, listings, numbers, regionOf, singles } from './facts.ts';
import { fillIn, otherWords } from './other-words.ts';
import { relationsIn } from './relations.ts';
import { colourAt, type PlacedThing, type Scene } from './scene.ts';
import { type Thing, withArticle } from './things.ts';

export interface Question {
  readonly kind: Kind;
  /** The turns before. Those of a follow-up have to be known for a right answer. */
  readonly before: readonly QuestionAndAnswer[];
  readonly question: string;
  readonly accepts: readonly string[];
}

export type Kind =
  | 'naming one thing'
  | 'naming several'
  | 'counting'
  | 'background'
  | 'yes or no'
  | 'position'
  | 'follow-up'
  | 'size'
  | 'next to'
  | 'on one side'
  | 'what else'
  | 'comparing sizes'
  | 'whether it is there'
  | 'follow-up after an aside'
  | 'beyond the picture'
  | 'in other words';

/** The same picture and last question after other turns: only who knows these can answer both. */
export type Pair = readonly [Question, Question];

export function questionsAbout(scene: Scene, things: readonly Thing[], random: Random): Question[] {
  const clear = singles(scene).filter((placed) => regionOf(placed) !== undefined);
  return [
    naming(scene),
    background(scene),
    counting(random.pick(counted(scene))),
    presence(random.pick(scene.things).thing, true),
    presence(absentThing(scene, things, random), false),
    ...(clear.length === 0 ? [] : [position(random.pick(clear))]),
    inOtherWords(scene, things, random),
    plain('beyond the picture', random.pick(beyondThePicture), ["I don't know"]),
    ...pairsAbout(scene).flat(),
    ...ellipses(scene),
    ...relationsIn(scene, absentThing(scene, things, random), random),
  ];
}

export function pairsAbout(scene: Scene): Pair[] {
  const single = singles(scene);
  return [
    ...pairOf(single, regionOf, (placed, region) => ({
      ...afterYes(placed, 'Where is it?'),
      accepts: [region, `the ${placed.thing.name} is ${region}`],
    })),
    ...pairOf(
      single,
      (placed) => colourAt(scene, placed),
      (placed, colour) => ({
        ...afterYes(placed, 'What color is behind it?'),
        accepts: [colour, `behind the ${placed.thing.name} is ${colour}`],
      }),
    ),
  ];
}

/** The first two things of which different things are true. */
function pairOf(
  placed: readonly PlacedThing[],
  truth: (placed: PlacedThing) => string | undefined,
  ask: (placed: PlacedThing, answer: string) => Question,
): Pair[] {
  for (const [index, first] of placed.entries()) {
    for (const second of placed.slice(index + 1)) {
      const [one, other] = [truth(first), truth(second)];
      if (one !== undefined && other !== undefined && one !== other) {
        return [[ask(first, one), ask(second, other)]];
      }
    }
  }
  return [];
}

function afterYes({ thing }: PlacedThing, question: string): Omit<Question, 'accepts'> {
  const before = [{ question: `Is there ${withArticle(thing)}?`, answer: 'yes' }];
  return { kind: 'follow-up', before, question };
}

/** "And the cat?" after where another thing is, "And cats?" after how many others there are. */
function ellipses(scene: Scene): Question[] {
  const questions: Question[] = [];
  const [first, second] = singles(scene).filter((placed) => regionOf(placed) !== undefined);
  if (first !== undefined && second !== undefined) {
    const region = regionOf(second) ?? '';
    questions.push({
      kind: 'follow-up',
      before: [{ question: `Where is the ${first.thing.name}?`, answer: regionOf(first) ?? '' }],
      question: `And the ${second.thing.name}?`,
      accepts: [region, `the ${second.thing.name} is ${region}`],
    });
  }
  const [one, other] = [...countThings(scene)];
  if (one !== undefined && other !== undefined) {
    questions.push({
      kind: 'follow-up',
      before: [{ question: `How many ${one[0].plural} are there?`, answer: numbers[one[1]] ?? '' }],
      question: `And ${other[0].plural}?`,
      accepts: [numbers[other[1]] ?? ''],
    });
  }
  return questions;
}

function naming(scene: Scene): Question {
  const one = scene.things.length === 1;
  return plain(
    one ? 'naming one thing' : 'naming several',
    one ? 'What is this?' : 'What is in the picture?',
    listings(countThings(scene)),
  );
}

/** Things and how many of each there are: those that there are several of, where there are any. */
function counted(scene: Scene): [Thing, number][] {
  const counts = [...countThings(scene)];
  const several = counts.filter(([, count]) => count > 1);
  return several.length > 0 ? several : counts;
}

function counting([thing, count]: readonly [Thing, number]): Question {
  return plain('counting', `How many ${thing.plural} are there?`, [numbers[count] ?? '']);
}

function background({ background }: Scene): Question {
  return plain('background', 'What color is the background?', bothWays(background));
}

/** One of the other questions, as somebody else would ask it. */
function inOtherWords(scene: Scene, things: readonly Thing[], random: Random): Question {
  const thing = random.pick(scene.things).thing;
  const other = absentThing(scene, things, random);
  const several = random.pick(counted(scene));
  const clear = singles(scene).find((placed) => regionOf(placed) !== undefined);
  const asked: [keyof typeof otherWords, Thing, Question][] = [
    ['background', thing, background(scene)],
    ['counting', several[0], counting(several)],
    ['presence', thing, presence(thing, true)],
    ['presence', other, presence(other, false)],
  ];
  if (scene.things.length === 1) asked.push(['naming', thing, naming(scene)]);
  if (clear !== undefined) asked.push(['position', clear.thing, position(clear)]);
  const [words, subject, question] = random.pick(asked);
  return plain('in other words', fillIn(random.pick(otherWords[words]), subject), question.accepts);
}

function presence(thing: Thing, present: boolean): Question {
  return plain('yes or no', `Is there ${withArticle(thing)} in the picture?`, [present ? 'yes' : 'no']);
}

function position(placed: PlacedThing): Question {
  return plain('position', `Where is the ${placed.thing.name}?`, [regionOf(placed) ?? '']);
}

function plain(kind: Kind, question: string, accepts: readonly string[]): Question {
  return { kind, before: [], question, accepts };
}

/** Half of the time of the same kind as one that is there, which is harder to tell. */
function absentThing(scene: Scene, things: readonly Thing[], random: Random): Thing {
  const there = new Set(scene.things.map(({ thing }) => thing.name));
  const absent = things.filter(({ name }) => !there.has(name));
  const { kind } = random.pick(scene.things).thing;
  const alike = random.below(2) === 0 ? absent.filter((thing) => thing.kind === kind) : [];
  return random.pick(alike.length > 0 ? alike : absent);
}
