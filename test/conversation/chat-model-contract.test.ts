// What LangChain's documentation promises of any chat model, of this one.
import type { StandardMessageStructure } from '@langchain/core/messages';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { AIMessage, AIMessageChunk, type BaseMessage, HumanMessage } from 'langchain';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Blip2ChatModel } from '../../conversation/chat-model.ts';
import { about, base64 } from './about-image.ts';
import { type FakeBackend, fakeBackend } from './fake-backend.ts';

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
