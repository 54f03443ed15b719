// What every Backend promises, asked of the embedded checkpoint on pictures whose right answers are known.
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend, GenerateRequest, ImageFeatures } from '../../models/backend.ts';
import { ImageError, ModelError, RequestError } from '../../models/errors.ts';
import { drain } from './support/drain.ts';

/** A dog on blue at the left, a pizza on yellow at the right. */
export const DOG_AND_PIZZA = readFileSync(new URL('../fixtures/scene1.png', import.meta.url));
/** A rocket on red. */
export const ROCKET = readFileSync(new URL('../fixtures/scene3.png', import.meta.url));

export const ask = (question: string) => `Question: ${question} Answer:`;
/** What takes a while: spread it into a request. */
export const LONG = { prompt: ' a'.repeat(200), minNewTokens: 60, maxNewTokens: 100 };
/** Of the features of a picture, and of the decoder. */
const WIDTH = 192;

export function describeBackend(name: string, open: () => Promise<Backend>): void {
  describe(name, () => {
    let backend: Backend;
    let scene: ImageFeatures;
    let rocket: ImageFeatures;
    beforeAll(async () => {
      backend = await open();
      scene = await backend.encodeImage(DOG_AND_PIZZA);
      rocket = await backend.encodeImage(ROCKET);
    });
    afterAll(() => backend.close());

    const answer = async (features: ImageFeatures, prompt: string, more: Partial<GenerateRequest> = {}) =>
      (await drain(backend.generate({ features, prompt, maxNewTokens: 100, ...more }))).result;

    it('tells what it is', () => {
      expect(backend.info).toMatchObject({
        name: 'emoji',
        device: { device: 'cpu', precision: 'f32' },
        queryTokens: 16,
        decoderWidth: WIDTH,
        maxPositions: 1024,
      });
      expect(rocket).toMatchObject({ queryTokens: 16, width: WIDTH });
      expect(rocket.data).toHaveLength(16 * WIDTH);
    });

    it.each([
      ['', 'a rocket on a red background'],
      [ask('What is this?'), 'a rocket'],
      [ask('What color is the background?'), 'red'],
      [ask('Is there a rocket?'), 'yes'],
      [ask('Is there a car?'), 'no'],
      [`${ask('What is this?')} a rocket. ${ask('Where is it?')}`, 'the rocket is in the center'],
      [`${ask('What is this?')} a rocket. ${ask('What color is behind it?')}`, 'behind the rocket is red'],
    ])('answers %j with %j', async (prompt, text) => {
      expect((await answer(rocket, prompt)).text).toBe(text);
    });

    it('keeps two pictures apart', async () => {
      expect((await answer(scene, ask('What color is the background?'))).text).toBe('blue and yellow');
      expect((await answer(rocket, ask('What color is the background?'))).text).toBe('red');
    });

    it('counts query tokens, BOS and prompt, as the generation then does', async () => {
      expect(backend.promptIds('')).toEqual([2]);
      expect(backend.countPromptTokens('')).toBe(17);
      const prompt = ask('What is this?');
      expect(backend.promptIds(prompt)[0]).toBe(2);
      expect(backend.countPromptTokens(prompt)).toBe(16 + backend.promptIds(prompt).length);
      expect((await answer(rocket, prompt)).promptTokens).toBe(backend.countPromptTokens(prompt));
    });

    it.each([NaN, 0, -1, 'x'])('refuses the deadline %o', async (given) => {
      const deadlineMs = given as number;
      const refusal = new RequestError(
        `deadlineMs is ${inspect(given)}. Use a number of milliseconds above 0.`,
      );
      await expect(backend.encodeImage(ROCKET, { deadlineMs })).rejects.toThrow(refusal);
      await expect(answer(rocket, '', { deadlineMs })).rejects.toThrow(refusal);
    });

    it.each([Infinity, Number.MAX_SAFE_INTEGER, 2 ** 31 - 1, 30 * 24 * 3_600_000])(
      'waits as long as it takes for the deadline %d',
      async (deadlineMs) => {
        const features = await backend.encodeImage(ROCKET, { deadlineMs });
        expect((await answer(features, ask('What is this?'), { deadlineMs })).text).toBe('a rocket');
      },
    );

    it('yields tokens whose texts add up to the answer', async () => {
      const { yielded, result } = await drain(
        backend.generate({ features: scene, prompt: '', maxNewTokens: 40 }),
      );
      expect(result.finish).toBe('eos');
      expect(yielded.map(({ id }) => id)).toEqual(result.tokens);
      expect(yielded.map(({ text }) => text).join('')).toBe(result.text);
      expect(yielded.length).toBeGreaterThan(4);
    });

    it('ends before a stop string', async () => {
      const { yielded, result } = await drain(
        backend.generate({ features: rocket, prompt: '', maxNewTokens: 40, stop: ['a blue', ' on a red'] }),
      );
      expect(result).toMatchObject({ text: 'a rocket', finish: 'stop' });
      expect(yielded.map(({ text }) => text).join('')).toBe('a rocket');
    });

    it('makes at most maxNewTokens', async () => {
      const whole = await answer(rocket, '');
      const result = await answer(rocket, '', { maxNewTokens: 2 });
      expect(result.finish).toBe('length');
      expect(result.tokens).toEqual(whole.tokens.slice(0, 2));
    });

    it('searches with beams, and says how sure it is', async () => {
      const { yielded, result } = await drain(
        backend.generate({ features: scene, prompt: '', maxNewTokens: 40, numBeams: 5, lengthPenalty: -1 }),
      );
      expect(result.text).toBe('a pizza and a dog on a blue and yellow background');
      expect(yielded.map(({ text }) => text).join('')).toBe(result.text);
      const told = yielded.reduce((sum, { logprob }) => sum + logprob, 0);
      expect(result.logprob).toBeLessThan(told); // by the EOS
      expect(result.logprob).toBeGreaterThan(-3);
    });

    it('draws the same answer with the same seed', async () => {
      const drawn = async (seed: number) =>
        (await answer(scene, '', { temperature: 3, seed, topK: 200, maxNewTokens: 12 })).tokens;
      expect(await drawn(4)).toEqual(await drawn(4));
      expect(await drawn(5)).not.toEqual(await drawn(4));
    });

    it('refuses options that contradict each other with a RequestError', async () => {
      const error = await answer(rocket, '', { numBeams: 2, seed: 1 }).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(RequestError);
      expect(error).toMatchObject({
        name: 'RequestError',
        message: expect.stringMatching(/^numBeams searches/),
      });
    });

    it.each([[{ maxNewTokens: Number.NaN }], [{ prompt: undefined }], [{ stop: 'dog' }]])(
      'refuses a request with %j with a RequestError',
      async (wrong) => {
        await expect(answer(rocket, '', wrong as Partial<GenerateRequest>)).rejects.toThrow(RequestError);
      },
    );

    it.each([
      ['of another width', { data: new Float32Array(16 * 10), queryTokens: 16, width: 10 }],
      ['of other rows', { data: new Float32Array(5 * WIDTH), queryTokens: 5, width: WIDTH }],
      ['with fewer numbers than they claim', { data: new Float32Array(7), queryTokens: 16, width: WIDTH }],
      ['that are absent', undefined as unknown as ImageFeatures],
    ])('refuses features %s with a RequestError', async (_, features) => {
      const refusal = expect(answer(features, '')).rejects;
      await refusal.toThrow(RequestError);
      await refusal.toThrow(/emoji reads \(16, 192\)\. Encode the picture with this model\./);
    });

    it.each([Number.NaN, -Infinity])('refuses features of %d with a RequestError', async (number) => {
      const refusal = expect(answer({ ...rocket, data: rocket.data.map(() => number) }, '')).rejects;
      await refusal.toThrow(RequestError);
      await refusal.toThrow(
        `features holds ${number}, no finite number. Encode the picture with this model.`,
      );
    });

    it('takes views into larger buffers', async () => {
      const padded = Buffer.concat([Buffer.alloc(7), ROCKET, Buffer.alloc(9)]);
      const { data } = await backend.encodeImage(padded.subarray(7, -9));
      expect(data).toEqual(rocket.data);
      const wide = new Float32Array(data.length + 5);
      wide.set(data, 3);
      const features = { ...rocket, data: wide.subarray(3, 3 + data.length) };
      expect((await answer(features, '')).text).toBe('a rocket on a red background');
    });

    it('leaves the image and the features to the caller', async () => {
      const image = Uint8Array.from(ROCKET);
      const features = await backend.encodeImage(image);
      await answer(features, '');
      expect(image).toEqual(Uint8Array.from(ROCKET));
      expect(features.data).toEqual(rocket.data);
    });

    it('refuses a broken image with an ImageError and goes on', async () => {
      const error = await backend.encodeImage(ROCKET.subarray(0, 5000)).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(ImageError);
      expect(error).toMatchObject({
        name: 'ImageError',
        message: expect.stringMatching(/^The image claims to be PNG but is broken or incomplete\./),
        cause: expect.any(Error),
      });
      expect((await backend.encodeImage(ROCKET)).data).toEqual(rocket.data);
    });

    it('gives each of many concurrent requests its own answer', async () => {
      const questions = [
        [rocket, 'What is this?', 'a rocket'],
        [scene, 'What color is the background?', 'blue and yellow'],
        [rocket, 'What color is the background?', 'red'],
        [scene, 'Is there a dog?', 'yes'],
        [rocket, 'Is there a dog?', 'no'],
      ] as const;
      const [image, ...answers] = await Promise.all([
        backend.encodeImage(DOG_AND_PIZZA),
        ...questions.map(([features, question]) => answer(features, ask(question))),
      ]);
      expect(image.data).toEqual(scene.data);
      expect(answers.map(({ text }) => text)).toEqual(questions.map(([, , text]) => text));
    });

    it('encodes an image while a long answer is being made', async () => {
      const events: string[] = [];
      const long = answer(scene, LONG.prompt, LONG).then(({ tokens }) => {
        expect(tokens.length).toBeGreaterThan(50);
        events.push('long answer');
      });
      const image = backend.encodeImage(ROCKET).then(() => events.push('image'));
      await Promise.all([long, image]);
      expect(events).toEqual(['image', 'long answer']);
    });

    it('throws the reason of a signal that aborted before', async () => {
      const reason = new Error('too late');
      const signal = AbortSignal.abort(reason);
      await expect(backend.encodeImage(ROCKET, { signal })).rejects.toBe(reason);
      await expect(answer(rocket, '', { signal })).rejects.toBe(reason);
    });

    it('stops at the next token when the signal aborts, and stays usable', async () => {
      const controller = new AbortController();
      const reason = new Error('enough');
      const tokens = backend.generate({
        features: scene,
        ...LONG,
        signal: controller.signal,
      });
      expect((await tokens.next()).done).toBe(false);
      controller.abort(reason);
      await expect(tokens.next()).rejects.toBe(reason);
      expect((await answer(rocket, ask('What is this?'))).text).toBe('a rocket');
    });

    it('stays usable when a listener leaves early', async () => {
      for (let times = 0; times < 5; times++) {
        for await (const token of backend.generate({
          features: scene,
          ...LONG,
        })) {
          expect(token.id).toBeGreaterThan(0);
          break;
        }
      }
      expect((await answer(rocket, ask('What is this?'))).text).toBe('a rocket');
    });

    it('refuses a prompt that leaves no room for an answer, with the numbers', async () => {
      await expect(answer(rocket, ' a'.repeat(1100))).rejects.toThrow(/1024 positions/);
    });

    it('closes quietly more than once, and throws a ModelError when it is used afterwards', async () => {
      const closed = await open();
      const request = { features: scene, ...LONG };
      const underWay = closed.generate(request);
      expect((await underWay.next()).done).toBe(false);
      await Promise.all([closed.close(), closed.close()]);
      await closed.close();
      await expect(drain(underWay)).rejects.toThrow(ModelError);
      await expect(closed.encodeImage(ROCKET)).rejects.toThrow(ModelError);
      await expect(drain(closed.generate(request))).rejects.toThrow(/The model is closed. Open it again/);
      expect(closed.promptIds('')).toEqual([2]);
    });
  });
}
