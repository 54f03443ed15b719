// BLIP-2 as a LangChain chat model, so that the chain of a conversation is made of LangChain's own parts.
import type { CallbackManagerForLLMRun, Callbacks } from '@langchain/core/callbacks/manager';
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BaseChatModelParams,
  type LangSmithParams,
} from '@langchain/core/language_models/chat_models';
import type { ModelProfile } from '@langchain/core/language_models/profile';
import type { StandardMessageStructure } from '@langchain/core/messages';
import {
  AIMessage,
  AIMessageChunk,
  type BaseMessage,
  type BaseMessageLike,
  coerceMessageLikeToMessage,
} from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult, type LLMResult } from '@langchain/core/outputs';
import type { Backend, GenerationOptions, RequestProgress } from '../models/backend.ts';
import { BusyError } from '../models/errors.ts';
import { pickOptions } from '../models/generation/options.ts';
import { describeAnswer, tokenUsage } from './answer-metadata.ts';
import { FeatureCache } from './features.ts';
import { type FetchImage, identityOf } from './image-block.ts';
import { imagesOf } from './messages.ts';
import { orAborted } from './or-aborted.ts';
import { type PreparedRequest, prepareRequest } from './prepare-request.ts';
import { TimeLimit } from './time-limit.ts';

/**
 * Options of the generation hold for every call that gives none of its own. `maxConcurrency` calls at once reach the
 * backend, by default all; where that has no room for one more, it is asked again up to `maxRetries` times (default 6),
 * each time after twice as long.
 */
export interface Blip2ChatModelFields extends BaseChatModelParams, GenerationOptions {
  readonly backend: Backend;
  /** Default: in memory. */
  readonly features?: FeatureCache;
  /** Default: the checkpoint's, else 40. */
  readonly maxNewTokens?: number;
  /** For images that come as an address; without it, `data:` addresses alone are read. */
  readonly fetchImage?: FetchImage;
}

export interface Blip2CallOptions extends BaseChatModelCallOptions, GenerationOptions {
  readonly maxNewTokens?: number;
  /** Passes the one message's text on as the prompt, without the chat template: begins a caption. */
  raw?: boolean;
  /** Whoever asks: when many ask at once, those who wait take turns by it. */
  caller?: string;
  /** Milliseconds that the answer may take, fetching its image and waiting included, before it fails with a BusyError. */
  deadlineMs?: number;
  /** Hears whether it waits for its turn, and how many come before it. */
  onProgress?: (progress: RequestProgress) => void;
  /** Hears each token's text while it is written, at less cost than a callback. Must not throw. */
  onToken?: (token: string) => void;
}

/**
 * Takes human and ai messages in turn. Exactly one human message holds an image block, with `data` (an encoded image
 * file as bytes or base64), with `url`, or with `fileId` (a key that FeatureCache.see gave). One message with an image
 * and no text asks for a caption. Throws TypeError for what BLIP-2 can't do: tools, formats, system messages, several
 * images, sound.
 */
export class Blip2ChatModel extends BaseChatModel<
  Blip2CallOptions,
  AIMessageChunk<StandardMessageStructure>
> {
  readonly #backend: Backend;
  readonly #features: FeatureCache;
  readonly #fetchImage: FetchImage | undefined;
  readonly #maxRetries: number;
  readonly #defaults: GenerationOptions & { readonly maxNewTokens: number };

  constructor(fields: Blip2ChatModelFields) {
    super(fields);
    const { backend, features = new FeatureCache({ backend }), fetchImage } = fields;
    this.#backend = backend;
    this.#features = features;
    this.#fetchImage = fetchImage;
    const { maxNewTokens = backend.info.maxNewTokens ?? 40, maxRetries = 6 } = fields;
    this.#maxRetries = maxRetries;
    this.#defaults = { ...pickOptions(fields), maxNewTokens };
  }

  override get profile(): ModelProfile {
    const { maxPositions } = this.#backend.info;
    return {
      imageInputs: true,
      imageUrlInputs: this.#fetchImage !== undefined,
      toolCalling: false,
      structuredOutput: false,
      ...(Number.isFinite(maxPositions) && { maxInputTokens: maxPositions }),
    };
  }

  override getLsParams(options: this['ParsedCallOptions']): LangSmithParams {
    const { temperature, maxNewTokens } = this.invocationParams(options);
    return {
      ...super.getLsParams(options),
      ls_provider: 'blipcord',
      ls_model_name: this.#backend.info.name,
      ls_max_tokens: maxNewTokens,
      ...(temperature !== undefined && { ls_temperature: temperature }),
    };
  }

  /** How a call with these options chooses its tokens. */
  override invocationParams(options?: this['ParsedCallOptions']) {
    const { maxNewTokens = this.#defaults.maxNewTokens } = options ?? {};
    return { ...this.#defaults, ...pickOptions(options ?? {}), maxNewTokens };
  }

  /** LangChain's cache of answers goes by these, too: other weights, other answers. */
  override _identifyingParams() {
    return { ...this.#defaults, fingerprint: this.#backend.info.fingerprint };
  }

  override _llmType(): string {
    return 'blip2';
  }

  override bindTools(): never {
    throw new TypeError('BLIP-2 calls no tools. Invoke the model without bindTools or withStructuredOutput.');
  }

  /** Tokens of the text alone, without query tokens and BOS. LangChain's own would guess, or fetch a tokenizer. */
  override async getNumTokens(content: BaseMessage['content']): Promise<number> {
    const backend = this.#backend;
    const text = new AIMessage({ content }).text;
    return backend.countPromptTokens(text) - backend.countPromptTokens('');
  }

  /** LangChain's cache takes each picture for the word "[image]", so what tells pictures apart goes along as an option. */
  override async generate(
    messages: BaseMessageLike[][],
    options?: string[] | Partial<Blip2CallOptions>,
    callbacks?: Callbacks,
  ): Promise<LLMResult> {
    if (!this.cache) return super.generate(messages, options, callbacks);
    const given = Array.isArray(options) ? { stop: options } : options;
    const results = messages.map((dialogue) => {
      const pictures = dialogue.map(coerceMessageLikeToMessage).flatMap(imagesOf).map(identityOf);
      return super.generate([dialogue], Object.assign({}, given, { pictures }), callbacks);
    });
    return { generations: (await Promise.all(results)).flatMap(({ generations }) => generations) };
  }

  override async _generate(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    const { onToken } = options;
    const isHeard = runManager?.handlers.some(({ handleLLMNewToken }) => handleLLMNewToken !== undefined);
    return this.#patiently(messages, options, async (prepared, leftMs) => {
      const tokens = this.#generate(prepared, leftMs, !isHeard && !onToken);
      let next = await tokens.next();
      for (; !next.done; next = await tokens.next()) {
        onToken?.(next.value.text);
        await runManager?.handleLLMNewToken(next.value.text);
      }
      const { text } = next.value;
      const message = new AIMessage<StandardMessageStructure>({
        content: text,
        ...describeAnswer(prepared, next.value),
      });
      return { generations: [{ text, message }], llmOutput: { tokenUsage: tokenUsage(next.value) } };
    });
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    let done = () => {};
    const isDone = new Promise<void>((resolve) => {
      done = resolve;
    });
    const begin = async (prepared: PreparedRequest, leftMs: number | undefined) => {
      const tokens = this.#generate(prepared, leftMs);
      return { prepared, tokens, first: await tokens.next() };
    };
    let tokens: ReturnType<Backend['generate']> | undefined;
    let written = '';
    let sent = ''; // joined, the chunks are the trimmed text that `invoke` gives
    try {
      const { prepared, first, ...begun } = await this.#patiently(messages, options, begin, isDone);
      tokens = begun.tokens;
      let next = first;
      for (; !next.done; next = await tokens.next()) {
        written += next.value.text;
        options.onToken?.(next.value.text);
        const text = written.trim().slice(sent.length);
        sent += text;
        const chunk = new ChatGenerationChunk({ text, message: new AIMessageChunk(text) });
        yield chunk;
        await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
      }
      const text = next.value.text.slice(sent.length);
      const message = new AIMessageChunk<StandardMessageStructure>({
        content: text,
        ...describeAnswer(prepared, next.value),
      });
      yield new ChatGenerationChunk({ text, message });
    } finally {
      // For a reader who stopped reading: ends the model's run.
      await Promise.resolve(tokens?.return(undefined as never)).finally(done);
    }
  }

  /**
   * Within the call's time, beside as many others as are let in, and again where the backend had no room.
   * @param isDone what began then takes its place until here; by default it has ended with `work`
   */
  async #patiently<T>(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    work: (prepared: PreparedRequest, leftMs: number | undefined) => Promise<T>,
    isDone?: Promise<void>,
  ): Promise<T> {
    const limit = new TimeLimit(options.deadlineMs, options.signal);
    let prepared: PreparedRequest | undefined;
    const attempt = async () => {
      limit.signal.throwIfAborted();
      prepared ??= await this.#prepare(messages, options, limit);
      const ready = prepared;
      return limit.handOver((leftMs) => work(ready, leftMs));
    };
    try {
      for (let retries = 0; ; retries++) {
        try {
          return await orAborted(this.#inPlace(attempt, isDone), limit.signal);
        } catch (error) {
          if (!isFull(error) || retries >= this.#maxRetries) throw error;
          await limit.pause(1_000 * 2 ** retries * (1 + Math.random()));
        }
      }
    } finally {
      limit.end();
    }
  }

  /** Waits for a place, of which there are as many as `maxConcurrency` says, and holds it until all is done. */
  #inPlace<T>(attempt: () => Promise<T>, isDone: Promise<void> | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const hold = async () => {
        resolve(await attempt());
        await isDone;
      };
      this.caller.callWithOptions({ maxRetries: 0 }, hold).catch(reject);
    });
  }

  #generate({ request }: PreparedRequest, deadlineMs: number | undefined, atOnce = false) {
    return this.#backend.generate({ ...request, ...(deadlineMs !== undefined && { deadlineMs }), atOnce });
  }

  #prepare(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    { signal }: TimeLimit,
  ): Promise<PreparedRequest> {
    const choosing = this.invocationParams(options);
    const images = { features: this.#features, fetchImage: this.#fetchImage, signal };
    return prepareRequest(messages, options, { choosing, ...images });
  }
}

/** What was too late, or can't be mended by asking again, is not asked again. */
const isFull = (error: unknown) => error instanceof BusyError && error.saying.key === 'busy';
