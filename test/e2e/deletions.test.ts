// What people delete is forgotten: questions, pictures and answers.
import type { APIMessage } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { deleteMessages, editMessage } from '../../src/playground/state/messages.ts';
import type { StoredMessage } from '../../src/playground/state/world.ts';
import { emojiForFile, held, type WatchedBackend, watch } from './backends.ts';
import { set } from './decisions.ts';
import { keptIn } from './in-chat.ts';
import { openStage, picture, quickly, replyTo, responseTo, type Stage } from './stage.ts';
import { talk, turnsBecome } from './talk.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});

describe('what is deleted is forgotten', () => {
  it('a question and an answer with their turns, by their authors or a moderator', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const { threadId, questions, answers } = await talk(stage);
    me.delete(questions[0]);
    await turnsBecome(stage, threadId, ['Is there a bee? → no', 'Is there a car? → no']);
    // What was said in the chat stays there.
    expect(me.read(threadId).map(({ id }) => id)).toContain(answers[0]?.id);
    me.delete(answers[2] as APIMessage);
    await turnsBecome(stage, threadId, ['Is there a bee? → no']);
  });

  it('many at once', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { threadId, questions, answers } = await talk(stage);
    await turnsBecome(stage, threadId, [
      'What is this? → a rocket',
      'Is there a bee? → no',
      'Is there a car? → no',
    ]);
    deleteMessages(stage.discord.world, threadId, [questions[0].id, String(answers[2]?.id)]);
    await turnsBecome(stage, threadId, ['Is there a bee? → no']);
  });

  it('a picture that is taken off its message, with what was seen in it, and the others stay', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord } = stage;
    const channelId = me.directMessages();
    const files = [await picture('rocket'), await picture('umbrella')];
    const posted = me.post({ channelId, content: 'Is there a rocket?', files });
    await replyTo(me, posted);
    const about = me.post({ channelId, content: 'Is there a bee in picture 2?' });
    const answer = await replyTo(me, about);
    await turnsBecome(stage, channelId, ['Is there a bee in the picture? → yes']);
    const stored = discord.world.messages.get(channelId)?.get(posted.id) as StoredMessage;
    editMessage(discord.world, stored, { keepAttachments: [String(posted.attachments[0]?.id)] });
    await turnsBecome(stage, channelId, ['Is there a rocket? → yes']);
    const told = await replyTo(me, me.post({ channelId, content: 'Is there a car?', replyTo: answer.id }));
    expect(told.content).toMatch(/image is gone\. Post it again/);
    const [features] = await keptIn(stage, 'features');
    expect(features).toHaveLength(1);
  });

  it.each([
    ['/caption', ({ me }: Stage) => responseTo(me, me.run('caption'))],
    [
      'Caption image',
      ({ me }: Stage, posted: APIMessage) => responseTo(me, me.runOn(posted, 'Caption image')),
    ],
    [
      'a mention',
      ({ me, mention }: Stage, { id }: APIMessage) => replyTo(me, me.post({ content: mention, replyTo: id })),
    ],
    ['itself, in a watched channel', ({ me }: Stage, posted: APIMessage) => replyTo(me, posted)],
  ])('what was seen in a picture that was only captioned, by %s', async (how, caption) => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    if (how.includes('watched')) await set(stage, 'mode', { what: 'caption' });
    const posted = me.post({ files: [await picture('rocket')] });
    await caption(stage, posted);
    me.post({ files: [await picture('umbrella')] });
    await responseTo(me, me.run('caption'));
    me.delete(posted);
    await replyTo(me, me.post({ channelId: me.directMessages(), content: 'Are you there?' }));
    const [features, notes] = await keptIn(stage, 'features', 'picture-notes');
    expect(features).toHaveLength(1);
    expect(notes).toHaveLength(1);
  });

  it('what was seen in a captioned picture that is taken off its message', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord } = stage;
    const posted = me.post({ files: [await picture('rocket'), await picture('umbrella')] });
    await responseTo(me, me.runOn(posted, 'Caption image'));
    const stored = discord.world.messages.get(discord.channelId)?.get(posted.id) as StoredMessage;
    editMessage(discord.world, stored, { keepAttachments: [String(posted.attachments[1]?.id)] });
    await replyTo(me, me.post({ channelId: me.directMessages(), content: 'Are you there?' }));
    expect(await keptIn(stage, 'features', 'picture-notes')).toEqual([[], []]);
  });

  it('a picture with all that was said about it, in the channel and in its thread', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const image = me.post({ files: [await picture('rocket')] });
    const answer = await replyTo(me, me.post(`${mention} What is this?`));
    me.delete(image);
    const told = await replyTo(me, me.post({ content: 'Is there a bee?', replyTo: answer.id }));
    expect(told.content).toMatch(/image is gone\. Post it again/);
  });

  it('an answer still being made with its question: it is called off, and nobody is told anything', async () => {
    const slow = held(backend, ({ prompt }) => prompt.includes('bee'));
    const stage = await openStage(slow);
    const { me, mention, log } = stage;
    me.post({ files: [await picture('rocket')] });
    const question = me.post(`${mention} Is there a bee?`);
    await slow.asked;
    me.delete(question);
    await replyTo(me, me.post(`${mention} What is this?`));
    await stage.stopBot();
    expect(me.read().filter(({ author }) => author.bot)).toHaveLength(1);
    expect(log.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });
});
