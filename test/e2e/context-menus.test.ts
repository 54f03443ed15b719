// What a message's menu offers: a caption, and a form for a question.
import { MessageFlags, MessageType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { askByMenu, openForm } from './ask-by-menu.ts';
import { emojiForFile, watch } from './backends.ts';
import { buttonOf, openStage, picture, replyTo, responseTo } from './stage.ts';

const model = await emojiForFile();
const backend = watch(model);

const pdf = { name: 'notes.pdf', bytes: Buffer.from('%PDF') };

const lastPrompt = () => backend.decoded.at(-1)?.prompt;

describe('"Caption image" in a message’s menu', () => {
  it('says what that picture shows, and not the newest one', async () => {
    const { me } = await openStage(backend);
    const posted = me.post({ files: [await picture('rocket')] });
    me.post({ files: [await picture('umbrella')] });
    const answer = await responseTo(me, me.runOn(posted, 'Caption image'));
    expect(answer).toMatchObject({
      content: 'a rocket on a red background',
      type: MessageType.ContextMenuCommand,
      referenced_message: { id: posted.id },
      interaction_metadata: { target_message_id: posted.id },
    });
    const reply = me.post({ content: 'What is this?', replyTo: answer.id });
    expect((await replyTo(me, reply)).content).toBe('a rocket');
  });

  it('on an answer of the bot’s is about the picture that it answered about', async () => {
    const { me, mention } = await openStage(backend);
    const question = me.post({ content: `${mention} What is this?`, files: [await picture('rocket')] });
    const answer = await replyTo(me, question);
    me.post({ files: [await picture('umbrella')] });
    expect((await responseTo(me, me.runOn(answer, 'Caption image'))).content).toMatch(/^a rocket/);
  });

  it('can be replied to where there are no threads', async () => {
    const { me } = await openStage(backend);
    const channelId = me.directMessages();
    const posted = me.post({ channelId, files: [await picture('rocket')] });
    me.post({ channelId, files: [await picture('umbrella')] });
    const answer = await responseTo(me, me.runOn(posted, 'Caption image'));
    expect(() => buttonOf(answer)).toThrow('no button');
    const reply = me.post({ channelId, content: 'What is this?', replyTo: answer.id });
    expect((await replyTo(me, reply)).content).toBe('a rocket');
  });

  it('tells whoever chose it alone that the message holds no picture', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    for (const command of ['Caption image', 'Ask about image']) {
      const text = await responseTo(me, me.runOn(me.post('hello'), command));
      expect(text.content).toBe(
        `That message holds no picture. Open the menu of one that does, and choose "${command}" there.`,
      );
      expect(text.flags).toBe(MessageFlags.Ephemeral);
      const file = await responseTo(me, me.runOn(me.post({ files: [pdf] }), command));
      expect(file.content).toMatch(/^`notes\.pdf` is of type application\/pdf/);
    }
  });
});

describe('"Ask about image" in a message’s menu', () => {
  it('opens a form with one field, and answers what was written into it', async () => {
    const stage = await openStage(backend);
    const { me, discord, mention } = stage;
    const posted = me.post({ files: [await picture('rocket')] });
    me.post({ files: [await picture('umbrella')] });
    const opened = discord.waitForEvent('modal');
    const used = me.runOn(posted, 'Ask about image');
    const { modal } = (await opened).interaction;
    expect(modal?.components).toMatchObject([{ components: [{ custom_id: 'question', max_length: 300 }] }]);
    const answer = await responseTo(me, me.submit(used, { question: 'What is this?' }));
    expect(answer.content).toBe('> What is this?\na rocket');
    const reply = me.post({ content: `${mention} What color is the background?`, replyTo: posted.id });
    await replyTo(me, reply);
    expect(lastPrompt()).toMatch(/^Question: What is this\? Answer: a rocket\. Question: What color/);
  });

  it('says which picture it looked at where there are several', async () => {
    const stage = await openStage(backend);
    const posted = stage.me.post({ files: [await picture('rocket'), await picture('umbrella')] });
    const answer = await askByMenu(stage, posted, 'What is this?');
    expect(answer.content).toBe('> What is this?\na rocket\n-# I looked at picture 1 of 2.');
  });

  it('answers after a restart of the bot', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    const posted = me.post({ files: [await picture('rocket')] });
    const used = await openForm(stage, posted);
    await stage.restartBot();
    const answer = await responseTo(me, me.submit(used, { question: 'What is this?' }));
    expect(answer.content).toBe('> What is this?\na rocket');
  });

  it('says that the picture was deleted while one was writing', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    const posted = me.post({ files: [await picture('rocket')] });
    const used = await openForm(stage, posted);
    me.delete(posted);
    const answer = await responseTo(me, me.submit(used, { question: 'What is this?' }));
    expect(answer.content).toMatch(/^That image is gone\. Post it again/);
  });
});
