// What LangChain's documentation promises of any chat model, of this one.
import { InMemoryCache } from '@langchain/core/caches';
import type { StandardMessageStructure } from '@langchain/core/messages';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { AIMessage, AIMessageChunk, type BaseMessage, HumanMessage } from 'langchain';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Blip2ChatModel } from '../../conversation/chat-model.ts';
import { FeatureCache, imageHashOf } from '../../conversation/features.ts';
import { type FakeBackend, fakeBackend, featuresOf } from './fake-backend.ts';

const image = Uint8Array.of(7, 7, 7);
const base64 = Buffer.from(image).toString('base64');
const address = 'https://example.org/a.png';

let backend: FakeBackend;
let model: Blip2ChatModel;
beforeEach(() => {
  backend = fakeBackend({ say: ({ prompt }) => ` an answer to ${prompt.length}` });
  model = new Blip2ChatModel({ backend });
});

describe('a call', () => {
  it('takes what a prompt template makes, and goes on to an output parser', async () => {
    const template = ChatPromptTemplate.fromMessages([
      [
        'human',
        [
          { type: 'text', text: 'What is {what}?' },
          { type: 'image', data: base64 },
        ],
      ],
    ]);
    const text = await template.pipe(model).pipe(new StringOutputParser()).invoke({ what: 'this' });
    expect(backend.requests[0]?.prompt).toBe('Question: What is this? Answer:');
    expect(text).toMatch(/^an answer to \d+$/);
  });

  it('gives an AIMessage with its metadata', async () => {
    const answer = await model.invoke(about('What?'));
    expect(AIMessage.isInstance(answer)).toBe(true);
    expect(answer.response_metadata).toMatchObject({ finish: 'eos', logprob: expect.any(Number) });
    expect(answer.contentBlocks).toEqual([{ type: 'text', text: answer.text }]);
  });

  it('is answered in a batch in the order of its inputs, no more at once than is allowed', async () => {
    let [atOnce, most] = [0, 0];
    const counting = fakeBackend({
      async say({ prompt }) {
        most = Math.max(most, ++atOnce);
        await new Promise((resolve) => setTimeout(resolve, 5));
        atOnce--;
        return prompt.replaceAll(/\W+/g, ' ');
      },
    });
    const questions = ['one', 'two', 'three', 'four', 'five'];
    const answers = await new Blip2ChatModel({ backend: counting }).batch(
      questions.map((word) => about(word)),
      {
        maxConcurrency: 2,
      },
    );
    expect(answers.map(({ text }) => text)).toEqual(questions.map((word) => `Question ${word} Answer`));
    expect(most).toBe(2);
  });

  it('in a batch may fail alone', async () => {
    const inputs = [about('one'), [new HumanMessage('no image')], about('three')];
    const answers = await model.batch(inputs, {}, { returnExceptions: true });
    expect(answers.map((answer) => answer instanceof Error)).toEqual([false, true, false]);
  });
});

describe('a stream', () => {
  it('adds up to what invoke gives', async () => {
    let whole: AIMessageChunk<StandardMessageStructure> | undefined;
    for await (const chunk of await model.stream(about('What?'))) whole = whole?.concat(chunk) ?? chunk;
    const answer = await model.invoke(about('What?'));
    expect(AIMessageChunk.isInstance(whole)).toBe(true);
    expect(whole?.text).toBe(answer.text);
    expect(whole?.usage_metadata).toMatchObject(answer.usage_metadata ?? {});
    const { tokenUsage: _, ...metadata } = answer.response_metadata; // LangChain puts it there for invoke alone
    expect(whole?.response_metadata).toMatchObject(metadata);
  });

  it('is seen by streamEvents', async () => {
    const seen = new Set<string>();
    let text = '';
    for await (const { event, data } of model.streamEvents(about('What?'), { version: 'v2' })) {
      seen.add(event);
      if (event === 'on_chat_model_stream') text += data.chunk.text;
    }
    expect([...seen]).toEqual(['on_chat_model_start', 'on_chat_model_stream', 'on_chat_model_end']);
    expect(text).toBe((await model.invoke(about('What?'))).text);
  });

  it("ends with the signal's reason when it is aborted, and so does the model's run", async () => {
    const aborting = new AbortController();
    const read = async () => {
      for await (const _ of await model.stream(about('What?'), { signal: aborting.signal })) aborting.abort();
    };
    await expect(read()).rejects.toThrow(/abort/i);
    expect(backend.requests[0]?.signal?.aborted).toBe(true);
  });
});

describe('a time limit', () => {
  it('ends a call that takes longer', async () => {
    const slow = fakeBackend({
      say: ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    });
    const call = new Blip2ChatModel({ backend: slow }).invoke(about('What?'), { timeout: 5 });
    await expect(call).rejects.toThrow(/timeout|abort/i);
  });
});

describe('handlers', () => {
  const handlers = () => ({
    handleChatModelStart: vi.fn(),
    handleLLMNewToken: vi.fn(),
    handleLLMEnd: vi.fn(),
    handleLLMError: vi.fn(),
  });

  it('hear the start, each token and the end with its usage', async () => {
    const heard = handlers();
    const { text, usage_metadata: usage } = await model.invoke(about('What?'), { callbacks: [heard] });
    expect(heard.handleChatModelStart).toHaveBeenCalledTimes(1);
    const tokens = heard.handleLLMNewToken.mock.calls.map(([token]) => token).join('');
    expect(tokens.trim()).toBe(text);
    expect(heard.handleLLMEnd.mock.calls[0]?.[0].llmOutput).toEqual({
      tokenUsage: {
        promptTokens: usage?.input_tokens,
        completionTokens: usage?.output_tokens,
        totalTokens: usage?.total_tokens,
      },
    });
    expect(heard.handleLLMError).not.toHaveBeenCalled();
  });

  it('hear of a stream what its reader gets', async () => {
    const heard = handlers();
    const texts = [];
    for await (const { text } of await model.stream(about('What?'), { callbacks: [heard] })) texts.push(text);
    const chunks = heard.handleLLMNewToken.mock.calls.map((call) => call[5].chunk.text);
    expect(chunks.join('')).toBe(texts.join(''));
    expect(heard.handleLLMEnd).toHaveBeenCalledTimes(1);
  });

  it('hear of an error', async () => {
    const heard = handlers();
    const failing = new Blip2ChatModel({
      backend: fakeBackend({ say: () => Promise.reject(new Error('out of order')) }),
      callbacks: [heard],
    });
    await expect(failing.invoke(about('What?'))).rejects.toThrow('out of order');
    expect(heard.handleLLMError).toHaveBeenCalledTimes(1);
  });
});

describe('an image', () => {
  it.each([
    ['bytes', { type: 'image', data: image }],
    ['base64', { type: 'image', mimeType: 'image/png', data: base64 }],
    ['a data: address', { type: 'image', url: `data:image/png;base64,${base64}` }],
    ['a data: address in the place of base64', { type: 'image', data: `data:image/png;base64,${base64}` }],
    ['a data: address with escapes', { type: 'image', url: 'data:,%07%07%07' }],
    [
      "LangChain's earlier form",
      { type: 'image', source_type: 'base64', mime_type: 'image/png', data: base64 },
    ],
    ["OpenAI's form", { type: 'image_url', image_url: { url: `data:image/png;base64,${base64}` } }],
    ["OpenAI's form, short", { type: 'image_url', image_url: `data:image/png;base64,${base64}` }],
    [
      "Anthropic's form",
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: base64 } },
    ],
  ])('may come as %s', async (_, block) => {
    await model.invoke(about('What?', block));
    expect(backend.encoded.map((bytes) => [...bytes])).toEqual([[...image]]);
    expect(backend.requests[0]?.features).toEqual(featuresOf(image));
  });

  it.each([
    { type: 'image', url: address },
    { type: 'image_url', image_url: { url: address } },
  ])('may come as an address, which the caller fetches: %o', async (block) => {
    const fetchImage = vi.fn(async () => image);
    const { signal } = new AbortController();
    await new Blip2ChatModel({ backend, fetchImage }).invoke(about('What?', block), { signal });
    expect(fetchImage).toHaveBeenCalledWith(address, expect.any(AbortSignal));
    expect(backend.requests[0]?.features).toEqual(featuresOf(image));
  });

  it('is encoded once', async () => {
    await model.batch([about('one'), about('two')]);
    await model.invoke(about('three'));
    expect(backend.encoded).toHaveLength(1);
  });

  it.each([
    [
      { type: 'image', url: address },
      `An image block has the address ${address}, which isn't fetched here. Send the`,
    ],
    [{ type: 'image', url: 'file:///etc/passwd' }, "file:///etc/passwd, which isn't fetched here"],
    [
      { type: 'image', url: 'data:nonsense' },
      "a data: address that can't be read: data:nonsense. Write data:image",
    ],
    [{ type: 'image', data: '' }, 'data that is no base64'],
    [{ type: 'image' }, 'needs data, url or fileId'],
    [
      { type: 'audio', data: base64, mimeType: 'audio/wav' },
      'takes text and one image, got a block of type audio',
    ],
    [{ type: 'file', data: base64, mimeType: 'application/pdf' }, 'got a block of type file'],
  ])('is refused with the remedy: %o', async (block, says) => {
    await expect(model.invoke(about('What?', block))).rejects.toThrow(says);
    expect(backend.requests).toEqual([]);
  });
});

describe('the options of a generation', () => {
  it("are the model's, the call's before them, and the checkpoint's length by default", async () => {
    const sampling = new Blip2ChatModel({ backend, temperature: 0.7, topP: 0.9, maxNewTokens: 12 });
    await sampling.invoke(about('What?'), { temperature: 2, seed: 3 });
    await sampling.withConfig({ maxNewTokens: 3 }).invoke(about('What?'));
    await model.invoke(about('What?'));
    expect(backend.requests).toMatchObject([
      { temperature: 2, topP: 0.9, seed: 3, maxNewTokens: 12 },
      { temperature: 0.7, topP: 0.9, maxNewTokens: 3 },
      { maxNewTokens: 40 },
    ]);
    expect(backend.requests[2]).not.toHaveProperty('temperature');
  });

  it("and the weights are part of the key of LangChain's cache", async () => {
    const cache = new InMemoryCache(new Map());
    const other = fakeBackend({ fingerprint: 'other' });
    await new Blip2ChatModel({ backend, cache }).invoke(about('What?'));
    await new Blip2ChatModel({ backend, cache }).invoke(about('What?'));
    expect(backend.requests).toHaveLength(1);
    await new Blip2ChatModel({ backend, cache, numBeams: 2 }).invoke(about('What?'));
    expect(backend.requests).toHaveLength(2);
    await new Blip2ChatModel({ backend: other, cache }).invoke(about('What?'));
    expect(other.requests).toHaveLength(1);
  });

  it.each([
    ['bytes', (data: Uint8Array) => ({ type: 'image', data })],
    ['a Buffer', (data: Uint8Array) => ({ type: 'image', data: Buffer.from(data) })],
    ['base64', (data: Uint8Array) => ({ type: 'image', data: Buffer.from(data).toString('base64') })],
    ['a data: address', (data: Uint8Array) => ({ type: 'image_url', image_url: { url: dataAddress(data) } })],
    ['an address', (data: Uint8Array) => ({ type: 'image', url: `https://example.org/${data[0]}` })],
    ['a key', (data: Uint8Array) => ({ type: 'image', fileId: imageHashOf(data) })],
  ])('and the picture is part of that key, when it comes as %s', async (_, block) => {
    const pictures = [1, 2, 3].map((byte) => Uint8Array.of(byte, 0));
    const features = new FeatureCache({ backend });
    for (const picture of pictures) await features.see(picture);
    const fetchImage = async (from: string) => Uint8Array.of(Number(from.at(-1)), 0);
    const cached = new Blip2ChatModel({ backend, features, fetchImage, cache: new InMemoryCache(new Map()) });
    const asked = pictures.map((picture) => about('What?', block(picture)));
    for (const messages of [...asked, ...asked]) await cached.invoke(messages);
    await cached.generate(asked);
    expect(backend.requests.map((request) => request.features)).toEqual(
      pictures.map((picture) => featuresOf(picture)),
    );
  });

  it('are told to tracers, with the name of the model', () => {
    const params = new Blip2ChatModel({ backend, temperature: 0.7 }).getLsParams({});
    expect(params).toMatchObject({
      ls_provider: 'blipcord',
      ls_model_name: 'fake',
      ls_model_type: 'chat',
      ls_temperature: 0.7,
      ls_max_tokens: 40,
    });
  });
});

describe('what it can not do', () => {
  it('is said by its profile', () => {
    expect(model.profile).toEqual({
      imageInputs: true,
      imageUrlInputs: false,
      toolCalling: false,
      structuredOutput: false,
      maxInputTokens: 1024,
    });
  });

  it.each<[string, BaseMessage[], object, string]>([
    [
      'calls of tools in the history',
      [
        ...about('What?'),
        new AIMessage({ content: '', tool_calls: [{ name: 'look', args: {}, id: '1' }] }),
        new HumanMessage('And?'),
      ],
      {},
      'BLIP-2 calls no tools, got an ai message with tool_calls. Leave it out.',
    ],
    [
      'an image in an answer',
      [
        new HumanMessage('Draw one.'),
        new AIMessage({ content: [{ type: 'image', data: base64 }] }),
        new HumanMessage('What?'),
      ],
      {},
      'BLIP-2 answers with text, got an ai message with an image. Put it into a human one.',
    ],
    [
      'a format',
      about('What?'),
      { response_format: { type: 'json_object' } },
      'BLIP-2 answers with plain text. Invoke the model without response_format.',
    ],
  ])('is refused: %s', async (_, messages, options, says) => {
    await expect(model.invoke(messages, options)).rejects.toThrow(new TypeError(says));
    expect(backend.requests).toEqual([]);
  });

  it('is refused: structured output', () => {
    expect(() => model.withStructuredOutput({ type: 'object', properties: {} })).toThrow(
      'BLIP-2 calls no tools.',
    );
  });
});

function dataAddress(data: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(data).toString('base64')}`;
}

function about(text: string, block: object = { type: 'image', data: image }): BaseMessage[] {
  return [new HumanMessage({ content: [block, { type: 'text', text }] as never })];
}
