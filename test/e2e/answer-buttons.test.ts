// The buttons under an answer: Ask and Delete; Again and Continue in thread have tests of their own.
import type { APIMessage } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { emojiForFile, saying, type WatchedBackend, watch } from './backends.ts';
import { answersIn, isGone, longCaption, memoryIn } from './in-chat.ts';
import {
  buttonOf,
  chatAboutRocket,
  openStage,
  picture,
  quickly,
  replyTo,
  responseTo,
  type Stage,
} from './stage.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});

describe('Ask', () => {
  async function askThere(
    { me, discord }: Stage,
    message: APIMessage,
    question: string,
  ): Promise<APIMessage> {
    const opened = discord.waitForEvent('modal');
    const used = me.press(message, buttonOf(message, 'ask'));
    await opened;
    return responseTo(me, me.submit(used, { question }));
  }

  it('goes on in the conversation of the answer, in a reply to it, also after a restart', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    me.post({ files: [await picture('rocket')] });
    const answer = await replyTo(me, me.post(`${mention} What is this?`));
    me.post({ files: [await picture('umbrella')] });
    await stage.restartBot();
    const next = await askThere(stage, answer, 'What color is the background?');
    expect(next.content).toBe('> What color is the background?\nred');
    expect(next.message_reference?.message_id).toBe(answer.id);
    expect(backend.decoded.at(-1)?.prompt).toBe(
      'Question: What is this? Answer: a rocket. Question: What color is the background? Answer:',
    );
  });

  it('goes on in a thread, whose picture hangs in the channel above, and in direct messages', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const threadId = await chatAboutRocket(stage);
    const answer = await replyTo(me, me.post({ channelId: threadId, content: 'What is this?' }));
    await askThere(stage, answer, 'Is there a bee?');
    const prompt = 'Question: What is this? Answer: a rocket. Question: Is there a bee? Answer:';
    expect(backend.decoded.at(-1)?.prompt).toBe(prompt);
    const channelId = me.directMessages();
    me.post({ channelId, files: [await picture('rocket')] });
    const direct = await replyTo(me, me.post({ channelId, content: 'What is this?' }));
    await askThere(stage, direct, 'Is there a bee?');
    expect(backend.decoded.at(-1)?.prompt).toBe(prompt);
  });

  it('is about the picture on the answer itself where that holds one', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    const caption = await responseTo(me, me.run('caption', { image: await picture('umbrella') }));
    const question = 'Is there an umbrella?';
    expect((await askThere(stage, caption, question)).content).toBe(`> ${question}\nyes`);
  });
});

describe('Delete', () => {
  it('removes the answer and its turn for whoever asked, also after a restart', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const threadId = await chatAboutRocket(stage);
    const ask = (content: string) => replyTo(me, me.post({ channelId: threadId, content }));
    const first = await ask('What is this?');
    await ask('Is there a bee?');
    await stage.restartBot();
    me.press(first, buttonOf(first, 'delete'));
    await isGone(stage, first);
    const memory = await memoryIn(stage, threadId);
    expect(memory).not.toContain('What is this?');
    expect(memory).toContain('Is there a bee? → no');
  });

  it('is for no other than the asker and moderators', async () => {
    const stage = await openStage(backend);
    const { me: owner, discord, mention } = stage;
    const [ada, grace] = [discord.addPerson('Ada'), discord.addPerson('Grace')];
    ada.post({ files: [await picture('rocket')] });
    const answer = await replyTo(ada, ada.post(`${mention} What is this?`));
    const told = await responseTo(grace, grace.press(answer, buttonOf(answer, 'delete')));
    expect(told.content).toMatch(/^Only <@\d+>, who asked, or somebody who may manage messages/);
    expect(owner.read().map(({ id }) => id)).toContain(answer.id);
    owner.press(answer, buttonOf(answer, 'delete'));
    await isGone(stage, answer);
    expect(await memoryIn(stage)).toContain('Nothing was asked');
  });

  it('removes all messages of an answer that is too long to be remembered, and no other', async () => {
    let says = 'a rocket';
    const stage = await openStage(
      saying(model, () => says),
      { limits: quickly, windowTokens: 128 },
    );
    const { me, mention } = stage;
    me.post({ files: [await picture('rocket')] });
    const stays = await replyTo(me, me.post(`${mention} What is this?`));
    says = longCaption;
    const question = me.post(`${mention} What else?`);
    const last = await me.waitFor(
      ({ components, message_reference: to }) => to?.message_id === question.id && !!components?.length,
    );
    expect(answersIn(stage)).toHaveLength(4);
    expect(await memoryIn(stage)).not.toContain('background');
    me.press(last, buttonOf(last, 'delete'));
    await expect
      .poll(() =>
        answersIn(stage)
          .filter(({ interaction_metadata: by }) => !by)
          .map(({ id }) => id),
      )
      .toEqual([stays.id]);
  });

  it('leaves the scene of a picture that was posted with the question, and removes a caption', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    const channelId = me.directMessages();
    const both = me.post({ channelId, content: 'Is there a bee?', files: [await picture('umbrella')] });
    const answer = await replyTo(me, both);
    await replyTo(me, me.post({ channelId, content: 'What color is the background?' }));
    me.press(answer, buttonOf(answer, 'delete'));
    await isGone(stage, answer);
    expect(await memoryIn(stage, channelId)).toMatch(/\*\*1\*\* What color is the background\? → purple/);
    const caption = await responseTo(me, me.run('caption', {}, channelId));
    me.press(caption, buttonOf(caption, 'delete'));
    await isGone(stage, caption);
  });

  it.each([
    [
      'sees the channel no more',
      ({ discord }: Stage) => discord.denyBot(discord.channelId, ['ViewChannel']),
      /^I lack View Channel here\./,
    ],
    [
      'finds Discord refusing',
      ({ discord }: Stage) => discord.fail({ method: 'DELETE', path: /\/messages\//, status: 400 }),
      /^Something went wrong on my side\./,
    ],
  ])('leaves the turn where the bot %s, and says why', async (_, hinder, why) => {
    const stage = await openStage(backend);
    const { me, discord, mention } = stage;
    me.post({ files: [await picture('rocket')] });
    const answer = await replyTo(me, me.post(`${mention} What is this?`));
    hinder(stage);
    const told = await responseTo(me, me.press(answer, buttonOf(answer, 'delete')));
    expect(told.content).toMatch(why);
    discord.denyBot(discord.channelId, []);
    expect(await memoryIn(stage)).toContain('What is this? → a rocket');
    me.press(answer, buttonOf(answer, 'delete'));
    await isGone(stage, answer);
    expect(await memoryIn(stage)).toContain('Nothing was asked');
  });
});
