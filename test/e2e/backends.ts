// The embedded model in its worker, and wrappers that watch it or change what it says.
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type {
  Backend,
  GeneratedToken,
  GenerateRequest,
  Generation,
  ImageFeatures,
} from '../../models/backend.ts';
import { WorkerBackend } from '../../models/worker-backend.ts';
import { deferred } from '../support/deferred.ts';

/** To be waited for at the beginning of a test file, which closes it. */
export async function emojiForFile(): Promise<Backend> {
  const backend = await openEmoji();
  afterAll(() => backend.close());
  return backend;
}

export function openEmoji(): Promise<Backend> {
  const folder = fileURLToPath(new URL('../../models/emoji', import.meta.url));
  return WorkerBackend.open({ folder, device: 'cpu' });
}

export interface Decoded {
  readonly prompt: string;
  /** What follows the query tokens in the decoder: BOS and the prompt. */
  readonly ids: readonly number[];
  readonly features: ImageFeatures;
  /** What it said, so far. */
  readonly tokens: readonly GeneratedToken[];
}

export interface WatchedBackend extends Backend {
  /** What reached the decoder, in order. */
  readonly decoded: Decoded[];
}

export function watch(backend: Backend): WatchedBackend {
  const decoded: Decoded[] = [];
  const watched = change(backend, (request) => {
    const { prompt, features } = request;
    const tokens: GeneratedToken[] = [];
    decoded.push({ prompt, ids: backend.promptIds(prompt), features, tokens });
    return recordTokens(backend.generate(request), tokens);
  });
  return Object.assign(watched, { decoded });
}

async function* recordTokens(
  answer: AsyncGenerator<GeneratedToken, Generation, void>,
  tokens: GeneratedToken[],
): AsyncGenerator<GeneratedToken, Generation, void> {
  try {
    let next = await answer.next();
    for (; !next.done; next = await answer.next()) {
      tokens.push(next.value);
      yield next.value;
    }
    return next.value;
  } finally {
    await answer.return(undefined as never); // for a reader who stopped reading
  }
}

/** The real model, but it says this, with so much probability. */
export function saying(
  backend: Backend,
  say: (request: GenerateRequest) => string | Promise<string>,
  logprob = 0,
): Backend {
  return change(backend, async function* (request): AsyncGenerator<GeneratedToken, Generation, void> {
    const text = await say(request);
    yield { id: 0, text, logprob };
    const promptTokens = backend.countPromptTokens(request.prompt);
    return { tokens: [0], text, promptTokens, finish: 'eos', logprob };
  });
}

export interface Dictated extends Backend {
  /** Says a piece more, in the answer that is being made or the next one. */
  say(piece: string): void;
  /** Ends that answer; with an error, as a failure. */
  end(error?: Error): void;
  /** Says a whole answer. */
  answer(text: string): void;
}

/** The real model, but it says what it is told to, when it is told to. */
export function dictated(backend: Backend): Dictated {
  const pieces: (string | Error | undefined)[] = [];
  let wake = () => {};
  const next = async (signal: AbortSignal | undefined) => {
    while (pieces.length === 0) {
      await new Promise<void>((resolve, reject) => {
        wake = resolve;
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    }
    return pieces.shift();
  };
  const add = (piece: string | Error | undefined) => {
    pieces.push(piece);
    wake();
  };
  const slow = change(backend, async function* (request): AsyncGenerator<GeneratedToken, Generation, void> {
    let text = '';
    for (;;) {
      const piece = await next(request.signal);
      if (piece instanceof Error) throw piece;
      if (piece === undefined) break;
      text += piece;
      yield { id: 0, text: piece, logprob: 0 };
    }
    const promptTokens = backend.countPromptTokens(request.prompt);
    return { tokens: [0], text: text.trim(), promptTokens, finish: 'eos', logprob: 0 };
  });
  const answer = (text: string) => {
    add(text);
    add(undefined);
  };
  return Object.assign(slow, { say: add, end: add, answer });
}

export interface Stepwise extends Backend {
  /** Lets it say so many tokens more, at most to the end of the answer; without end, whatever it is asked. */
  step(tokens: number): void;
}

/** The real model and its own words, but each of them when it is let. */
export function stepwise(backend: Backend): Stepwise {
  let allowed = 0;
  let wake = () => {};
  const turn = async (signal: AbortSignal | undefined) => {
    while (allowed === 0) {
      await new Promise<void>((resolve, reject) => {
        wake = resolve;
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    }
    allowed -= 1;
  };
  const slow = change(backend, async function* (request): AsyncGenerator<GeneratedToken, Generation, void> {
    const answer = backend.generate(request);
    for (;;) {
      await turn(request.signal);
      const next = await answer.next();
      if (next.done) {
        if (allowed !== Number.POSITIVE_INFINITY) allowed = 0;
        return next.value;
      }
      yield next.value;
    }
  });
  const step = (tokens: number) => {
    allowed += tokens;
    wake();
  };
  return Object.assign(slow, { step });
}

export interface Held extends Backend {
  /** It was asked something that it waits with. */
  readonly asked: Promise<void>;
  letGo(): void;
}

/** The real model, but with some of what it is asked it waits until it is let go, or called off. */
export function held(backend: Backend, isHeld: (request: GenerateRequest) => boolean): Held {
  const asked = deferred();
  const thinking = deferred();
  const slow = change(backend, async function* (request) {
    if (isHeld(request)) {
      asked.resolve();
      await Promise.race([thinking.promise, aborted(request.signal)]);
    }
    return yield* backend.generate(request);
  });
  return Object.assign(slow, { asked: asked.promise, letGo: thinking.resolve });
}

const aborted = (signal: AbortSignal | undefined) =>
  new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

function change(backend: Backend, generate: Backend['generate']): Backend {
  return {
    info: backend.info,
    countPromptTokens: (prompt) => backend.countPromptTokens(prompt),
    promptIds: (prompt) => backend.promptIds(prompt),
    encodeImage: (image, options) => backend.encodeImage(image, options),
    generate,
    close: () => backend.close(),
  };
}
