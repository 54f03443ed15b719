// How long a call to the chat model may take, how many are under way at once, and what becomes of those there is no room for.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Blip2ChatModel, type Blip2ChatModelFields } from '../../conversation/chat-model.ts';
import { FeatureCache } from '../../conversation/features.ts';
import { BusyError, ImageError } from '../../models/errors.ts';
import { problem } from '../../models/problems.ts';
import { about, image } from './about-image.ts';
import { type FakeBackend, fakeBackend } from './fake-backend.ts';

const full = new BusyError(problem('busy', { count: 8, waiting: 64, wait: { amount: 5, unit: 'second' } }));
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Looks at a picture for so long. */
function slowEncoder(ms: number): FakeBackend {
  const backend = fakeBackend();
  const { encodeImage } = backend;
  backend.encodeImage = async (...args) => {
    await wait(ms);
    return encodeImage(...args);
  };
  return backend;
}

describe('the time that a call may take', () => {
  it('counts while its image is fetched', async () => {
    const model = new Blip2ChatModel({ backend: fakeBackend(), fetchImage: () => new Promise(() => {}) });
    const call = model.invoke(about('What?', { type: 'image', url: 'https://example.org/a.png' }), {
      deadlineMs: 20,
    });
    await expect(call).rejects.toThrow('could not answer within 20 milliseconds');
    await expect(call).rejects.toBeInstanceOf(BusyError);
  });

  it('is what is left of it when the model begins to write', async () => {
    const backend = slowEncoder(60);
    await new Blip2ChatModel({ backend }).invoke(about('What?'), { deadlineMs: 10_000 });
    expect(backend.requests[0]?.deadlineMs).toBeGreaterThan(1_000);
    expect(backend.requests[0]?.deadlineMs).toBeLessThanOrEqual(9_945);
  });

  it('is over for one who asks about a picture, and not for another who asks about the same', async () => {
    const backend = slowEncoder(60);
    const model = new Blip2ChatModel({ backend });
    const hasty = model.invoke(about('one'), { deadlineMs: 10 });
    const patient = model.invoke(about('two'));
    await expect(hasty).rejects.toBeInstanceOf(BusyError);
    expect((await patient).text).toBe('a torch');
    expect(backend.encoded).toHaveLength(1);
  });

  it('is a number of milliseconds', async () => {
    const call = new Blip2ChatModel({ backend: fakeBackend() }).invoke(about('What?'), { deadlineMs: -1 });
    await expect(call).rejects.toThrow('deadlineMs is -1. Use a number of milliseconds above 0.');
  });
});

describe('a backend without room', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Refuses so many times. */
  function refusing(times: number, fields: Partial<Blip2ChatModelFields> = {}) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance'] });
    let left = times;
    const backend = fakeBackend({
      say() {
        if (left-- > 0) throw full;
        return 'yes';
      },
    });
    return { backend, model: new Blip2ChatModel({ backend, ...fields }) };
  }

  it('is asked again after a while, by calls and by streams', async () => {
    const { backend, model } = refusing(2);
    const answer = model.invoke(about('What?'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await answer).text).toBe('yes');
    expect(backend.requests).toHaveLength(3);
    const streaming = refusing(1);
    const stream = streaming.model.stream(about('What?'));
    await vi.advanceTimersByTimeAsync(10_000);
    let text = '';
    vi.useRealTimers();
    for await (const chunk of await stream) text += chunk.text;
    expect(text).toBe('yes');
  });

  it('is asked no more often than is allowed', async () => {
    const { backend, model } = refusing(2, { maxRetries: 0 });
    const refused = expect(model.invoke(about('What?'))).rejects.toBe(full);
    await vi.advanceTimersByTimeAsync(10_000);
    await refused;
    expect(backend.requests).toHaveLength(1);
  });

  it('is waited for no longer than the call may take, or its caller waits', async () => {
    const hasty = refusing(9);
    const late = hasty.model.invoke(about('What?'), { deadlineMs: 200 });
    const isLate = expect(late).rejects.toThrow('could not answer within 200 milliseconds');
    await vi.advanceTimersByTimeAsync(300);
    await isLate;
    const { backend, model } = refusing(9);
    const leaving = new AbortController();
    const left = model.invoke(about('What?'), { signal: leaving.signal });
    const hasLeft = expect(left).rejects.toThrow(/abort/i);
    await vi.advanceTimersByTimeAsync(100);
    leaving.abort();
    await hasLeft;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(backend.requests).toHaveLength(1);
  });

  it('gives up its place while it waits to be asked again', async () => {
    const { backend, model } = refusing(1, { maxConcurrency: 1 });
    const refused = model.invoke(about('one'));
    await vi.advanceTimersByTimeAsync(100);
    const other = model.invoke(about('two'));
    await vi.advanceTimersByTimeAsync(100);
    expect((await other).text).toBe('yes');
    expect(backend.requests).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await refused).text).toBe('yes');
  });

  it('is asked again without fetching the picture again', async () => {
    const fetchImage = vi.fn(async () => image);
    const { model } = refusing(2, { fetchImage });
    const answer = model.invoke(about('What?', { type: 'image', url: 'https://example.org/a.png' }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await answer).text).toBe('yes');
    expect(fetchImage).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['another mistake', new ImageError(problem('fileNoImage'))],
    [
      'being late',
      new BusyError(problem('tooBusy', { limit: 'a minute', wait: { amount: 5, unit: 'second' } })),
    ],
  ])('is asked again for nothing but that: not after %s', async (_, error) => {
    const backend = fakeBackend({ say: () => Promise.reject(error) });
    await expect(new Blip2ChatModel({ backend }).invoke(about('What?'))).rejects.toBe(error);
    expect(backend.requests).toHaveLength(1);
  });
});

describe('no more at once than the model was made for', () => {
  let [atOnce, most] = [0, 0];
  const backend = fakeBackend();
  const { generate } = backend;
  backend.generate = async function* (request) {
    most = Math.max(most, ++atOnce);
    try {
      await wait(5);
      return yield* generate(request);
    } finally {
      atOnce--;
    }
  };
  const model = new Blip2ChatModel({ backend, maxConcurrency: 2 });
  const words = ['one', 'two', 'three', 'four', 'five'];

  beforeEach(() => {
    most = 0;
  });

  it('are called', async () => {
    await model.batch(words.map((word) => about(word)));
    expect(most).toBe(2);
  });

  it('are streamed, those included that are read slowly or left early', async () => {
    const read = async (word: string) => {
      for await (const { text } of await model.stream(about(word))) {
        await wait(5);
        if (word === 'two' && text !== '') break;
      }
    };
    await Promise.all(words.map(read));
    expect(most).toBe(2);
  });
});

it('ends a call at once whose caller had gone before, whatever comes before it', async () => {
  const model = new Blip2ChatModel({ backend: slowEncoder(200), maxConcurrency: 1 });
  const before = model.invoke(about('one'));
  const since = performance.now();
  const gone = model.invoke(about('two'), { signal: AbortSignal.abort(new Error('gone')) });
  await expect(gone).rejects.toThrow();
  expect(performance.now() - since).toBeLessThan(150);
  await before;
});

it('leaves no timer behind of a call that was aborted while it was answered', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));
    const slow = fakeBackend({
      async say({ signal }) {
        while (!signal?.aborted) await turnOfTheLoop();
        await turnOfTheLoop(); // a model hears of it between two steps
        throw signal.reason;
      },
    });
    const leaving = new AbortController();
    const model = new Blip2ChatModel({ backend: slow });
    const call = model.invoke(about('What?'), { deadlineMs: 60_000, signal: leaving.signal });
    while (slow.requests.length === 0) await turnOfTheLoop();
    leaving.abort();
    await expect(call).rejects.toThrow();
    for (let turn = 0; turn < 5; turn++) await turnOfTheLoop();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

it('answers about pictures of which memory holds none', async () => {
  const backend = fakeBackend();
  const model = new Blip2ChatModel({ backend, features: new FeatureCache({ backend, maxMemoryBytes: 8 }) });
  const answers = await model.batch([about('one'), about('two')]);
  expect(answers.map(({ text }) => text)).toEqual(['a torch', 'a torch']);
});
