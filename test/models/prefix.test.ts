// The next turn is read only from where it differs, and says what a run from nothing says.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerateRequest, ImageFeatures } from '../../models/backend.ts';
import { PrefixCache } from '../../models/decoder/prefix-cache.ts';
import type { Precision } from '../../models/graph/builder.ts';
import { drain } from './support/drain.ts';
import { difference } from './support/expect-close.ts';
import { numbers } from './support/formula.ts';
import { EMOJI, featureWidth, floats, readGolden, readGoldens, writeCheckpoint } from './support/goldens.ts';
import { type WatchedDecoder, watchDecoder } from './support/watched-decoder.ts';

const MEBIBYTE = 2 ** 20;
/** Reading a prompt in pieces adds the same numbers up in another order. */
const TOLERANCE = 1e-5;
const turn = (question: string, answer = '') => `Question: ${question} Answer:${answer && ` ${answer}.`}`;
const FIRST = turn('What is this?');

interface Model {
  readonly fresh: WatchedDecoder;
  readonly keeping: WatchedDecoder;
  readonly prefixes: PrefixCache;
  picture(name: string): ImageFeatures;
  close(): Promise<void>;
}

/** The same checkpoint twice: one that keeps what it has seen, and one that begins from nothing. */
async function openTwice(
  name: string,
  precision: Precision = 'f32',
  maxBytes = 8 * MEBIBYTE,
): Promise<Model> {
  const folder = name === 'emoji' ? EMOJI : await mkdtemp(join(tmpdir(), 'blipcord-prefix-'));
  if (name !== 'emoji') await writeCheckpoint(folder, readGolden(name));
  const prefixes = new PrefixCache(maxBytes);
  const fresh = await watchDecoder(folder, { precision });
  const keeping = await watchDecoder(folder, { prefixes, precision });
  const { queryTokens } = fresh;
  const width = featureWidth(name, queryTokens);
  return {
    fresh,
    keeping,
    prefixes,
    picture: (seed) => ({ queryTokens, width, data: numbers(seed, queryTokens * width, [0, 1, 24]) }),
    close: async () => {
      await Promise.all([fresh, keeping].map(({ writer }) => writer.decoder.close()));
      if (name !== 'emoji') await rm(folder, { recursive: true });
    },
  };
}

type Asked = Pick<GenerateRequest, 'prompt' | 'features'> & Partial<GenerateRequest>;

/** Both answer alike; how many positions had to be read. @param digits of the logprob that are the same */
async function askBoth({ fresh, keeping }: Model, request: Asked, digits = 4) {
  const whole: GenerateRequest = { maxNewTokens: 6, ...request };
  const { result: expected } = await drain(fresh.generate(whole));
  keeping.runs.length = 0;
  const { result } = await drain(keeping.generate(whole));
  expect(result).toEqual({ ...expected, logprob: expect.closeTo(expected.logprob, digits) });
  const { writer, queryTokens } = keeping;
  const ids = writer.tokenizer.promptIds(request.prompt);
  return {
    text: result.text,
    /** Ids that were read and written: the last of all was never run. */
    seen: [...ids, ...(result.finish === 'eos' ? result.tokens : result.tokens.slice(0, -1))],
    ids,
    total: queryTokens + ids.length,
    read: keeping.runs[0]?.positions,
  };
}

const common = (one: readonly number[], other: readonly number[]) =>
  one.findIndex((id, at) => id !== other[at]);

describe.each([
  ['emoji', 'f32'],
  ['emoji', 'f16'],
  ['untied-head', 'f32'],
  ['post-norm-projected', 'f32'],
  ['transformers-4-sharded-f16', 'f32'],
] as const)('a conversation with %s in %s', (name, precision) => {
  let model: Model;
  beforeAll(async () => {
    model = await openTwice(name, precision);
  });
  afterAll(() => model.close());

  const ask = (request: Asked) => askBoth(model, request, precision === 'f32' ? 4 : 2);

  it('reads of each turn what follows the turns before', async () => {
    const features = model.picture('conversation');
    const { queryTokens } = model.keeping;
    let prompt = FIRST;
    let last = await ask({ features, prompt });
    expect(last.read).toBe(last.total);
    for (const question of ['And on the left?', 'What color is it?', 'Is it big?']) {
      const before = last;
      prompt = `${prompt} ${last.text}. ${turn(question)}`;
      last = await ask({ features, prompt });
      const from = common(last.ids, before.seen);
      expect(from).toBeGreaterThanOrEqual(before.ids.length);
      expect(last.read).toBe(last.total - queryTokens - from);
    }
  });

  it('reads the last token when all was seen before, since its logits are asked for', async () => {
    const features = model.picture('again');
    const first = await ask({ features, prompt: FIRST });
    expect((await ask({ features, prompt: FIRST })).read).toBe(1);
    expect(first.read).toBe(first.total);
  });

  it('reads from the first dropped turn on when the window has slid', async () => {
    const features = model.picture('window');
    const dropped = turn('What is this?', 'a rocket');
    const rest = `${turn('Where is it?', 'on the left')} ${turn('And?')}`;
    const { ids: long } = await ask({ features, prompt: `${dropped} ${rest}` });
    const slid = await ask({ features, prompt: rest });
    expect(slid.read).toBe(slid.ids.length - common(slid.ids, long));
    expect(slid.read).toBeGreaterThan(5);
  });

  it('begins anew when the picture has changed, by however little', async () => {
    const features = model.picture('changed');
    await ask({ features, prompt: FIRST });
    const data = features.data.slice();
    data[data.length - 1] = (data.at(-1) ?? 0) + 1e-6;
    const { read, total } = await ask({ features: { ...features, data }, prompt: FIRST });
    expect(read).toBe(total);
  });

  it('shares a picture between two conversations, each with its own turns', async () => {
    const features = model.picture('shared');
    const one = `${turn('What is this?', 'a dog')} ${turn('Where?')}`;
    const other = `${turn('Is it a cat?', 'no')} ${turn('Where?')}`;
    const { ids } = await ask({ features, prompt: one });
    const second = await ask({ features, prompt: other });
    expect(second.read).toBe(second.ids.length - common(second.ids, ids));
    const third = await ask({ features, prompt: `${one} here. ${turn('Why?')}` });
    expect(third.read).toBeLessThanOrEqual(third.ids.length - ids.length);
    const fourth = await ask({ features, prompt: `${other} here. ${turn('Why?')}` });
    expect(fourth.read).toBeLessThanOrEqual(fourth.ids.length - second.ids.length);
  });

  it('goes on after beams and after chance', async () => {
    const features = model.picture('beams');
    const first = await ask({ features, prompt: FIRST, numBeams: 3 });
    const after = `${FIRST} ${first.text}. ${turn('And?')}`;
    const second = await ask({ features, prompt: after, numBeams: 4, lengthPenalty: -1 });
    expect(second.read).toBeLessThanOrEqual(second.ids.length - first.ids.length + 1);
    const last = `${after} ${second.text}. ${turn('Why?')}`;
    const third = await ask({ features, prompt: last, temperature: 2, topK: 20, seed: 5 });
    expect(third.read).toBeLessThanOrEqual(third.ids.length - second.ids.length + 1);
    const again = await ask({ features, prompt: last, repetitionPenalty: 1.4, noRepeatNgramSize: 2 });
    expect(again.read).toBe(1);
  });

  it('keeps what an aborted answer had read', async () => {
    const features = model.picture('aborted');
    const tokens = model.keeping.generate({ features, prompt: FIRST, maxNewTokens: 6, minNewTokens: 6 });
    await tokens.next();
    await tokens.return(undefined as never);
    expect((await ask({ features, prompt: FIRST })).read).toBe(1);
  });

  it('gives nearly the same logits in pieces', async () => {
    const features = model.picture('pieces');
    const prompt = `${turn('What is this?', 'a dog')} ${turn('Where is it?')}`;
    const ids = model.fresh.writer.tokenizer.promptIds(prompt);
    const whole = await model.fresh.writer.decoder.begin().prefill(features, ids);
    let logits = whole;
    for (let end = 1; end <= ids.length; end++) {
      const decoding = model.keeping.writer.decoder.begin();
      logits = await decoding.prefill(features, ids.slice(0, end));
      decoding.end();
    }
    expect(model.keeping.runs.at(-1)?.positions).toBe(1);
    expect(difference(logits, whole)).toBeLessThan(precision === 'f32' ? TOLERANCE : 1e-3);
  });
});

describe('a conversation that outgrows what may be kept', () => {
  const room = 80;
  let model: Model;
  beforeAll(async () => {
    model = await openTwice('emoji', 'f32', room * 2 * 4 * 192 * 4); // keys and values of four layers
  });
  afterAll(() => model.close());

  const later = (prompt: string) => `${prompt} a rocket. ${turn('And what color is it?')}`;

  it('goes on from the longest turn that fitted', async () => {
    const features = model.picture('growing');
    let prompt = FIRST;
    let fitted = await askBoth(model, { features, prompt });
    for (let last = fitted; last.total < 2 * room; ) {
      prompt = later(prompt);
      last = await askBoth(model, { features, prompt });
      expect(last.read).toBeLessThanOrEqual(last.ids.length - fitted.ids.length);
      if (last.total + 6 <= room) fitted = last;
    }
    expect(fitted.total).toBeGreaterThan(room / 2);
  });

  it('goes on from a half of the room where no turn of it was kept, beside another that fits', async () => {
    const long = { features: model.picture('long'), prompt: later(later(later(later(later(FIRST))))) };
    const short = { features: model.picture('short'), prompt: FIRST };
    expect((await askBoth(model, long)).total).toBeGreaterThan(room);
    await askBoth(model, short);
    for (let turns = 0; turns < 3; turns++) {
      const { total, read } = await askBoth(model, long);
      expect(read).toBe(total - room / 2);
      expect((await askBoth(model, short)).read).toBe(1);
      long.prompt = later(long.prompt);
    }
  });

  it('has the picture and the beginning of the template when the window slides', async () => {
    const features = model.picture('sliding');
    const turns = ['What is this?', 'Where is it?', 'Is it big?', 'Who made it?', 'Why is it red?', 'And?'];
    const prompts = turns.map((_, first) =>
      later(later(later([...turns.slice(first), ...turns].map((asked) => turn(asked, 'a dog')).join(' ')))),
    );
    let { ids: before, total } = await askBoth(model, { features, prompt: prompts[0] ?? '' });
    expect(total).toBeGreaterThan(room);
    for (const prompt of prompts.slice(1)) {
      const { ids, read } = await askBoth(model, { features, prompt });
      expect(common(ids, before)).toBeGreaterThan(1);
      expect(read).toBeLessThanOrEqual(ids.length - common(ids, before));
      before = ids;
    }
  });
});

describe.each(readGoldens().filter(({ config }) => !('d_kv' in Object(Reflect.get(config, 'text_config')))))(
  'the goldens of $name',
  ({ name, maxNewTokens, features, answers }) => {
    it('are the same in any order with what was kept', async () => {
      const model = await openTwice(name);
      const data = floats(features);
      const { queryTokens } = model.keeping;
      const picture = { data, queryTokens, width: data.length / queryTokens };
      for (const { prompt, tokens } of [...answers, ...answers.toReversed()]) {
        const { result } = await drain(model.keeping.generate({ features: picture, prompt, maxNewTokens }));
        expect(result.tokens).toEqual(tokens);
      }
      await model.close();
    });
  },
);
