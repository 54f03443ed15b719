import { AIMessage, HumanMessage, SystemMessage, tool } from 'langchain';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Blip2ChatModel } from '../../conversation/chat-model.ts';
import { FeatureCache } from '../../conversation/features.ts';
import { imageMessage } from '../../conversation/messages.ts';
import { openStore } from '../../conversation/store.ts';
import { type FakeBackend, fakeBackend, featuresOf } from './fake-backend.ts';

const image = Uint8Array.of(7, 7, 7);
const withImage = (text: string, data: Uint8Array | string = image) =>
  new HumanMessage({
    content: [
      { type: 'image', mimeType: 'image/png', data },
      { type: 'text', text },
    ],
  });

let backend: FakeBackend;
let features: FeatureCache;
let model: Blip2ChatModel;
beforeEach(() => {
  backend = fakeBackend({ say: () => ' in the woods' });
  features = new FeatureCache({ backend, store: openStore('memory:') });
  model = new Blip2ChatModel({ backend, features, maxNewTokens: 40 });
});

describe('Blip2ChatModel', () => {
  it('renders turns with the chat template and looks at the image of the messages', async () => {
    const answer = await model.invoke([
      withImage('What is a dinosaur holding?'),
      new AIMessage('a torch'),
      new HumanMessage('Where are they?'),
    ]);
    const prompt = 'Question: What is a dinosaur holding? Answer: a torch. Question: Where are they? Answer:';
    expect(answer.text).toBe('in the woods');
    expect(backend.requests).toEqual([
      { prompt, features: featuresOf(image), maxNewTokens: 40, stop: ['Question:', 'Answer:'], atOnce: true },
    ]);
    expect(answer.response_metadata).toMatchObject({ prompt, turns: 1, finish: 'eos' });
  });

  it('has its tokens one by one where somebody listens to them', async () => {
    await model.invoke([withImage('Where are they?')], { callbacks: [{ handleLLMNewToken: () => {} }] });
    expect(backend.requests.at(-1)?.atOnce).toBe(false);
  });

  it('reports how many tokens went in and came out', async () => {
    const answer = await model.invoke([withImage('Where are they?')]);
    const promptTokens = 16 + backend.promptIds('Question: Where are they? Answer:').length;
    const answerTokens = backend.promptIds(' in the woods').length - 1;
    expect(answer.usage_metadata).toEqual({
      input_tokens: promptTokens,
      output_tokens: answerTokens,
      total_tokens: promptTokens + answerTokens,
    });
    expect(answer.response_metadata).toMatchObject({ promptTokens, answerTokens });
  });

  it('takes an image as bytes, as base64 and by the key of its features', async () => {
    const key = await features.see(image);
    await model.invoke([withImage('What?', Buffer.from(image).toString('base64'))]);
    await model.invoke([imageMessage(key, 'What?')]);
    expect(backend.requests.map((request) => request.features)).toEqual([
      featuresOf(image),
      featuresOf(image),
    ]);
    expect(backend.encoded).toHaveLength(1);
  });

  it('captions an image that comes with no text', async () => {
    await model.invoke([withImage('')]);
    expect(backend.requests[0]?.prompt).toBe('');
  });

  it('passes a prompt on raw when asked to', async () => {
    await model.invoke([withImage('this is  a cartoon of')], { raw: true });
    expect(backend.requests[0]?.prompt).toBe('this is  a cartoon of');
  });

  it('streams tokens as they are made, and the usage at the end', async () => {
    const chunks = [];
    for await (const chunk of await model.stream([withImage('Where?')])) chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks.map((chunk) => chunk.text).join('')).toBe('in the woods');
    expect(chunks.at(-1)).toMatchObject({
      usage_metadata: { output_tokens: chunks.length - 1 },
      response_metadata: { finish: 'eos' },
    });
  });

  it("ends the model's run when the reader of a stream has had enough", async () => {
    let ended = false;
    backend.generate = async function* () {
      try {
        while (true) yield { id: 5, text: 'and ', logprob: -1 };
      } finally {
        ended = true;
      }
    };
    for await (const _chunk of await model.stream([withImage('Where?')])) break;
    await vi.waitFor(() => expect(ended).toBe(true));
  });

  it('stops at the strings it is given instead of its own', async () => {
    await model.invoke([withImage('Where?')], { stop: ['\n'] });
    expect(backend.requests[0]?.stop).toEqual(['\n']);
  });

  it("ends with the signal's reason when aborted between two tokens", async () => {
    const reason = new Error('Nobody waits any more.');
    const aborting = new AbortController();
    const slow = fakeBackend({
      say: () => {
        aborting.abort(reason);
        return 'a long answer';
      },
    });
    const aborted = new Blip2ChatModel({ backend: slow, features, maxNewTokens: 40 });
    await expect(aborted.invoke([withImage('Where?')], { signal: aborting.signal })).rejects.toBe(reason);
  });

  it('counts the tokens of a text without query tokens and BOS', async () => {
    expect(await model.getNumTokens('Where are they?')).toBe(backend.promptIds('Where are they?').length - 1);
    expect(await model.getNumTokens(withImage('Where?').content)).toBe(
      backend.promptIds('Where?').length - 1,
    );
  });

  it.each([
    [
      'two images',
      [withImage('What?'), new AIMessage('a cat'), withImage('And this?')],
      'exactly one image, got 2',
    ],
    ['no image', [new HumanMessage('What?')], 'exactly one image, got 0'],
    [
      'a system message',
      [new SystemMessage('Be kind.'), withImage('What?')],
      'got: system, human. BLIP-2 has no system prompt',
    ],
    [
      'an answer at the end',
      [withImage('What?'), new AIMessage('a cat')],
      'the last one human, got: human, ai',
    ],
    ['nothing', [], 'got: none'],
    ['an unknown key', [imageMessage('abc', 'What?')], 'No features are kept for the image "abc"'],
    [
      'an address',
      [new HumanMessage({ content: [{ type: 'image', url: 'https://example.org/a.png' }] })],
      "has the address https://example.org/a.png, which isn't fetched here. Send the file",
    ],
  ])('refuses %s', async (_what, messages, message) => {
    await expect(model.invoke(messages)).rejects.toThrow(message);
    expect(backend.requests).toEqual([]);
  });

  it('refuses tools, whichever way they come', async () => {
    expect(() => model.bindTools()).toThrow('BLIP-2 calls no tools.');
    const look = tool(() => 'seen', { name: 'look', description: 'Looks.', schema: { type: 'object' } });
    await expect(model.invoke([withImage('What?')], { tools: [look] } as object)).rejects.toThrow(
      'BLIP-2 calls no tools. Invoke the model without tools.',
    );
  });
});
