// Asking by commands: /ask, a picture handed over, and what is offered while one types.
import { describe, expect, it } from 'vitest';
import { askByMenu } from './ask-by-menu.ts';
import { emojiForFile, saying, watch } from './backends.ts';
import { keptIn } from './in-chat.ts';
import {
  ask,
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
const backend = watch(model);

const pdf = { name: 'notes.pdf', bytes: Buffer.from('%PDF') };

async function askBySlash({ me }: Stage, options: Parameters<Stage['me']['run']>[1], channelId?: string) {
  return responseTo(me, me.run('ask', options, channelId));
}

/** Of a question: pictures that the bot posts are captioned besides, whenever there is time. */
const lastPrompt = () => backend.decoded.findLast(({ prompt }) => prompt !== '')?.prompt;

describe('/ask', () => {
  it('answers about the newest picture, and a reply to that picture goes on from there', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    const posted = me.post({ files: [await picture('rocket')] });
    const answer = await askBySlash(stage, { question: ' What is\nthis? ' });
    expect(answer.content).toBe('> What is this?\na rocket');
    expect(buttonOf(answer)).toContain(posted.id);
    const reply = me.post({ content: `${mention} What color is the background?`, replyTo: posted.id });
    expect((await replyTo(me, reply)).content).toBe('red');
    expect(lastPrompt()).toBe(
      'Question: What is this? Answer: a rocket. Question: What color is the background? Answer:',
    );
  });

  it('posts a picture that was handed over, to which replies lead back', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    me.post({ files: [await picture('umbrella')] });
    me.run('ask', { question: 'What is this?', image: await picture('rocket') });
    const answer = await me.waitFor(({ content }) => content === '> What is this?\na rocket', 15_000);
    expect(answer.attachments).toMatchObject([{ filename: 'rocket.png' }]);
    const reply = me.post({ content: 'What color is the background?', replyTo: answer.id });
    expect((await replyTo(me, reply)).content).toBe('red');
    expect(lastPrompt()).toMatch(/^Question: What is this\? Answer: a rocket\. Question: What color/);
  });

  it('goes on with what was said before about the picture', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    const question = me.post({ content: `${mention} What is this?`, files: [await picture('rocket')] });
    await replyTo(me, question);
    await askBySlash(stage, { question: 'What color is the background?' });
    expect(lastPrompt()).toMatch(/^Question: What is this\? Answer: a rocket\. Question: What color/);
  });

  it('speaks in a visual chat and in direct messages of the picture that the talk is about', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    const thread = await chatAboutRocket(stage);
    const direct = me.directMessages();
    me.post({ channelId: direct, files: [await picture('rocket')] });
    for (const channelId of [thread, direct]) {
      await askBySlash(stage, { question: 'What is this?' }, channelId);
      expect(await ask(stage, channelId, 'What color is the background?')).toBe('red');
      expect(lastPrompt()).toMatch(/^Question: What is this\? Answer: a rocket\. Question: What color/);
    }
  });

  it('looks at the picture that the question names by its number', async () => {
    const { me } = await openStage(backend);
    me.post({ files: [await picture('rocket'), await picture('umbrella')] });
    const answer = await responseTo(me, me.run('ask', { question: 'What is in picture 2?' }));
    expect(answer.content).toMatch(/an umbrella.*\n-# I looked at picture 2 of 2/s);
    const refusal = await responseTo(me, me.run('ask', { question: 'What is in picture 3?' }));
    expect(refusal.content).toMatch(/^You asked about picture 3, and that message holds 2/);
  });

  it('says what to do where there is no picture, or the file is none', async () => {
    const stage = await openStage(backend);
    const nothing = await askBySlash(stage, { question: 'What is this?' });
    expect(nothing.content).toMatch(/^I found no picture here\. .*image option\.$/);
    const file = await askBySlash(stage, { question: 'What is this?', image: pdf });
    expect(file.content).toMatch(/^`notes\.pdf` is of type application\/pdf, .* Post a screenshot/);
  });

  it('shows the question as it was written, and pings nobody with it', async () => {
    const stage = await openStage(saying(model, () => 'no'));
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    const answer = await askBySlash(stage, { question: `# **Is** this @everyone or <@${me.user.id}>?` });
    expect(answer.content).toBe(`> \\# \\*\\*Is\\*\\* this @everyone or @You?\nno`);
    expect(answer).toMatchObject({ mention_everyone: false, mentions: [] });
  });

  it('reads and shows whom it has not heard of by their names as well, also in a form and in direct messages', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord } = stage;
    // The bot has not heard of her.
    const ada = discord.addPerson('Ada');
    const role = discord.addRole('Pilots');
    const emoji = discord.addEmoji('kek', (await picture('strawberry')).bytes);
    const posted = me.post({ files: [await picture('rocket')] });
    const question = `Do <@${ada.user.id}>, <@&${role}> in <#${discord.channelId}> hold a ${emoji} here?`;
    const asked = 'Do @Ada, @Pilots in #pictures hold a :kek: here?';
    for (const answer of [await askBySlash(stage, { question }), await askByMenu(stage, posted, question)]) {
      expect(answer.content.split('\n')[0]).toBe(`> ${asked}`);
      expect(lastPrompt()).toContain(`Question: ${asked} Answer:`);
    }
    const direct = me.directMessages();
    me.post({ channelId: direct, files: [await picture('rocket')] });
    const answer = await askBySlash(stage, { question: `Is this <@${ada.user.id}>?` }, direct);
    expect(answer.content).toContain('> Is this @Ada?');
  });

  it('reads people, channels and emoji in the question as they show', async () => {
    const stage = await openStage(backend);
    const { me, discord } = stage;
    me.post({ files: [await picture('rocket')] });
    const emoji = discord.addEmoji('party', (await picture('umbrella')).bytes);
    const question = `Did <@${me.user.id}> post this in <#${discord.channelId}>? ${emoji}`;
    const answer = await askBySlash(stage, { question });
    expect(answer.content).toContain('> Did @You post this in #pictures? :party:\n');
    expect(lastPrompt()).toBe('Question: Did @You post this in #pictures? :party: Answer:');
    const memory = await responseTo(me, me.run('memory', { question: `Is it <@${me.user.id}>?` }));
    expect(memory.content).toContain('Question: Is it @You? Answer:');
  });

  it('says that it sees no picture behind a link, and takes one that is handed over beside it', async () => {
    const stage = await openStage(backend);
    const { me, discord } = stage;
    me.post({ files: [await picture('umbrella')] });
    discord.addWebPicture('https://example.org/star.png', (await picture('strawberry')).bytes);
    const question = 'What is this? https://example.org/star.png';
    const asked = backend.decoded.length;
    const refusal = await askBySlash(stage, { question });
    expect(refusal.content).toMatch(/^I can't see what a link in a command leads to\. .*`image` option\.$/);
    expect(backend.decoded).toHaveLength(asked);
    me.run('ask', { question, image: await picture('rocket') });
    await me.waitFor(({ content }) => content === `> ${question}\na rocket`, 15_000);
  });

  it('leaves no turn where its answer reached nobody', async () => {
    const stage = await openStage(backend);
    const { me, discord, mention } = stage;
    const posted = me.post({ files: [await picture('rocket')] });
    discord.fail({ method: 'PATCH', path: /(@|%40)original$/, status: 403 });
    await responseTo(me, me.run('ask', { question: 'What is this?' }));
    const reply = me.post({ content: `${mention} What color is the background?`, replyTo: posted.id });
    await replyTo(me, reply);
    expect(lastPrompt()).toBe('Question: What color is the background? Answer:');
  });
});

describe('a picture handed over to /caption', () => {
  it.each([
    ['a channel', async ({ discord }: Stage) => discord.channelId],
    ['direct messages', async ({ me }: Stage) => me.directMessages()],
    ['a visual chat', chatAboutRocket],
  ])('is what the next question is about, and replies to the answer for good, in %s', async (_, open) => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const channelId = await open(stage);
    const caption = await responseTo(me, me.run('caption', { image: await picture('umbrella') }, channelId));
    expect(caption.content).toMatch(/^an umbrella/);
    const say = async (content: string, options: object = {}) =>
      (await replyTo(me, me.post({ channelId, content: `${mention} ${content}`, ...options }))).content;
    expect(await say('What is this?')).toBe('an umbrella and a bee');
    expect(await say('What is this?', { files: [await picture('strawberry')] })).toMatch(/^a strawberry/);
    expect(await say('What color is the background?', { replyTo: caption.id })).toBe('purple');
    await stage.restartBot();
    expect(await say('Is there a bee?', { replyTo: caption.id })).toBe('yes');
    expect(lastPrompt()).toMatch(/^Question: What is this\? Answer: an umbrella and a bee\. /);
  });

  it('is forgotten with the answer that it hangs on', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    const answer = await responseTo(me, me.run('caption', { image: await picture('umbrella') }));
    me.press(answer, buttonOf(answer, 'delete'));
    await expect.poll(() => me.read().map(({ id }) => id)).not.toContain(answer.id);
    expect(await keptIn(stage, 'features', 'picture-notes')).toEqual([[], []]);
  });
});

describe('while one types', () => {
  it('how a caption begins, beginnings are offered that fit', async () => {
    const { me } = await openStage(backend);
    const all = await me.complete('caption', 'prompt', '');
    expect(all.map(({ value }) => value)).toContain('this is a cartoon of');
    const cartoons = await me.complete('caption', 'prompt', ' A  Cartoon');
    expect(cartoons).toEqual([{ name: 'this is a cartoon of', value: 'this is a cartoon of' }]);
    expect(await me.complete('caption', 'prompt', 'xyzzy')).toEqual([]);
  });

  it('a question, whole questions are offered, first those that begin so', async () => {
    const { me } = await openStage(backend);
    const offered = await me.complete('ask', 'question', 'is');
    expect(offered.slice(0, 2).map(({ value }) => value)).toEqual([
      'Is there a person in the picture?',
      'Is it day or night?',
    ]);
    expect(offered.map(({ value }) => value)).toContain('What is this?');
  });
});
