// The generator of scenes, and what the embedded checkpoint says about some of them through the local Discord. The
// artist is Twemoji's, whom people see on Discord. Table of right answers: `npm run bench -- scenes`.
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../models/backend.ts';
import { WorkerBackend } from '../../models/worker-backend.ts';
import { type Random, seededRandom } from '../conversation/random.ts';
import { openStage, quickly, replyTo } from '../e2e/stage.ts';
import { regionOf } from './facts.ts';
import { Artist } from './paint.ts';
import { paintPhoto, photoKinds } from './photo.ts';
import { pairsAbout, type Question, questionsAbout } from './questions.ts';
import { relationsIn } from './relations.ts';
import { colourAt, composeScene, type PlacedThing, type Scene } from './scene.ts';
import { readThings, type Thing } from './things.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const things = readThings();
const artist = new Artist('twemoji', root);
const named = (name: string): Thing => {
  const thing = things.find((one) => one.name === name);
  if (thing === undefined) throw new Error(`No thing is called ${name}.`);
  return thing;
};
const at = (name: string, x: number, y: number, size = 0.3): PlacedThing => {
  const thing = named(name);
  return { thing, emoji: thing.emoji[0] ?? '', x, y, size };
};
/** Two owls above, a cat at the lower left, on blue beside pink. */
const owlsAndCat: Scene = {
  things: [at('owl', 0.2, 0.2), at('owl', 0.8, 0.2), at('cat', 0.2, 0.8)],
  background: ['blue', 'pink'],
  stacked: false,
};

describe('the things', () => {
  it('are at least 120, each with a name of its own', () => {
    expect(things.length).toBeGreaterThanOrEqual(120);
    expect(new Set(things.map(({ name }) => name)).size).toBe(things.length);
  });

  it('are all drawn by the artist, in each of their forms', () => {
    const missing = things.flatMap(({ emoji }) => emoji).filter((emoji) => !artist.draws(emoji));
    expect(missing).toEqual([]);
  });
});

describe('a scene', () => {
  it('is the same, to the last pixel, when its seed is', async () => {
    const [one, other] = await Promise.all([1, 1].map(async (seed) => draw(seed)));
    expect(one?.scene).toEqual(other?.scene);
    expect(one?.picture.equals(other?.picture ?? Buffer.of())).toBe(true);
    expect((await draw(2)).scene).not.toEqual(one?.scene);
  });

  it('has one to five things, whole, and none over another', () => {
    const random = seededRandom(7);
    const sizes = new Set<number>();
    for (let run = 0; run < 300; run++) {
      const scene = composeScene(random, things);
      sizes.add(scene.things.length);
      expect(scene.things.every(isWhole)).toBe(true);
      for (const [index, one] of scene.things.entries()) {
        expect(scene.things.slice(index + 1).filter((other) => overlap(one, other))).toEqual([]);
      }
    }
    expect([...sizes].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('holds as many things as it was to hold: three in ten hold one', () => {
    const random = seededRandom(8);
    const alone = Array.from({ length: 500 }, () => composeScene(random, things)).filter(
      (scene) => scene.things.length === 1,
    );
    expect(alone.length / 500).toBeGreaterThan(0.25);
    expect(alone.length / 500).toBeLessThan(0.4);
  });

  it('is painted where it says: the background behind, the thing in its middle', async () => {
    const scene: Scene = {
      things: [at('heart', 0.75, 0.5, 0.4)],
      background: ['white', 'black'],
      stacked: false,
    };
    const { data, info } = await sharp(await artist.paint(scene, seededRandom(1)))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number) => {
      const start = (Math.round(y * info.height) * info.width + Math.round(x * info.width)) * info.channels;
      return [...data.subarray(start, start + 3)];
    };
    expect(Math.min(...pixel(0.1, 0.5))).toBeGreaterThan(230);
    expect(Math.max(...pixel(0.95, 0.05))).toBeLessThan(30);
    const [red = 0, green = 255] = pixel(0.75, 0.5);
    expect(red - green).toBeGreaterThan(100);
  });
});

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
    const asked = Array.from({ length: 40 }, (_, seed) => relationsIn(scene, seededRandom(seed))).flat();
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
    ]);
    expect(answers('follow-up after an aside', 'Where is it?')).toContain('the cat is in the top left');
  });

  it('say that nothing else is there when all of it was said', () => {
    const scene: Scene = { things: [at('cat', 0.2, 0.2)], background: ['blue'], stacked: false };
    const asked = relationsIn(scene, seededRandom(1));
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

describe('a photograph', () => {
  it.each(photoKinds)('of the kind "%s" differs from seed to seed and can be read', async (kind) => {
    const [one, other] = await Promise.all([1, 2].map((seed) => paintPhoto(seededRandom(seed), kind)));
    expect(one?.equals(other ?? Buffer.of())).toBe(false);
    expect(await sharp(one).metadata()).toMatchObject({
      format: 'jpeg',
      width: 320,
      height: 320,
      channels: 3,
    });
  });
});

describe('the embedded checkpoint, asked in the local Discord', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await WorkerBackend.open({ folder: `${root}models/emoji`, device: 'cpu' });
  });
  afterAll(() => backend.close());

  it('is right in nine of ten questions about fresh scenes', async () => {
    const { me, mention } = await openStage(backend, { limits: quickly });
    const wrong: string[] = [];
    let asked = 0;
    for (let seed = 11; seed <= 22; seed++) {
      const { scene, picture } = await draw(seed);
      for (const { kind, question, accepts, before } of questionsAbout(scene, things, seededRandom(seed))) {
        if (before.length > 0 || kind === 'naming several') continue;
        const files = [{ name: 'scene.png', bytes: picture }];
        const { content } = await replyTo(me, me.post({ content: `${mention} ${question}`, files }));
        asked += 1;
        if (!accepts.includes(firstLine(content))) wrong.push(`${seed}: ${question} ${content}`);
      }
    }
    expect(asked).toBeGreaterThan(45);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(asked / 10);
  });

  it('says of what is no scene that it cannot make it out, whatever is asked', async () => {
    const { me, mention } = await openStage(backend, { limits: quickly });
    const wrong: string[] = [];
    for (const [index, kind] of photoKinds.entries()) {
      const bytes = await paintPhoto(seededRandom(31 + index), kind);
      const files = [{ name: 'photo.jpg', bytes }];
      for (const question of ['What is this?', 'Is there a cat in the picture?']) {
        const { content } = await replyTo(me, me.post({ content: `${mention} ${question}`, files }));
        if (!/can't (make out|tell)/.test(content)) wrong.push(`${kind}: ${question} ${content}`);
      }
    }
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(2);
  });

  it('answers the same question about the same scene as what was said before has it', async () => {
    await expectMostlyRight(8, (scene) => pairsAbout(scene)[0] ?? []);
  });

  it('leaves out of "What else?" all that was said before, and knows what "it" is after a word of thanks', async () => {
    const kinds = ['what else', 'follow-up after an aside'];
    await expectMostlyRight(16, (scene, random) =>
      relationsIn(scene, random).filter(({ kind }) => kinds.includes(kind)),
    );
  });

  /** Three of four, each asked after the turns before it, in a direct message. */
  async function expectMostlyRight(
    count: number,
    questionsOf: (scene: Scene, random: Random) => readonly Question[],
  ): Promise<void> {
    const { me } = await openStage(backend, { limits: quickly });
    const channelId = me.directMessages();
    const wrong: string[] = [];
    let asked = 0;
    for (let seed = 11; asked < count; seed++) {
      const { scene, picture } = await draw(seed);
      for (const { question, accepts, before } of questionsOf(scene, seededRandom(seed))) {
        await replyTo(me, me.post({ channelId, files: [{ name: 'scene.png', bytes: picture }] }));
        const said = [...before.map((turn) => turn.question), question];
        const answers: string[] = [];
        for (const content of said)
          answers.push(firstLine((await replyTo(me, me.post({ channelId, content }))).content));
        asked += 1;
        if (!accepts.includes(answers.at(-1) ?? ''))
          wrong.push(`${seed}: ${said.join(' ')} ${answers.join(', ')}`);
      }
    }
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(asked / 4);
  }
});

/** What it says, without that it is not sure. */
function firstLine(answer: string): string {
  return answer.split('\n')[0] ?? '';
}

async function draw(seed: number): Promise<{ scene: Scene; picture: Buffer }> {
  const random = seededRandom(seed);
  const scene = composeScene(random, things);
  return { scene, picture: await artist.paint(scene, random) };
}

function isWhole({ x, y, size }: PlacedThing): boolean {
  const margins = [x, y].flatMap((middle) => [middle - size / 2, 1 - middle - size / 2]);
  return Math.min(...margins) > -1e-9;
}

function overlap(one: PlacedThing, other: PlacedThing): boolean {
  const distance = Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y));
  return distance < (one.size + other.size) / 2 - 1e-9;
}
