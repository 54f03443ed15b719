// What is asked about a scene, and which answers count as right.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../conversation/random.ts';
import { regionOf } from './facts.ts';
import { pairsAbout, questionsAbout } from './questions.ts';
import { relationsIn } from './relations.ts';
import { colourAt, type Scene } from './scene.ts';
import { at, named, things } from './seeded.ts';

/** Two owls above, a cat at the lower left, on blue beside pink. */
const owlsAndCat: Scene = {
  things: [at('owl', 0.2, 0.2), at('owl', 0.8, 0.2), at('cat', 0.2, 0.8)],
  background: ['blue', 'pink'],
  stacked: false,
};

describe('the questions about a scene', () => {
  const questions = questionsAbout(owlsAndCat, things, seededRandom(3));
  const accepted = (kind: string) =>
    questions.filter((one) => one.kind === kind).map(({ accepts }) => accepts);

  it('name everything, in any order', () => {
    expect(accepted('naming several')).toEqual([['two owls and a cat', 'a cat and two owls']]);
  });

  it('take both colours of a background, in either order', () => {
    expect(accepted('background')).toEqual([['blue and pink', 'pink and blue']]);
  });

  it('count what there are several of', () => {
    expect(questions.filter(({ kind }) => kind === 'counting')).toEqual([
      { kind: 'counting', before: [], question: 'How many owls are there?', accepts: ['two'] },
    ]);
  });

  it('ask for one thing that is there and one that is not', () => {
    expect(accepted('yes or no')).toEqual([['yes'], ['no']]);
  });

  it('ask for the place of what there is one of', () => {
    expect(questions.filter(({ kind }) => kind === 'position')).toEqual([
      { kind: 'position', before: [], question: 'Where is the cat?', accepts: ['in the bottom left'] },
    ]);
  });

  it('leave what is asked of a second thing to the turn before', () => {
    expect(questions.find(({ question }) => question === 'And cats?')).toEqual({
      kind: 'follow-up',
      before: [{ question: 'How many owls are there?', answer: 'two' }],
      question: 'And cats?',
      accepts: ['one'],
    });
  });

  it('come in pairs that only the turns before tell apart', () => {
    const scene: Scene = {
      ...owlsAndCat,
      things: [at('cat', 0.2, 0.8), at('dog', 0.2, 0.2), at('bee', 0.8, 0.5)],
    };
    const pairs = pairsAbout(scene);
    expect(pairs.map(([one, other]) => [one.accepts, other.accepts])).toEqual([
      [
        ['in the bottom left', 'the cat is in the bottom left'],
        ['in the top left', 'the dog is in the top left'],
      ],
      [
        ['blue', 'behind the cat is blue'],
        ['pink', 'behind the bee is pink'],
      ],
    ]);
    for (const [one, other] of pairs) {
      expect(one.question).toBe(other.question);
      expect(one.before).not.toEqual(other.before);
    }
  });

  it('ask how large one thing is, what is around it, and what else there is', () => {
    const scene: Scene = {
      things: [at('cat', 0.2, 0.2, 0.4), at('dog', 0.8, 0.25, 0.25), at('bee', 0.85, 0.85, 0.25)],
      background: ['blue'],
      stacked: false,
    };
    const asked = Array.from({ length: 40 }, (_, seed) =>
      relationsIn(scene, named('pizza'), seededRandom(seed)),
    ).flat();
    const answers = (kind: string, question: string) => [
      ...new Set(
        asked
          .filter((one) => one.kind === kind && one.question === question)
          .flatMap(({ accepts }) => accepts),
      ),
    ];
    expect(answers('size', 'How big is the cat?')).toEqual(['medium-sized']);
    expect(answers('size', 'How big is the bee?')).toEqual(['small']);
    expect(answers('next to', 'What is next to the cat?')).toEqual(['a dog']);
    expect(answers('next to', 'What is next to the dog?')).toEqual([]);
    expect(answers('on one side', 'What is left of the dog?')).toEqual(['a cat']);
    expect(answers('on one side', 'What is above the dog?')).toEqual(['nothing']);
    expect(answers('on one side', 'What is below the dog?')).toEqual(['a bee']);
    expect(answers('on one side', 'What is below the cat?')).toEqual([]);
    expect(answers('what else', 'What else is there?').sort()).toEqual([
      'a bee',
      'a bee and a dog',
      'a dog and a bee',
      'nothing else',
    ]);
    expect(answers('comparing sizes', 'Is the cat bigger than the dog?')).toEqual(['yes']);
    expect(answers('comparing sizes', 'Is the dog bigger than the cat?')).toEqual(['no']);
    expect(answers('comparing sizes', 'Which is bigger, the dog or the cat?')).toEqual(['the cat']);
    expect(answers('comparing sizes', 'Which is bigger, the dog or the bee?')).toEqual([]);
    expect(answers('whether it is there', 'Is the bee at the bottom?')).toEqual(['yes']);
    expect(answers('whether it is there', 'Is the bee in the top left?')).toEqual(['no']);
    expect(answers('follow-up after an aside', 'Where is it?')).toContain('the cat is in the top left');
  });

  it('say that nothing else is there when all of it was said', () => {
    const scene: Scene = { things: [at('cat', 0.2, 0.2)], background: ['blue'], stacked: false };
    const asked = relationsIn(scene, named('pizza'), seededRandom(1));
    expect(asked.find(({ kind }) => kind === 'what else')).toMatchObject({
      before: [{ question: 'Is there a cat?', answer: 'yes' }],
      accepts: ['nothing else'],
    });
    expect(asked.filter(({ kind }) => kind === 'next to')).toEqual([]);
  });

  it('give no name to a place between two', () => {
    expect(regionOf({ x: 0.38, y: 0.5 })).toBeUndefined();
    expect(regionOf({ x: 0.5, y: 0.5 })).toBe('in the center');
    expect(colourAt({ ...owlsAndCat, stacked: true }, { x: 0.1, y: 0.9 })).toBe('pink');
  });
});
