// Questions that are edited to be about another picture or frame: they are answered about that, and remembered with it.
import type { APIMessage } from 'discord.js';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { animated } from '../support/animation.ts';
import { emojiForFile, type WatchedBackend, watch } from './backends.ts';
import { chatAboutRocket, openStage, picture, quickly, replyTo, type Stage } from './stage.ts';
import { turnsBecome } from './talk.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});

const becomes = ({ me }: Stage, { id }: APIMessage, content: RegExp) =>
  me.waitFor((message) => message.id === id && content.test(message.content), 15_000);

describe('a question that is edited to be about another picture', () => {
  const three = () => Promise.all([picture('rocket'), picture('umbrella'), picture('strawberry')]);

  it('is answered about the one that it names now, in the same message, and remembered with that one', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const channelId = me.directMessages();
    const question = me.post({ channelId, content: 'What is in picture 2?', files: await three() });
    const answer = await replyTo(me, question);
    expect(answer.content).toMatch(/^an umbrella/);
    await stage.restartBot();
    me.edit(question, 'What is in picture 3?');
    await becomes(stage, answer, /^a strawberry and a star\n.*picture 3 of 3\.$/);
    await turnsBecome(stage, channelId, ['What is in the picture? → a strawberry and a star']);
    const { content: next } = await replyTo(
      me,
      me.post({ channelId, content: 'What color is the background?', replyTo: answer.id }),
    );
    expect(next).toMatch(/^white/);
    expect(backend.decoded.at(-1)?.prompt).toContain('a strawberry and a star');
    // Where it names none, it means the first, as a new one would.
    me.edit(question, 'What is this?');
    await becomes(stage, answer, /^a rocket\n.*picture 1 of 3\.$/);
    const replies = me.read(channelId).filter(({ message_reference: to }) => to?.message_id === question.id);
    expect(replies).toHaveLength(1);
  });

  it('by words and in a reply as well, and says so where there are fewer', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const posted = me.post({ files: await three() });
    const question = me.post({ content: `${mention} What color is the background?`, replyTo: posted.id });
    const answer = await replyTo(me, question);
    expect(answer.content).toMatch(/^red/);
    me.edit(question, `${mention} What color is the background of the second one?`);
    await becomes(stage, answer, /^purple/);
    me.edit(question, `${mention} What color is the background of picture 4?`);
    await me.waitFor(({ content }) => /^You asked about picture 4/.test(content), 15_000);
    expect(me.read().find(({ id }) => id === answer.id)?.content).toMatch(/^purple/);
  });

  it('is about the frame of an animation that it names now', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const drawings = (await three()).map(({ bytes }) => sharp(bytes).resize(128, 128).png().toBuffer());
    const gif = { name: 'party.gif', bytes: await animated(await Promise.all(drawings)) };
    const background = 'What color is the background';
    const question = me.post({ content: `${mention} ${background} in frame 2?`, files: [gif] });
    const answer = await replyTo(me, question);
    expect(answer.content).toBe('purple\n-# I looked at frame 2 of 3.');
    me.edit(question, `${mention} ${background} in frame 3?`);
    await becomes(stage, answer, /^white\n-# I looked at frame 3 of 3\.$/);
    const reply = me.post({ content: `${background}?`, replyTo: answer.id });
    expect((await replyTo(me, reply)).content).toMatch(/^white/);
  });

  it('takes its place among the turns about that picture, and leaves those about the other', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const channelId = me.directMessages();
    const say = async (content: string) => {
      const question = me.post({ channelId, content });
      return { question, answer: await replyTo(me, question) };
    };
    await replyTo(me, me.post({ channelId, files: await three() }));
    await say('Is there a rocket in picture 1?');
    const moved = await say('Is there a bee in picture 1?');
    await say('Is there a star in picture 2?');
    me.edit(moved.question, 'Is there a bee in picture 2?');
    await becomes(stage, moved.answer, /^yes/);
    expect(backend.decoded.at(-1)?.prompt).toBe('Question: Is there a bee in the picture? Answer:');
    await turnsBecome(stage, channelId, [
      'Is there a bee in the picture? → yes',
      'Is there a star in the picture? → no',
    ]);
    await say('Is there a car in picture 1?');
    await turnsBecome(stage, channelId, [
      'Is there a rocket in the picture? → yes',
      'Is there a car in the picture? → no',
    ]);
  });
});

describe('a question about a picture elsewhere that is edited to hold one', () => {
  const link = 'https://example.org/umbrella.png';
  const openWebStage = async () => {
    const stage = await openStage(backend, { limits: quickly });
    stage.discord.addWebPicture(link, (await picture('umbrella')).bytes);
    return stage;
  };
  const postRocket = async ({ me, discord }: Stage, channelId = discord.channelId) =>
    me.post({ channelId, files: [await picture('rocket')] });

  it.each([
    ['a channel', async (stage: Stage) => ({ channelId: (await postRocket(stage)).channel_id })],
    [
      'a reply',
      async (stage: Stage) => {
        const { id: answered, channel_id: channelId } = await postRocket(stage);
        return { channelId, replyTo: answered };
      },
    ],
    [
      'direct messages',
      async (stage: Stage) => {
        const posted = await postRocket(stage, stage.me.directMessages());
        await replyTo(stage.me, posted);
        return { channelId: posted.channel_id };
      },
    ],
    ['a visual chat', async (stage: Stage) => ({ channelId: await chatAboutRocket(stage) })],
  ])('is answered about that, and remembered with it, in %s', async (_, begin) => {
    const stage = await openWebStage();
    const { me, mention } = stage;
    const where = await begin(stage);
    const { channelId } = where;
    const question = me.post({ ...where, content: `${mention} What is this?` });
    const answer = await replyTo(me, question);
    expect(answer.content).toBe('a rocket');
    me.edit(question, `${mention} What is this? ${link}`);
    await becomes(stage, answer, /^an umbrella/);
    await turnsBecome(stage, channelId, ['What is this? → an umbrella and a bee']);
    const next = me.post({ channelId, content: 'What color is the background?', replyTo: answer.id });
    expect((await replyTo(me, next)).content).toBe('purple');
    expect(backend.decoded.at(-1)?.prompt).toContain('Answer: an umbrella and a bee.');
  });

  it('leaves nothing of what it asked with the picture that it was about', async () => {
    const stage = await openWebStage();
    const { me, mention } = stage;
    const rocket = await postRocket(stage);
    const question = me.post(`${mention} What is this?`);
    const answer = await replyTo(me, question);
    me.edit(question, `${mention} What is this? ${link}`);
    await becomes(stage, answer, /^an umbrella/);
    await replyTo(me, me.post({ content: `${mention} Is there a car?`, replyTo: rocket.id }));
    expect(backend.decoded.at(-1)?.prompt).toBe('Question: Is there a car? Answer:');
  });

  it('gets another caption where it only called the bot', async () => {
    const stage = await openWebStage();
    const { me, mention } = stage;
    await postRocket(stage);
    const call = me.post(mention);
    const caption = await replyTo(me, call);
    expect(caption.content).toBe('a rocket on a red background');
    me.edit(call, `${mention} ${link}`);
    await becomes(stage, caption, /^an umbrella and a bee on a purple background/);
  });

  it('is about an emoji that is put in, unless that adorns a talk or a reply', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention, discord } = stage;
    const emoji = discord.addEmoji('brolly', (await picture('umbrella')).bytes);
    const rocket = await postRocket(stage);
    const question = me.post(`${mention} What is this?`);
    const answer = await replyTo(me, question);
    me.edit(question, `${mention} What is ${emoji}?`);
    await becomes(stage, answer, /^an umbrella/);
    const reply = me.post({ content: `${mention} What is this?`, replyTo: rocket.id });
    const about = await replyTo(me, reply);
    me.edit(reply, `${mention} What color is the background? ${emoji}`);
    await becomes(stage, about, /^red$/);
  });
});
