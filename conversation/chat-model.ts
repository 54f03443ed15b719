// BLIP-2 as a LangChain chat model, so that the chain of a conversation is made of LangChain's own parts.
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import { BaseChatModel, type BaseChatModelCallOptions } from '@langchain/core/language_models/chat_models';
import type { StandardMessageStructure } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import { AIMessage, AIMessageChunk, type BaseMessage } from 'langchain';
import type { Backend, GenerateRequest, Generation, ImageFeatures } from '../models/backend.ts';
import type { FeatureCache } from './features.ts';
import { type ImageBlock, imagesOf, readDialogue } from './messages.ts';
import { renderPrompt, TEMPLATE_STOPS } from './template.ts';

export interface Blip2ChatModelFields {
  readonly backend: Backend;
  readonly features: FeatureCache;
  readonly maxNewTokens: number;
}

export interface Blip2CallOptions extends BaseChatModelCallOptions {
  /** Passes the one message's text on as the prompt, without the chat template: begins a caption. */
  raw?: boolean;
}

/** What stands in an answer's `response_metadata`. */
export interface Blip2ResponseMetadata extends Record<string, unknown> {
  /** The exact prompt that went to the tokenizer. */
  readonly prompt: string;
  /** Query tokens + BOS + prompt. */
  readonly promptTokens: number;
  readonly answerTokens: number;
  /** Turns that the prompt held before the live question. */
  readonly turns: number;
  readonly finish: Generation['finish'];
}

/**
 * Takes human and ai messages in turn. Exactly one human message holds an image block, with `data` (an encoded image
 * file as bytes or base64) or with `fileId` (a key that FeatureCache.see gave). One message with an image and no text
 * asks for a caption. Throws TypeError for what BLIP-2 can't do: tools, system messages, several images, image URLs.
 */
export class Blip2ChatModel extends BaseChatModel<Blip2CallOptions> {
  readonly #fields: Blip2ChatModelFields;

  constructor(fields: Blip2ChatModelFields) {
    super({});
    this.#fields = fields;
  }

  override _llmType(): string {
    return 'blip2';
  }

  override bindTools(): never {
    throw new TypeError('BLIP-2 calls no tools. Invoke the model without bindTools or withStructuredOutput.');
  }

  /** Tokens of the text alone, without query tokens and BOS. LangChain's own would guess, or fetch a tokenizer. */
  override async getNumTokens(content: BaseMessage['content']): Promise<number> {
    const { backend } = this.#fields;
    const text = new AIMessage({ content }).text;
    return backend.countPromptTokens(text) - backend.countPromptTokens('');
  }

  override async _generate(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    const prepared = await this.#prepare(messages, options);
    const tokens = this.#fields.backend.generate(prepared.request);
    let next = await tokens.next();
    for (; !next.done; next = await tokens.next()) await runManager?.handleLLMNewToken(next.value.text);
    const message = new AIMessage<StandardMessageStructure>({
      content: next.value.text,
      ...describe(prepared, next.value),
    });
    return { generations: [{ text: next.value.text, message }] };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const prepared = await this.#prepare(messages, options);
    const tokens = this.#fields.backend.generate(prepared.request);
    let written = '';
    let sent = ''; // joined, the chunks are the trimmed text that `invoke` gives
    try {
      let next = await tokens.next();
      for (; !next.done; next = await tokens.next()) {
        written += next.value.text;
        const text = written.trim().slice(sent.length);
        sent += text;
        yield new ChatGenerationChunk({ text, message: new AIMessageChunk(text) });
        await runManager?.handleLLMNewToken(text);
      }
      const text = next.value.text.slice(sent.length);
      const message = new AIMessageChunk<StandardMessageStructure>({
        content: text,
        ...describe(prepared, next.value),
      });
      yield new ChatGenerationChunk({ text, message });
    } finally {
      await tokens.return(undefined as never); // for a reader who stopped reading: ends the model's run
    }
  }

  async #prepare(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<Prepared> {
    refuseTools(options);
    const { turns, question } = readDialogue(messages);
    const captions = options.raw || (turns.length === 0 && question === '');
    if (captions && turns.length > 0) {
      throw new TypeError(`A caption follows no turns, got ${turns.length}. Send the image's message alone.`);
    }
    const request: GenerateRequest = {
      features: await this.#featuresOf(onlyImage(messages), options.signal),
      prompt: captions ? question : renderPrompt(turns, question),
      maxNewTokens: this.#fields.maxNewTokens,
      stop: options.stop ?? TEMPLATE_STOPS,
      ...(options.signal && { signal: options.signal }),
    };
    return { request, turns: turns.length };
  }

  async #featuresOf(image: ImageBlock, signal: AbortSignal | undefined): Promise<ImageFeatures> {
    const { features } = this.#fields;
    const key = image.fileId ?? (await features.see(bytesOf(image), signal));
    const found = await features.find(key);
    if (!found) throw new TypeError(`No features are kept for the image "${key}". Send its bytes as data.`);
    return found;
  }
}

interface Prepared {
  readonly request: GenerateRequest;
  readonly turns: number;
}

function describe({ request, turns }: Prepared, { promptTokens, tokens, finish }: Generation) {
  const { prompt } = request;
  const answerTokens = tokens.length;
  const metadata: Blip2ResponseMetadata = { prompt, promptTokens, answerTokens, turns, finish };
  return {
    response_metadata: metadata,
    usage_metadata: {
      input_tokens: promptTokens,
      output_tokens: answerTokens,
      total_tokens: promptTokens + answerTokens,
    },
  };
}

function refuseTools(options: object): void {
  const asked = ['tools', 'tool_choice', 'functions'].find(
    (name) => Reflect.get(options, name) !== undefined,
  );
  if (asked) throw new TypeError(`BLIP-2 calls no tools. Invoke the model without ${asked}.`);
}

function onlyImage(messages: readonly BaseMessage[]): ImageBlock {
  const [image, ...others] = messages.flatMap(imagesOf);
  if (image && others.length === 0) return image;
  const count = image ? others.length + 1 : 0;
  throw new TypeError(
    `BLIP-2 talks about exactly one image, got ${count}. Put one image block into the messages.`,
  );
}

function bytesOf({ data, url }: ImageBlock): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'base64');
  if (data) return data;
  throw new TypeError(
    `An image block needs data or fileId, got ${url ?? 'neither'}. Fetch the file and send its bytes.`,
  );
}
