// Many answers at once: the same tokens as alone, in runs that they share.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GenerateRequest, ImageFeatures } from '../../models/backend.ts';
import { type Drained, drain } from './support/drain.ts';
import { numbers } from './support/formula.ts';
import { EMOJI, featureWidth, readGolden, writeCheckpoint } from './support/goldens.ts';
import { type WatchedDecoder, watchDecoder } from './support/watched-decoder.ts';

const QUESTION = 'Question: What is this? Answer:';
const LONGER = `${QUESTION} a rocket. Question: And what is next to it on the left? Answer:`;

/** Of all kinds, with prompts of different lengths. */
const VARIETY: readonly (Partial<GenerateRequest> & { readonly prompt: string })[] = [
  { prompt: QUESTION },
  { prompt: '' },
  { prompt: LONGER, maxNewTokens: 3 },
  { prompt: QUESTION, numBeams: 3 },
  { prompt: LONGER.repeat(4), repetitionPenalty: 1.5 },
  { prompt: 'a', numBeams: 5, lengthPenalty: -1, noRepeatNgramSize: 2 },
  { prompt: QUESTION, temperature: 2, topK: 50, seed: 3 },
  { prompt: LONGER, topP: 0.9, temperature: 1.5, seed: 4, minNewTokens: 6 },
  { prompt: 'this is a', stop: [' on', 'dog', 'the'] },
  { prompt: QUESTION, maxNewTokens: 1 },
  { prompt: '', numBeams: 2, minNewTokens: 5, repetitionPenalty: 1.2 },
];

describe.each([
  ['emoji', {}],
  ['emoji', { kept: 'inside' }],
  ['emoji', { atOnce: true }],
  ['untied-head', {}],
  ['post-norm-projected', {}],
  ['post-norm-projected', { kept: 'inside' }],
  ['t5-own-answer-words', {}],
  ['t5-own-answer-words', { kept: 'inside' }],
  ['t5-bf16-sharded', {}],
] as const)('at once with %s %j', (name, form) => {
  let folder: string;
  let model: WatchedDecoder;
  let features: ImageFeatures[];

  beforeAll(async () => {
    folder = name === 'emoji' ? EMOJI : await mkdtemp(join(tmpdir(), 'blipcord-batch-'));
    if (name !== 'emoji') await writeCheckpoint(folder, readGolden(name));
    model = await watchDecoder(folder, form);
    const { queryTokens } = model;
    const width = featureWidth(name, queryTokens);
    features = ['one', 'two', 'three'].map((picture) => {
      return { queryTokens, width, data: numbers(picture, queryTokens * width, [0, 1, 24]) };
    });
  });

  afterAll(async () => {
    await model.writer.decoder.close();
    if (name !== 'emoji') await rm(folder, { recursive: true });
  });

  beforeEach(() => {
    model.runs.length = 0;
    model.beforeRun = () => {};
  });

  const request = (at: number, more: Partial<GenerateRequest> = {}): GenerateRequest => ({
    features: features[at % 3] as ImageFeatures,
    maxNewTokens: 12,
    ...(VARIETY[at] as { prompt: string }),
    ...more,
  });
  const alone = async (count: number) => {
    const answers: Drained[] = [];
    for (let at = 0; at < count; at++) answers.push(await drain(model.generate(request(at))));
    return answers;
  };

  it('gives what each gives alone, whenever it joins and leaves', async () => {
    const expected = await alone(VARIETY.length);
    for (const turnsApart of [0, 3]) {
      const answers = VARIETY.map(async (_, at) => {
        for (let turn = 0; turn < at * turnsApart; turn++) await setImmediate();
        return drain(model.generate(request(at)));
      });
      for (const [at, { result, yielded }] of (await Promise.all(answers)).entries()) {
        const { result: wanted, yielded: tokens } = expected[at] as Drained;
        expect(result).toEqual({ ...wanted, logprob: expect.closeTo(wanted.logprob, 4) });
        expect(yielded.map(({ text }) => text)).toEqual(tokens.map(({ text }) => text));
      }
    }
    expect(new Set(expected.map(({ result }) => result.tokens.length)).size).toBeGreaterThan(2);
  });

  if ('kept' in form) {
    it('gives what it gives where keys and values lie outside', async () => {
      const answers = await alone(4);
      const outside = await watchDecoder(folder);
      for (const [at, { result }] of answers.entries()) {
        const { result: expected } = await drain(outside.generate(request(at)));
        expect(result).toEqual({ ...expected, logprob: expect.closeTo(expected.logprob, 4) });
      }
      await outside.writer.decoder.close();
    });
  }

  it('takes one run for all prompts of a length, and one for each step of all', async () => {
    const answers = [0, 1, 2, 3].map((at) =>
      drain(model.generate(request(0, { features: features[at % 3] as ImageFeatures, minNewTokens: 12 }))),
    );
    await Promise.all(answers);
    expect(model.runs.map(({ texts }) => texts)).toEqual(new Array(12).fill(4));
    expect(model.runs.slice(1).every(({ positions }) => positions === 1)).toBe(true);
  });

  it('has room for a whole answer from its beginning, so that no step copies what is there', async () => {
    await drain(model.generate(request(0, { maxNewTokens: 60, minNewTokens: 60 })));
    expect(model.runs).toHaveLength(60);
    const [first, ...steps] = model.runs.map(({ capacity }) => capacity);
    const room = new Set(steps);
    expect(room.size).toBe(1);
    // Nothing was seen before. In a device's memory the prompt is written into the room itself.
    expect(first).toBe('kept' in form ? [...room][0] : 1);
  });

  it('has logits copied out only for those whose tokens are not simply the likeliest', async () => {
    await drain(model.generate(request(0)));
    expect(model.runs.some(({ logits }) => logits)).toBe(false);
    await Promise.all([drain(model.generate(request(0))), drain(model.generate(request(6)))]);
    expect(model.runs.some(({ logits, texts }) => logits && texts > 1)).toBe(true);
  });

  it('frees the rows of one that is aborted, and leaves the others as they were', async () => {
    const [, expected] = await alone(2);
    model.runs.length = 0;
    const controller = new AbortController();
    const reason = new Error('the message was deleted');
    model.beforeRun = () => {
      if (model.runs.length === 3) controller.abort(reason);
    };
    const { signal } = controller;
    const gone = drain(model.generate(request(0, { numBeams: 3, signal, minNewTokens: 12 })));
    const stays = drain(model.generate(request(1, { minNewTokens: 8 })));
    await expect(gone).rejects.toBe(reason);
    const { result } = await stays;
    expect(result.tokens.slice(0, 3)).toEqual(expected?.result.tokens.slice(0, 3));
    const last = model.runs.slice(-4);
    expect(last.map(({ texts }) => texts)).toEqual([1, 1, 1, 1]);
  });

  it('waits for nobody who reads slowly', async () => {
    const [expected] = await alone(1);
    const slow = model.generate(request(0));
    await slow.next();
    const { result } = await drain(model.generate(request(1)));
    expect(result.promptTokens).toBeGreaterThan(0);
    const { result: late } = await drain(slow);
    expect(late).toEqual({ ...expected?.result, logprob: expect.closeTo(late.logprob, 4) });
  });

  it('frees the rows of one whose reader is gone', async () => {
    for await (const _ of model.generate(request(0, { minNewTokens: 9 }))) break;
    await setImmediate();
    model.runs.length = 0;
    await drain(model.generate(request(1)));
    expect(Math.max(...model.runs.map(({ texts }) => texts))).toBe(1);
  });

  it.each([1, 2])('fails all that failed run %d was for, and goes on with the next', async (failing) => {
    const [expected] = await alone(1);
    model.runs.length = 0;
    model.beforeRun = () => {
      if (model.runs.length === failing) throw new Error('out of memory');
    };
    const answers = [0, 0].map((at) => drain(model.generate(request(at, { minNewTokens: 4 }))));
    for (const answer of answers) await expect(answer).rejects.toThrow('out of memory');
    const { result } = await drain(model.generate(request(0)));
    expect(result).toEqual({ ...expected?.result, logprob: expect.closeTo(result.logprob, 4) });
    expect(model.runs.at(-1)?.texts).toBe(1);
  });
});
