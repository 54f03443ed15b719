// Whole answers in one run of the graph: the same tokens as step by step, where nobody reads along.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GenerateRequest, ImageFeatures } from '../../models/backend.ts';
import { PrefixCache } from '../../models/decoder/prefix-cache.ts';
import { makeRecipe } from '../../models/quantise/parts.ts';
import { quantiseCheckpoint } from '../../models/quantise/quantise-checkpoint.ts';
import { drain } from './support/drain.ts';
import { numbers } from './support/formula.ts';
import { EMOJI, featureWidth, readGolden, writeCheckpoint } from './support/goldens.ts';
import { type WatchedDecoder, watchDecoder } from './support/watched-decoder.ts';

const QUESTION = 'Question: What is this? Answer:';
const LONGER = `${QUESTION} a rocket. Question: And what is next to it on the left? Answer:`;

const OPT = ['emoji', 'untied-head', 'post-norm-projected'];
const T5 = ['t5-gated-untied', 't5-plain-tied', 't5-own-answer-words', 't5-bf16-sharded', 't5-long-answer'];

describe.each([...OPT, ...T5])('%s in one run', (name) => {
  let remove: () => Promise<void>;
  let stepwise: WatchedDecoder;
  let atOnce: WatchedDecoder;
  let features: ImageFeatures;

  beforeAll(async () => {
    const made = await folderOf(name);
    const { folder } = made;
    remove = made.remove;
    stepwise = await watchDecoder(folder);
    atOnce = await watchDecoder(folder, { atOnce: true });
    features = featuresFor(name, stepwise);
  });

  afterAll(async () => {
    for (const { writer } of [stepwise, atOnce]) await writer.decoder.close();
    await remove();
  });

  beforeEach(() => {
    atOnce.runs.length = 0;
    atOnce.beforeRun = () => {};
  });

  const request = (more: Partial<GenerateRequest>): GenerateRequest => ({
    features,
    prompt: QUESTION,
    maxNewTokens: 12,
    atOnce: true,
    ...more,
  });

  it.each([
    { prompt: '' },
    { prompt: QUESTION },
    { prompt: LONGER },
    { prompt: LONGER.repeat(4), maxNewTokens: 3 },
    { prompt: QUESTION, maxNewTokens: 1 },
    { prompt: QUESTION, minNewTokens: 12 },
    { prompt: '', minNewTokens: 5 },
    { prompt: QUESTION, maxNewTokens: 60, minNewTokens: 60 },
    { prompt: 'this is a', stop: [' on', 'dog', 'the'] },
  ])('gives the tokens and probabilities of step by step for %j', async (more) => {
    const { result: expected } = await drain(stepwise.generate(request(more)));
    const { result } = await drain(atOnce.generate(request(more)));
    expect(result).toEqual({ ...expected, logprob: expect.closeTo(expected.logprob, 4) });
    expect(atOnce.runs).toHaveLength(1);
  });

  it.each([
    ['somebody reads along', { atOnce: false }],
    ['beams are searched', { numBeams: 2 }],
    ['tokens are drawn', { seed: 1 }],
    ['repetition costs', { repetitionPenalty: 1.5 }],
  ])('goes step by step where %s', async (_, more) => {
    const { result: expected } = await drain(stepwise.generate(request({ ...more, minNewTokens: 4 })));
    const { result } = await drain(atOnce.generate(request({ ...more, minNewTokens: 4 })));
    expect(result.tokens).toEqual(expected.tokens);
    expect(atOnce.runs.length).toBeGreaterThanOrEqual(4);
  });

  it('goes step by step where the answer may become long, as nobody can call it off meanwhile', async () => {
    await drain(atOnce.generate(request({ maxNewTokens: 65, minNewTokens: 3 })));
    expect(atOnce.runs.length).toBeGreaterThanOrEqual(3);
  });

  it('goes step by step together where several come at the same time', async () => {
    const requests = [LONGER, QUESTION].map((prompt) => request({ prompt, minNewTokens: 6 }));
    const expected = [];
    for (const each of requests) expected.push((await drain(stepwise.generate(each))).result.tokens);
    const answers = await Promise.all(requests.map((each) => drain(atOnce.generate(each))));
    expect(answers.map(({ result }) => result.tokens)).toEqual(expected);
    expect(atOnce.runs.filter(({ texts }) => texts === 2).length).toBeGreaterThanOrEqual(4);
  });

  it('takes one run again as soon as one that went step by step has ended', async () => {
    await drain(atOnce.generate(request({ atOnce: false })));
    for (let answer = 0; answer < 2; answer++) {
      atOnce.runs.length = 0;
      await drain(atOnce.generate(request({ minNewTokens: 3 })));
      expect(atOnce.runs).toHaveLength(1);
    }
  });

  it('hears of an abort that came due while its run held the thread', async () => {
    const ending = new AbortController();
    atOnce.beforeRun = () => void setTimeout(() => ending.abort(new Error('called off')), 1);
    const long = request({ maxNewTokens: 60, minNewTokens: 60, signal: ending.signal });
    await expect(drain(atOnce.generate(long))).rejects.toThrow('called off');
    expect(atOnce.runs).toHaveLength(1);
  });

  it('begins no run for a request that is called off before', async () => {
    const ending = new AbortController();
    const answer = drain(atOnce.generate(request({ signal: ending.signal })));
    ending.abort(new Error('called off'));
    await expect(answer).rejects.toThrow('called off');
    expect(atOnce.runs).toHaveLength(0);
  });

  it.each([0, 1, 2, 3])(
    'goes step by step while another is read, %i turns after its request',
    async (turns) => {
      const other = drain(atOnce.generate(request({ prompt: LONGER, atOnce: false, minNewTokens: 6 })));
      for (let turn = 0; turn < turns; turn++) await setImmediate();
      await drain(atOnce.generate(request({ minNewTokens: 6 })));
      await other;
      expect(atOnce.runs.filter(({ texts }) => texts === 2).length).toBeGreaterThanOrEqual(3);
    },
  );

  it('goes step by step with others that are in the making, each of which stays as it is', async () => {
    const prompts = [LONGER, QUESTION];
    const expected = [];
    for (const prompt of prompts) expected.push((await drain(stepwise.generate(request({ prompt })))).result);
    const answers = prompts.map((prompt) =>
      drain(atOnce.generate(request({ prompt, atOnce: prompt === QUESTION }))),
    );
    expect((await Promise.all(answers)).map(({ result }) => result.tokens)).toEqual(
      expected.map(({ tokens }) => tokens),
    );
    expect(atOnce.runs.some(({ texts }) => texts === 2)).toBe(true);
  });
});

describe.each(OPT)('%s in one run, with what was read kept', (name) => {
  it('reads of the next turn only what was not read yet', async () => {
    const { folder, remove } = await folderOf(name);
    const stepwise = await watchDecoder(folder);
    const keeping = await watchDecoder(folder, { atOnce: true, prefixes: new PrefixCache(2 ** 28) });
    const features = featuresFor(name, stepwise);
    const request = { features, prompt: QUESTION, maxNewTokens: 12, atOnce: true };
    const { result: first } = await drain(keeping.generate(request));
    const next = { ...request, prompt: LONGER };
    const { result } = await drain(keeping.generate(next));
    const { result: expected } = await drain(stepwise.generate(next));
    expect(result.tokens).toEqual(expected.tokens);
    const [one, other] = keeping.runs.map(({ positions }) => positions);
    expect(keeping.runs).toHaveLength(2);
    expect(one).toBe(first.promptTokens);
    expect(other).toBe(expected.promptTokens - first.promptTokens);
    for (const { writer } of [stepwise, keeping]) await writer.decoder.close();
    await remove();
  });
});

it.each(['emoji', 't5-gated-untied', 't5-plain-tied'])('says in f16 what %s says in f32', async (name) => {
  const { folder, remove } = await folderOf(name);
  await sayTheSame(
    name,
    await watchDecoder(folder),
    await watchDecoder(folder, { atOnce: true, precision: 'f16' }),
  );
  await remove();
});

it.each([
  ['untied-head', 'f32'],
  ['t5-gated-untied', 'f16'],
  ['t5-own-answer-words', 'f16'],
] as const)("goes on by %s's weights in 4 bits as step by step, in %s", async (name, precision) => {
  const { folder, remove } = await folderOf(name);
  await quantiseCheckpoint(folder, { recipe: makeRecipe('int4', []) });
  const form = { weights: 'int4', integers: 'none', precision } as const;
  await sayTheSame(
    name,
    await watchDecoder(folder, form),
    await watchDecoder(folder, { ...form, atOnce: true }),
  );
  await remove();
});

/** Each answer of the latter takes one run. Closes both. */
async function sayTheSame(name: string, stepwise: WatchedDecoder, atOnce: WatchedDecoder): Promise<void> {
  const features = featuresFor(name, stepwise);
  for (const prompt of ['', QUESTION, LONGER]) {
    const request = { features, prompt, maxNewTokens: 8, minNewTokens: 4, atOnce: true };
    const { result: expected } = await drain(stepwise.generate(request));
    const { result } = await drain(atOnce.generate(request));
    expect(result.tokens).toEqual(expected.tokens);
  }
  expect(atOnce.runs).toHaveLength(3);
  for (const { writer } of [stepwise, atOnce]) await writer.decoder.close();
}

/** The embedded checkpoint's own, or one made as its golden says. */
async function folderOf(name: string): Promise<{ folder: string; remove: () => Promise<void> }> {
  if (name === 'emoji') return { folder: EMOJI, remove: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'blipcord-at-once-'));
  await writeCheckpoint(folder, readGolden(name));
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

function featuresFor(name: string, { queryTokens }: WatchedDecoder): ImageFeatures {
  const width = featureWidth(name, queryTokens);
  return { queryTokens, width, data: numbers('one', queryTokens * width, [0, 1, 24]) };
}
