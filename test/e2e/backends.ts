// The embedded model in its worker, and wrappers that watch it or change what it says.
import { fileURLToPath } from 'node:url';
import type {
  Backend,
  GeneratedToken,
  GenerateRequest,
  Generation,
  ImageFeatures,
} from '../../models/backend.ts';
import { WorkerBackend } from '../../models/worker-backend.ts';

export function openEmoji(): Promise<Backend> {
  const folder = fileURLToPath(new URL('../../models/emoji', import.meta.url));
  return WorkerBackend.open({ folder, device: 'cpu' });
}

export interface Decoded {
  readonly prompt: string;
  /** What follows the query tokens in the decoder: BOS and the prompt. */
  readonly ids: readonly number[];
  readonly features: ImageFeatures;
}

export interface WatchedBackend extends Backend {
  /** What reached the decoder, in order. */
  readonly decoded: Decoded[];
}

export function watch(backend: Backend): WatchedBackend {
  const decoded: Decoded[] = [];
  const watched = change(backend, (request) => {
    decoded.push({
      prompt: request.prompt,
      ids: backend.promptIds(request.prompt),
      features: request.features,
    });
    return backend.generate(request);
  });
  return Object.assign(watched, { decoded });
}

/** The real model, but it says this. */
export function saying(
  backend: Backend,
  say: (request: GenerateRequest) => string | Promise<string>,
): Backend {
  return change(backend, async function* (request): AsyncGenerator<GeneratedToken, Generation, void> {
    const text = await say(request);
    yield { id: 0, text, logprob: 0 };
    const promptTokens = backend.countPromptTokens(request.prompt);
    return { tokens: [0], text, promptTokens, finish: 'eos', logprob: 0 };
  });
}

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
