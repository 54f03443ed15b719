// What *Again* or an edit makes anew shows in the place of the old answer while it is made.
import { type APIMessage, MessageFlags } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Dictated, dictated, emojiForFile } from './backends.ts';
import { askRocketAgain, soon } from './draft-stage.ts';
import { answersIn, askAboutRocket } from './in-chat.ts';
import { buttonOf, draftFor, openStage, picture, replyTo, responseTo, type Stage } from './stage.ts';

const model = await emojiForFile();
let slow: Dictated;
beforeEach(() => {
  slow = dictated(model);
});

describe('an answer that takes the place of another, and takes long', () => {
  const reads = ({ me }: Stage, { id }: APIMessage, content: string) =>
    me.waitFor(
      (message) => message.id === id && message.content === content && !!message.components?.length,
      15_000,
    );

  it('shows in its message while it is written, and gives the old one back where it fails', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const { question, old } = await askRocketAgain(stage, slow);
    expect(await draftFor(me, question, /^-# I am thinking… ⏳$/)).toMatchObject({
      id: old.id,
      components: [],
    });
    slow.say('a comet');
    await draftFor(me, question, /^a comet ⏳$/);
    slow.end(new Error('out of memory'));
    const back = await reads(stage, old, 'a rocket');
    me.press(back, buttonOf(back, 'again'));
    slow.say('a star');
    await draftFor(me, question, /^a star ⏳$/);
    slow.end();
    expect(buttonOf(await reads(stage, old, 'a star'), 'again')).toContain(question.id);
    expect(answersIn(stage).filter(({ flags = 0 }) => !(flags & MessageFlags.Ephemeral))).toHaveLength(1);
  });

  it('gives back what the one before it came to, where two are asked for and the second fails', async () => {
    const stage = await openStage(slow, soon);
    const { me, discord } = stage;
    const question = await askAboutRocket(stage);
    slow.say('a rocket');
    slow.end();
    const old = await replyTo(me, question);
    me.press(old, buttonOf(old, 'again'));
    const ada = discord.addPerson('Ada');
    ada.press(old, buttonOf(old, 'again'));
    slow.say('a comet');
    await draftFor(me, question, /^a comet ⏳$/);
    slow.end();
    await draftFor(me, question, /^-# I am thinking… ⏳$/);
    slow.say('a st');
    await draftFor(me, question, /^a st ⏳$/);
    slow.end(new Error('out of memory'));
    await reads(stage, old, 'a comet');
  });

  it('comes to nothing, and troubles nobody, where its message is deleted meanwhile', async () => {
    const stage = await openStage(slow, soon);
    const { me, log } = stage;
    const question = await askAboutRocket(stage);
    slow.say('a rocket');
    slow.end();
    const old = await replyTo(me, question);
    me.press(old, buttonOf(old, 'again'));
    me.delete(await draftFor(me, question));
    slow.say('a comet');
    slow.end();
    await stage.stopBot();
    expect(answersIn(stage)).toEqual([]);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('shows a caption with the words that began it', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    const used = me.run('caption', { prompt: 'a photo of' });
    slow.answer(' a rocket');
    const old = await responseTo(me, used);
    me.press(old, buttonOf(old, 'again'));
    slow.say(' a comet');
    await me.waitFor(({ id, content }) => id === old.id && content === 'a photo of a comet ⏳', 10_000);
    slow.end();
    await reads(stage, old, 'a photo of a comet');
  });

  it('shows below its question where nobody wrote that in the chat', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    const used = me.run('ask', { question: 'What is this?' });
    slow.answer('a rocket');
    const old = await responseTo(me, used);
    me.press(old, buttonOf(old, 'again'));
    slow.say('a comet');
    const draft = '> What is this?\na comet ⏳';
    await me.waitFor(({ id, content }) => id === old.id && content === draft, 10_000);
    slow.end();
    await reads(stage, old, '> What is this?\na comet');
  });

  it('shows the answer to an edited question in that of the old one', async () => {
    const stage = await openStage(slow, soon);
    const { me, mention } = stage;
    const question = await askAboutRocket(stage);
    slow.answer('a rocket');
    const old = await replyTo(me, question);
    me.edit(question, `${mention} Is there a bee?`);
    expect((await draftFor(me, question, /thinking/)).id).toBe(old.id);
    slow.say('no');
    await draftFor(me, question, /^no ⏳$/);
    slow.end();
    await reads(stage, old, 'no');
  });

  it('says how many questions are before it', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const channelId = me.directMessages();
    const first = me.post({ channelId, content: 'One?', files: [await picture('rocket')] });
    slow.answer('one');
    const old = await replyTo(me, first);
    const second = me.post({ channelId, content: 'Two?' });
    await draftFor(me, second, /thinking/);
    me.press(old, buttonOf(old, 'again'));
    await draftFor(me, first, /^-# 1 question is before yours/);
    for (const text of ['two', 'once more']) slow.answer(text);
    expect((await replyTo(me, second)).content).toBe('two');
    await reads(stage, old, 'once more');
  });
});
