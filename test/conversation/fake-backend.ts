// A Backend without a model: it tokenises with an OPT tokenizer, says what it is told to, and
// keeps every request.
import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import type {
  Backend,
  GenerateRequest,
  Generation,
  ImageFeatures,
  RequestOptions,
} from '../../models/backend.ts';

export interface FakeBackendOptions {
  readonly queryTokens?: number;
  readonly maxPositions?: number;
  readonly answerSharesWindow?: boolean;
  readonly fingerprint?: string;
  /** The answer to a request; a rejection is the model's failure. */
  readonly say?: (request: GenerateRequest) => string | Promise<string>;
}

export interface FakeBackend extends Backend {
  readonly requests: GenerateRequest[];
  readonly encoded: Uint8Array[];
  /** How each of them was waited for. */
  readonly waited: RequestOptions[];
}

export function fakeBackend(options: FakeBackendOptions = {}): FakeBackend {
  const { queryTokens = 16, maxPositions = 1024, answerSharesWindow = true } = options;
  const { fingerprint = 'fake', say = () => 'a torch' } = options;
  const tokenizer = optTokenizer();
  const promptIds = (prompt: string) => tokenizer.encode(prompt).ids;
  const countPromptTokens = (prompt: string) => queryTokens + promptIds(prompt).length;
  const requests: GenerateRequest[] = [];
  const encoded: Uint8Array[] = [];
  const waited: RequestOptions[] = [];
  return {
    requests,
    encoded,
    waited,
    info: {
      name: 'fake',
      folder: 'fake',
      fingerprint,
      device: { device: 'cpu', precision: 'f32', fallbacks: [] },
      queryTokens,
      decoderWidth: 4,
      maxPositions,
      answerSharesWindow,
      maxNewTokens: 40,
    },
    promptIds,
    countPromptTokens,
    async encodeImage(image, options = {}) {
      waited.push(options);
      options.onProgress?.({ stage: 'working' });
      await nextTick();
      encoded.push(image);
      return featuresOf(image, queryTokens);
    },
    async *generate(request) {
      requests.push(request);
      request.onProgress?.({ stage: 'working' });
      const text = await say(request);
      const tokens = tokenizer.encode(text, { add_special_tokens: false }).ids;
      for (const id of tokens) {
        await nextTick();
        request.signal?.throwIfAborted();
        yield { id, text: tokenizer.decode([id]), logprob: -1 };
      }
      const generation: Generation = {
        tokens,
        text: text.trim(),
        promptTokens: countPromptTokens(request.prompt),
        finish: 'eos',
        logprob: -tokens.length,
      };
      return generation;
    },
    close: async () => {},
  };
}

/** (queryTokens, 4): tells images apart by their first byte. */
export function featuresOf(image: Uint8Array, queryTokens = 16): ImageFeatures {
  return { queryTokens, width: 4, data: new Float32Array(queryTokens * 4).fill((image[0] ?? 0) / 3) };
}

export function optTokenizer(): Tokenizer {
  const read = (file: string) =>
    JSON.parse(readFileSync(new URL(`../goldens/opt-tokenizer/${file}`, import.meta.url), 'utf8'));
  return new Tokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
}

function nextTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
