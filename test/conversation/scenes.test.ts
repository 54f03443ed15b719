// Which picture a conversation is about: scenes, how they begin, and turns taken back.
import { beforeEach, describe, expect, it } from 'vitest';
import { deferred } from '../support/deferred.ts';
import { featuresOf } from './fake-backend.ts';
import {
  about,
  dinosaur,
  kitchen,
  type Memory,
  type MemoryOptions,
  openMemory,
  promptsTo,
  slowly,
} from './memory.ts';

let backend: Memory['backend'];
let store: Memory['store'];
let conversations: Memory['conversations'];
beforeEach(() => start());

function start(options: MemoryOptions = {}): void {
  ({ backend, store, conversations } = openMemory(options));
}

describe('A scene', () => {
  it('is about one image: no turn about one reaches a question about another, and each goes on with its own', async () => {
    await conversations.ask('thread', about(dinosaur, 'What is a dinosaur holding?'));
    const answer = await conversations.ask('thread', about(kitchen, 'Where are they?'));
    expect(answer.prompt).toBe('Question: Where are they? Answer:');
    expect(backend.requests.at(-1)?.features).toEqual(featuresOf(Uint8Array.of(2, 2)));
    const back = await conversations.ask('thread', about(dinosaur, 'What for?'));
    expect(back.prompt).toBe(
      'Question: What is a dinosaur holding? Answer: a torch. Question: What for? Answer:',
    );
    expect(backend.requests.at(-1)?.features).toEqual(featuresOf(Uint8Array.of(1, 1)));
    const last = await conversations.ask('thread', about(kitchen, 'Why?'));
    expect(last.prompt).toBe('Question: Where are they? Answer: In the woods.. Question: Why? Answer:');
  });

  it('is about one image also when two are asked about at once', async () => {
    start({ say: slowly(() => 4) });
    await Promise.all([
      conversations.ask('thread', about(dinosaur, 'Is it red?')),
      conversations.ask('thread', about(kitchen, 'Is it blue?')),
      conversations.begin('thread', dinosaur),
      conversations.ask('thread', about(dinosaur, 'Is it green?')),
    ]);
    expect(promptsTo(backend)).toEqual([
      'Question: Is it red? Answer:',
      'Question: Is it blue? Answer:',
      'Question: Is it red? Answer: no. Question: Is it green? Answer:',
    ]);
  });

  it('is live where its image is the newest, whatever was asked about an older one since', async () => {
    await conversations.ask('thread', about(kitchen, 'Is it blue?', { messageId: '31' }));
    await conversations.ask('thread', about(dinosaur, 'Is it green?', { messageId: '32' }));
    const record = await conversations.recall('thread');
    expect(record).toMatchObject({ image: kitchen, turns: [{ question: 'Is it blue?' }] });
    expect(record?.earlier).toMatchObject([{ image: dinosaur, turns: [{ question: 'Is it green?' }] }]);
  });

  it('that was not talked in for the longest goes when there are more than ten', async () => {
    const images = Array.from({ length: 11 }, (_, i) => ({ ...dinosaur, messageId: `${100 + i}` }));
    const fetchImage = async () => Uint8Array.of(1, 1);
    for (const image of images) await conversations.ask('thread', about(image, 'Why?', { fetchImage }));
    await conversations.ask('thread', about(images[1] ?? dinosaur, 'Why?', { fetchImage }));
    const record = await conversations.recall('thread');
    expect(record?.image.messageId).toBe('110');
    expect(record?.earlier?.map(({ image }) => image.messageId)).toEqual([
      '101',
      '109',
      '108',
      '107',
      '106',
      '105',
      '104',
      '103',
      '102',
    ]);
  });

  it("ends when the same attachment has other content, since the turns aren't about that", async () => {
    await conversations.ask('thread', about(dinosaur, 'What is a dinosaur holding?'));
    await store.namespace('features').clear();
    start({ keep: store });
    const fetchImage = async () => Uint8Array.of(9, 9);
    const answer = await conversations.ask('thread', about(dinosaur, 'What for?', { fetchImage }));
    expect(answer.prompt).toBe('Question: What for? Answer:');
  });

  it('begins without turns, and goes on when it is begun again', async () => {
    await conversations.begin('thread', dinosaur);
    expect(await conversations.recall('thread')).toEqual({ image: dinosaur, turns: [] });
    await conversations.ask('thread', about(dinosaur, 'Why?'));
    await conversations.begin('thread', dinosaur);
    expect((await conversations.recall('thread'))?.turns).toHaveLength(1);
    await conversations.begin('thread', kitchen);
    expect(await conversations.recall('thread')).toMatchObject({ image: kitchen, turns: [] });
  });

  it('takes over the turns of another conversation about the same image', async () => {
    await conversations.ask('channel', about(dinosaur, 'What is a dinosaur holding?'));
    await conversations.begin('thread', dinosaur, 'channel');
    const answer = await conversations.ask('thread', about(dinosaur, 'What for?'));
    expect(answer.prompt).toBe(
      'Question: What is a dinosaur holding? Answer: a torch. Question: What for? Answer:',
    );
    expect((await conversations.recall('channel'))?.turns).toHaveLength(1);
  });

  it('takes over nothing about another image, from nowhere, or over turns of its own', async () => {
    await conversations.ask('channel', about(dinosaur, 'Is it red?'));
    await conversations.begin('one', kitchen, 'channel');
    await conversations.begin('two', dinosaur, 'nowhere');
    await conversations.ask('three', about(dinosaur, 'Is it blue?'));
    await conversations.begin('three', dinosaur, 'channel');
    expect(await conversations.recall('one')).toEqual({ image: kitchen, turns: [] });
    expect(await conversations.recall('two')).toEqual({ image: dinosaur, turns: [] });
    expect((await conversations.recall('three'))?.turns.map((turn) => turn.question)).toEqual([
      'Is it blue?',
    ]);
  });
});

describe('Conversations.begin', () => {
  it('waits for the answer that is being made in the conversation that it goes on from', async () => {
    const thinking = deferred();
    start({ say: () => thinking.promise.then(() => 'a torch') });
    const asked = conversations.ask('channel', about(dinosaur, 'What is a dinosaur holding?'));
    const begun = conversations.begin('thread', dinosaur, 'channel');
    thinking.resolve();
    await Promise.all([asked, begun]);
    expect((await conversations.recall('thread'))?.turns).toHaveLength(1);
  });

  it('does not wait for ever where two conversations go on from each other', async () => {
    await Promise.all([
      conversations.begin('one', dinosaur, 'two'),
      conversations.begin('two', dinosaur, 'one'),
      conversations.begin('three', dinosaur, 'three'),
    ]);
    expect((await conversations.recall('three'))?.image).toEqual(dinosaur);
  });

  it('leaves a scene alone that is newer than its image', async () => {
    await conversations.ask('thread', about(kitchen, 'Is it blue?', { messageId: '21' }));
    await conversations.begin('thread', dinosaur);
    expect((await conversations.recall('thread'))?.image).toEqual(kitchen);
    const stove = { ...kitchen, messageId: '9' };
    await conversations.begin('thread', stove);
    expect((await conversations.recall('thread'))?.turns).toHaveLength(1);
    await conversations.begin('thread', { ...kitchen, messageId: '100' });
    expect((await conversations.recall('thread'))?.turns).toEqual([]);
  });

  it('makes its scene the live one, though something was asked about an older image since', async () => {
    await conversations.ask('thread', about(dinosaur, 'Is it green?', { messageId: '22' }));
    await conversations.begin('thread', kitchen);
    expect((await conversations.recall('thread'))?.image).toEqual(kitchen);
  });
});

describe('Conversations.retract', () => {
  it('takes back the turn of a message, and no other', async () => {
    for (const messageId of ['31', '32', '33']) {
      await conversations.ask('thread', about(dinosaur, `Is it ${messageId}?`, { messageId }));
    }
    await conversations.retract('32');
    await conversations.retract('99');
    const answer = await conversations.ask('thread', about(dinosaur, 'Why?'));
    expect(answer.prompt).toBe(
      'Question: Is it 31? Answer: no. Question: Is it 33? Answer: no. Question: Why? Answer:',
    );
  });

  it('takes it back from a scene that is not live, too', async () => {
    await conversations.ask('thread', about(kitchen, 'Is it blue?', { messageId: '31' }));
    await conversations.ask('thread', about(dinosaur, 'Is it red?', { messageId: '32' }));
    await conversations.retract('32');
    const { prompt } = await conversations.ask('thread', about(dinosaur, 'Why?'));
    expect(prompt).toBe('Question: Why? Answer:');
    expect((await conversations.recall('thread'))?.turns).toHaveLength(1);
  });
});
