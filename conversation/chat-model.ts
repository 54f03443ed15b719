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
import type {
  Backend,
  GenerateRequest,
  GenerationOptions,
  ImageFeatures,
  RequestOptions,
  RequestProgress,
} from '../models/backend.ts';
import { pickOptions } from '../models/generation/options.ts';
import { describeAnswer, type PreparedRequest, tokenUsage } from './answer-metadata.ts';
import { FeatureCache } from './features.ts';
import { type FetchImage, identityOf, readImageBlock } from './image-block.ts';
import { type ImageBlock, imagesOf, readDialogue, refuseOtherContent } from './messages.ts';
import { renderPrompt, TEMPLATE_STOPS } from './template.ts';

/** Options of the generation hold for every call that gives none of its own. */
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
  /** Milliseconds that the answer may take, waiting included, before it fails with a BusyError. */
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
  readonly #defaults: GenerationOptions & { readonly maxNewTokens: number };

  constructor(fields: Blip2ChatModelFields) {
    super(fields);
    const { backend, features = new FeatureCache({ backend }), fetchImage } = fields;
    this.#backend = backend;
    this.#features = features;
    this.#fetchImage = fetchImage;
    const { maxNewTokens = backend.info.maxNewTokens ?? 40 } = fields;
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
    const prepared = await this.#prepare(messages, options);
    const { onToken } = options;
    const isHeard = runManager?.handlers.some(({ handleLLMNewToken }) => handleLLMNewToken !== undefined);
    const tokens = this.#backend.generate({ ...prepared.request, atOnce: !isHeard && !onToken });
    let next = await tokens.next();
    for (; !next.done; next = await tokens.next()) {
      onToken?.(next.value.text);
      await runManager?.handleLLMNewToken(next.value.text);
    }
    const message = new AIMessage<StandardMessageStructure>({
      content: next.value.text,
      ...describeAnswer(prepared, next.value),
    });
    const llmOutput = { tokenUsage: tokenUsage(next.value) };
    return { generations: [{ text: next.value.text, message }], llmOutput };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const prepared = await this.#prepare(messages, options);
    const tokens = this.#backend.generate(prepared.request);
    let written = '';
    let sent = ''; // joined, the chunks are the trimmed text that `invoke` gives
    try {
      let next = await tokens.next();
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
      await tokens.return(undefined as never); // for a reader who stopped reading: ends the model's run
    }
  }

  async #prepare(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<PreparedRequest> {
    refuseOtherOptions(options);
    messages.forEach(refuseOtherContent);
    const { turns, question } = readDialogue(messages);
    const captions = options.raw || (turns.length === 0 && question === '');
    if (captions && turns.length > 0) {
      throw new TypeError(`A caption follows no turns, got ${turns.length}. Send the image's message alone.`);
    }
    const waiting: RequestOptions = {
      ...(options.signal && { signal: options.signal }),
      ...(options.caller !== undefined && { caller: options.caller }),
      ...(options.deadlineMs !== undefined && { deadlineMs: options.deadlineMs }),
      ...(options.onProgress && { onProgress: options.onProgress }),
    };
    const request: GenerateRequest = {
      features: await this.#featuresOf(onlyImage(messages), waiting),
      prompt: captions ? question : renderPrompt(turns, question),
      ...this.invocationParams(options),
      stop: options.stop ?? TEMPLATE_STOPS,
      ...waiting,
    };
    return { request, turns: turns.length };
  }

  async #featuresOf(image: ImageBlock, waiting: RequestOptions): Promise<ImageFeatures> {
    const key =
      image.fileId ??
      (await this.#features.see(await readImageBlock(image, this.#fetchImage, waiting.signal), waiting));
    const found = await this.#features.find(key);
    if (!found) throw new TypeError(`No features are kept for the image "${key}". Send its bytes as data.`);
    return found;
  }
}

function refuseOtherOptions(options: object): void {
  const others = ['tools', 'tool_choice', 'functions', 'response_format'];
  const asked = others.find((name) => Reflect.get(options, name) !== undefined);
  if (!asked) return;
  const why = asked === 'response_format' ? 'answers with plain text' : 'calls no tools';
  throw new TypeError(`BLIP-2 ${why}. Invoke the model without ${asked}.`);
}

function onlyImage(messages: readonly BaseMessage[]): ImageBlock {
  const [image, ...others] = messages.flatMap(imagesOf);
  if (image && others.length === 0) return image;
  const count = image ? others.length + 1 : 0;
  throw new TypeError(
    `BLIP-2 talks about exactly one image, got ${count}. Put one image block into the messages.`,
  );
}
