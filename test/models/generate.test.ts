// Generation with a scripted decoder: what ends an answer, and what it reports.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { GenerateRequest } from '../../models/backend.ts';
import { PromptTokenizer } from '../../models/checkpoint/tokenizer.ts';
import type { Decoder } from '../../models/decoder/decoder.ts';
import { NumberError } from '../../models/errors.ts';
import { generate } from '../../models/generation/generate.ts';
import { drain } from './support/drain.ts';
import { OPT_TOKENIZER } from './support/goldens.ts';

const BOS = 2;
const EOS = 202;
const VOCABULARY = 1200;
/** Logprob of a token with the score 1 where all others have 0. */
const CERTAINTY = 1 - Math.log(VOCABULARY - 1 + Math.E);
const readJson = (name: string) => JSON.parse(readFileSync(OPT_TOKENIZER + name, 'utf8'));
const tokenizer = new PromptTokenizer(
  { tokenizer: readJson('tokenizer.json'), config: readJson('tokenizer_config.json') },
  BOS,
);
const features = { data: new Float32Array(8), queryTokens: 2, width: 4 };
const idsOf = (text: string) => tokenizer.promptIds(text).slice(1);

/** Says these ids one after the other, and notes what it was fed. */
function scripted(ids: readonly number[]) {
  const fed: number[][] = [];
  const logits = (at: number) => new Float32Array(VOCABULARY).fill(0).fill(1, ids[at], (ids[at] ?? 0) + 1);
  const decoder: Decoder = {
    begin: () => ({
      prefill: async (_, prompt) => logits(fed.push([...prompt]) - 1),
      step: async (texts) => texts.map(({ id }) => logits(fed.push([id]) - 1)),
      end: () => {},
    }),
    context: (_, prompt) => prompt,
    close: async () => {},
  };
  return { decoder, fed };
}

/** Gives every text the same scores, of which those that are named aren't 0; then counts the steps. */
function stepwise(likely: readonly Readonly<Record<number, number>>[]) {
  let steps = 0;
  const next = async () => {
    const logits = new Float32Array(VOCABULARY);
    for (const [id, score] of Object.entries(likely[steps] ?? {})) logits[Number(id)] = score;
    return logits;
  };
  const step = async (texts: readonly unknown[]) => {
    steps++;
    return Promise.all(texts.map(next));
  };
  const decoder: Decoder = {
    begin: () => ({ prefill: next, step, end: () => {} }),
    context: () => [],
    close: async () => {},
  };
  return { decoder, steps: () => steps };
}

const run = (script: { readonly decoder: Decoder }, request: Partial<GenerateRequest>, eosTokenIds = [EOS]) =>
  generate(
    { decoder: script.decoder, tokenizer, eosTokenIds, maxPositions: 64, answerSharesWindow: true },
    { features, prompt: '', maxNewTokens: 20, ...request },
  );

describe('generate', () => {
  it('feeds BOS and the prompt, then each token, and ends at the EOS without it', async () => {
    const words = idsOf(' a rocket');
    const script = scripted([...words, EOS, 5]);
    const prompt = [BOS, ...idsOf('What is this?')];
    const { result, yielded } = await drain(run(script, { prompt: 'What is this?' }));
    expect(script.fed).toEqual([prompt, ...words.map((id) => [id])]);
    expect(result).toEqual({
      tokens: words,
      text: 'a rocket',
      promptTokens: 2 + prompt.length,
      finish: 'eos',
      logprob: expect.closeTo(3 * CERTAINTY),
    });
    expect(yielded.map(({ id }) => id)).toEqual(words);
    expect(yielded.map(({ logprob }) => logprob)).toEqual(words.map(() => expect.closeTo(CERTAINTY)));
  });

  it.each([[[7, 9]], [[9, 7]]])('ends at any of several EOS', async (ends) => {
    const { result } = await drain(run(scripted([50, 9, 60, 7]), {}, ends));
    expect(result).toMatchObject({ tokens: [50], finish: 'eos' });
  });

  it('gives an empty answer when the EOS comes at once', async () => {
    const { result, yielded } = await drain(run(scripted([EOS]), {}));
    expect(result).toMatchObject({ tokens: [], text: '', promptTokens: 3, finish: 'eos' });
    expect(yielded).toEqual([]);
  });

  it('makes at most maxNewTokens', async () => {
    const script = scripted([50, 51, 52, 53]);
    const { result } = await drain(run(script, { maxNewTokens: 2 }));
    expect(result).toMatchObject({ tokens: [50, 51], finish: 'length' });
    expect(script.fed).toHaveLength(2);
  });

  it.each([1, 3])('makes nothing where nothing is wanted, with %d beams', async (numBeams) => {
    const script = scripted([50, 51, 52, 53]);
    const { result } = await drain(run(script, { maxNewTokens: 0, numBeams }));
    expect(result).toMatchObject({ tokens: [], finish: 'length', logprob: 0 });
    expect(script.fed).toHaveLength(0);
  });

  it('yields texts that add up to the answer, also where a stop string was feared', async () => {
    const script = scripted([...idsOf(' the Quest'), EOS]);
    const { result, yielded } = await drain(run(script, { stop: ['Question:'] }));
    expect(result).toMatchObject({ text: 'the Quest', finish: 'eos' });
    expect(yielded.map(({ text }) => text).join('')).toBe('the Quest');
    expect(yielded.map(({ id }) => id)).toEqual(result.tokens);
  });

  it('reports the tokens of a stop string, but not its text', async () => {
    const ids = idsOf(' red. Question: And?');
    const { result, yielded } = await drain(run(scripted(ids), { stop: [' Question:'] }));
    expect(result.finish).toBe('stop');
    expect(result.text).toBe('red.');
    expect(result.tokens).toEqual(ids.slice(0, result.tokens.length));
    expect(tokenizer.decode(result.tokens)).toMatch(/Question:$/);
    expect(yielded.map(({ text }) => text).join('')).toBe('red.');
  });

  it('stops between tokens when it is aborted, with the reason', async () => {
    const controller = new AbortController();
    const script = scripted([50, 51, 52, 53]);
    const tokens = run(script, { signal: controller.signal });
    expect((await tokens.next()).done).toBe(false);
    controller.abort(new Error('the message was deleted'));
    await expect(tokens.next()).rejects.toThrow('the message was deleted');
    expect(script.fed).toHaveLength(1);
  });

  it('does not even begin when it is aborted before', async () => {
    const script = scripted([50]);
    const tokens = run(script, { signal: AbortSignal.abort(new Error('too late')) });
    await expect(tokens.next()).rejects.toThrow('too late');
    expect(script.fed).toHaveLength(0);
  });

  it('never asks for more positions than the decoder has', async () => {
    const script = scripted(Array.from({ length: 100 }, () => 50));
    const { result } = await drain(run(script, { maxNewTokens: 100 }));
    expect(result.promptTokens + result.tokens.length).toBe(64);
  });

  it('stops between steps of beams when it is aborted, before any token is yielded', async () => {
    const controller = new AbortController();
    const script = scripted(Array.from({ length: 100 }, () => 50));
    const { begin } = script.decoder;
    script.decoder.begin = () => {
      const decoding = begin();
      const step: typeof decoding.step = async (beams) => {
        expect(beams).toHaveLength(3);
        controller.abort(new Error('the message was deleted'));
        return decoding.step(beams);
      };
      return { ...decoding, step };
    };
    const tokens = run(script, { numBeams: 3, signal: controller.signal });
    await expect(tokens.next()).rejects.toThrow('the message was deleted');
    expect(script.fed).toHaveLength(1 + 3);
  });

  it('draws the same answer with the same seed, and others with others', async () => {
    const flat = () => {
      const logits = async () => new Float32Array(VOCABULARY);
      const decoding = { prefill: logits, step: async () => [await logits()], end: () => {} };
      return { decoder: { begin: () => decoding, context: () => [], close: async () => {} }, fed: [] };
    };
    const answer = async (seed?: number) =>
      (await drain(run(flat(), { maxNewTokens: 8, ...(seed !== undefined && { seed }) }))).result.tokens;
    expect(await answer(11)).toEqual(await answer(11));
    expect(await answer(12)).not.toEqual(await answer(11));
    expect(new Set(await answer(11)).size).toBeGreaterThan(5);
  });

  it.each([1, 3])('says so when penalties forbid every token, with %d beams', async (numBeams) => {
    const decoder: Decoder = {
      ...scripted([]).decoder,
      context: () => Array.from({ length: VOCABULARY }, (_, id) => id),
    };
    const tokens = generate(
      { decoder, tokenizer, eosTokenIds: [EOS], maxPositions: 64, answerSharesWindow: true },
      { features, prompt: '', maxNewTokens: 4, noRepeatNgramSize: 1, numBeams },
    );
    await expect(tokens.next()).rejects.toThrow(/noRepeatNgramSize and minNewTokens forbid every token/);
  });

  it('refuses an option out of its range before it begins', async () => {
    const script = scripted([50]);
    await expect(run(script, { topP: 2 }).next()).rejects.toThrow('topP is 2.');
    expect(script.fed).toHaveLength(0);
  });

  it('refuses a prompt that leaves no room for an answer', async () => {
    const tokens = run(scripted([50]), { prompt: 'a'.repeat(200) });
    await expect(tokens.next()).rejects.toThrow(/take \d+ tokens, but the decoder has 64 positions/);
  });

  it("bounds the prompt alone where the answer doesn't share its window", async () => {
    const writer = { tokenizer, eosTokenIds: [EOS], maxPositions: 64, answerSharesWindow: false };
    const { decoder } = scripted(Array.from({ length: 100 }, () => 50));
    const answer = (prompt: string) =>
      drain(generate({ ...writer, decoder }, { features, prompt, maxNewTokens: 90 }));
    const rows = (count: number) => ' a'.repeat(count - 3); // two of the picture, and the BOS
    const { result } = await answer(rows(64));
    expect(result.promptTokens).toBe(64);
    expect(result.tokens).toHaveLength(90);
    await expect(answer(rows(65))).rejects.toThrow(
      'The picture and the prompt take 65 tokens, but the encoder reads at most 64. Shorten the prompt.',
    );
  });

  it('yields what all beams agree on before the search is over', async () => {
    // The first token is sure, of the second there are two, and the third is sure again.
    const script = stepwise([{ 50: 40 }, { 60: 20, 61: 19 }, { 70: 40 }, { 71: 40 }]);
    const tokens = run(script, { numBeams: 2, maxNewTokens: 4 });
    expect(await tokens.next()).toMatchObject({ done: false, value: { id: 50 } });
    expect(script.steps()).toBe(1);
    const { yielded, result } = await drain(tokens);
    expect(yielded.map(({ id }) => id)).toEqual([60, 70, 71]);
    expect(result.tokens).toEqual([50, 60, 70, 71]);
    expect(script.steps()).toBe(3);
  });

  it.each([false, 'never'] as const)(
    'searches on where short answers are favoured and a beam is still better, with earlyStopping %s',
    async (earlyStopping) => {
      // An end is unlikely after no token and after one, so that there are two answers when the best is still open.
      const script = stepwise([{ 50: 20, [EOS]: 17 }, { 60: 20, [EOS]: 18 }, { [EOS]: 40 }]);
      const request = { numBeams: 2, lengthPenalty: -1, maxNewTokens: 40, earlyStopping };
      expect((await drain(run(script, request))).result.tokens).toEqual([50, 60]);
    },
  );

  it('says so when the numbers are broken', async () => {
    const decoder: Decoder = {
      begin: () => {
        const broken = async () => new Float32Array(VOCABULARY).fill(Number.NaN);
        return { prefill: broken, step: async () => [await broken()], end: () => {} };
      },
      context: (_, prompt) => prompt,
      close: async () => {},
    };
    const tokens = generate(
      { decoder, tokenizer, eosTokenIds: [], maxPositions: 64, answerSharesWindow: true },
      { features, prompt: '', maxNewTokens: 1 },
    );
    await expect(tokens.next()).rejects.toThrow(NumberError);
  });
});
