// What carries a picture beside a file: forwards, stickers, emoji, and what links lead to.
import { StickerFormatType } from 'discord.js';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { proxyPath } from '../../src/playground/state/proxy-path.ts';
import { emojiForFile } from './backends.ts';
import {
  ask,
  buttonOf,
  chatAboutRocket,
  openStage,
  picture,
  quickly,
  replyTo,
  responseTo,
  threadIn,
} from './stage.ts';

const backend = await emojiForFile();

describe('what carries a picture beside a file', () => {
  const sees = 'a rocket on a red background';

  it('a forwarded message, replied to in a channel or sent alone to the bot', async () => {
    const { me, mention, discord } = await openStage(backend);
    const elsewhere = discord.addChannel('elsewhere');
    const original = me.post({ channelId: elsewhere, files: [await picture('rocket')] });
    const forward = me.forward(original);
    expect(forward.content).toBe('');
    const question = me.post({ content: `${mention} What is this?`, replyTo: forward.id });
    expect((await replyTo(me, question)).content).toBe('a rocket');
    expect((await replyTo(me, me.forward(original, me.directMessages()))).content).toBe(sees);
  });

  it.each(['PNG', 'APNG', 'GIF'] as const)('a sticker of the format %s', async (format) => {
    const { me, mention, discord } = await openStage(backend);
    const { bytes } = await picture('rocket');
    const file = format === 'GIF' ? await sharp(bytes).gif().toBuffer() : bytes;
    const sticker = discord.addSticker('Rocket', StickerFormatType[format], file);
    const post = me.post({ sticker });
    const answer = await replyTo(me, me.post({ content: mention, replyTo: post.id }));
    expect(answer.content).toBe(sees);
    // Found again by its key.
    const reply = me.post({ content: 'What color is the background?', replyTo: answer.id });
    expect((await replyTo(me, reply)).content).toBe('red');
  });

  it('no sticker that is a Lottie animation, and it is said so', async () => {
    const { me, discord } = await openStage(backend);
    const sticker = discord.addSticker('Wave', StickerFormatType.Lottie, Buffer.from('{}'));
    const { content } = await replyTo(me, me.post({ channelId: me.directMessages(), sticker }));
    expect(content).toMatch(
      /^The sticker "Wave" is an animation in the Lottie format, .* Post a screenshot of it\.$/,
    );
  });

  it('no sticker in a visual chat, where it is applause', async () => {
    const stage = await openStage(backend);
    const { me, discord } = stage;
    const channelId = await chatAboutRocket(stage);
    const { bytes } = await picture('umbrella');
    const sent = me.post({ channelId, sticker: discord.addSticker('Bravo', StickerFormatType.PNG, bytes) });
    expect(await ask(stage, channelId, 'What is this?')).toBe('a rocket');
    expect(await ask(stage, channelId, 'What color is the background?')).toBe('red');
    expect(me.read(channelId).filter(({ message_reference: to }) => to?.message_id === sent.id)).toEqual([]);
  });

  it("an emoji of the server's own, where a message asks about nothing else", async () => {
    const { me, mention, discord } = await openStage(backend);
    const emoji = discord.addEmoji('blastoff', (await picture('rocket')).bytes);
    const question = me.post(`${mention} What is ${emoji}?`);
    expect((await replyTo(me, question)).content).toBe('a rocket');
    expect((await replyTo(me, me.post({ channelId: me.directMessages(), content: emoji }))).content).toBe(
      sees,
    );
    const umbrella = me.post({ files: [await picture('umbrella')] });
    const reply = me.post({
      content: `${mention} ${emoji} What color is the background?`,
      replyTo: umbrella.id,
    });
    expect((await replyTo(me, reply)).content).toBe('purple');
  });

  it('no emoji behind a question about a picture, which it only adorns', async () => {
    const { me, mention, discord } = await openStage(backend, { limits: quickly });
    const emoji = discord.addEmoji('kek', (await picture('umbrella')).bytes);
    const asked = async (content: string) => replyTo(me, me.post(`${mention} ${content}`));
    const color = 'What color is the background?';
    // There is nothing else that it could be about.
    expect((await asked(`${color} ${emoji}`)).content).toBe('purple');
    me.post({ files: [await picture('rocket')] });
    expect((await asked(`${color} ${emoji}${emoji}`)).content).toBe('red');
    expect((await asked(`What is this? ${emoji}`)).content).toBe('a rocket');
    expect((await asked(`What is ${emoji}? ${emoji}`)).content).toMatch(/umbrella/);
    expect((await asked(`What is in this emoji? ${emoji}`)).content).toMatch(/umbrella/);
    const question = me.post(`${mention} ${color} ${emoji}`);
    const answer = await replyTo(me, question);
    me.edit(question, `${mention} What is this? ${emoji}`);
    await me.waitFor(({ id, content }) => id === answer.id && content === 'a rocket');
  });

  it('an emoji on a forwarded message', async () => {
    const { me, mention, discord } = await openStage(backend, { limits: quickly });
    const emoji = discord.addEmoji('blastoff', (await picture('rocket')).bytes);
    const original = me.post({ channelId: discord.addChannel('elsewhere'), content: `look ${emoji}` });
    const forward = me.forward(original);
    const answer = await replyTo(me, me.post({ content: `${mention} What is this?`, replyTo: forward.id }));
    expect(answer.content).toBe('a rocket');
    const reply = me.post({ content: 'What color is the background?', replyTo: answer.id });
    expect((await replyTo(me, reply)).content).toBe('red');
    expect((await replyTo(me, me.forward(original, me.directMessages()))).content).toBe(sees);
  });

  it('an emoji in the menu of its message, also of a forwarded one', async () => {
    const { me, discord } = await openStage(backend, { limits: quickly });
    const emoji = discord.addEmoji('blastoff', (await picture('rocket')).bytes);
    const posted = me.post(`here we go ${emoji}`);
    for (const message of [posted, me.forward(posted)]) {
      expect((await responseTo(me, me.runOn(message, 'Caption image'))).content).toBe(sees);
      const { attachments } = await responseTo(me, me.runOn(message, 'Describe for screen readers'));
      expect(attachments).toMatchObject([
        { filename: 'blastoff.png', description: expect.stringMatching(sees) },
      ]);
    }
    const letters = await responseTo(me, me.runOn(me.post('here we go 🚀'), 'Caption image'));
    expect(letters.content).toMatch(/^That message holds no picture\./);
    const text = { name: 'notes.txt', bytes: Buffer.from('words') };
    const beside = me.post({ content: emoji, files: [text] });
    expect((await responseTo(me, me.runOn(beside, 'Caption image'))).content).toMatch(/notes\.txt/);
  });

  it('an emoji in a visual chat, where it is more than a smile', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { mention, discord } = stage;
    const channelId = await chatAboutRocket(stage);
    const { bytes } = await picture('umbrella');
    const emoji = discord.addEmoji('rain', bytes);
    const color = 'What color is the background?';
    expect(await ask(stage, channelId, `${color} ${emoji}`)).toBe('red');
    expect(await ask(stage, channelId, `What is ${emoji}?`)).toMatch(/umbrella/);
    expect(await ask(stage, channelId, color)).toBe('purple');
    expect(await ask(stage, channelId, `${mention} ${color} ${emoji}`)).toBe('purple');
    expect(await ask(stage, channelId, emoji)).toMatch(/^an umbrella and a bee/);
  });

  it("a link to a picture, by the preview that Discord's proxy holds", async () => {
    const { me, mention, discord } = await openStage(backend);
    discord.addWebPicture('https://example.org/rocket.png', (await picture('rocket')).bytes);
    const question = me.post(`${mention} What is this? https://example.org/rocket.png`);
    expect((await replyTo(me, question)).content).toBe('a rocket');
    expect((await responseTo(me, me.run('caption'))).content).toBe(sees);
  });

  it('a sticker on a forwarded message', async () => {
    const { me, mention, discord } = await openStage(backend);
    const { bytes } = await picture('rocket');
    const sticker = discord.addSticker('Rocket', StickerFormatType.PNG, bytes);
    const original = me.post({ channelId: discord.addChannel('elsewhere'), sticker });
    const forward = me.forward(original);
    const answer = await replyTo(me, me.post({ content: `${mention} What is this?`, replyTo: forward.id }));
    expect(answer.content).toBe('a rocket');
    const reply = me.post({ content: 'What color is the background?', replyTo: answer.id });
    expect((await replyTo(me, reply)).content).toBe('red');
  });

  it('an emoji that moves', async () => {
    const { me, mention, discord } = await openStage(backend);
    const { bytes } = await picture('rocket');
    const emoji = discord.addEmoji('blastoff', await sharp(bytes).gif().toBuffer());
    expect(emoji).toMatch(/^<a:/);
    expect((await replyTo(me, me.post(`${mention} What is ${emoji}?`))).content).toBe('a rocket');
  });

  it('a link to an article, by the small picture beside its title', async () => {
    const { me, mention, discord } = await openStage(backend);
    const { bytes } = await picture('rocket');
    discord.addWebPage('https://example.org/story', { kind: 'article', title: 'A story', picture: bytes });
    const question = me.post(`${mention} What is this? https://example.org/story`);
    const answer = await replyTo(me, question);
    expect(answer.content).toBe('a rocket');
    const reply = me.post({ content: 'What color is the background?', replyTo: answer.id });
    expect((await replyTo(me, reply)).content).toBe('red');
  });

  it('a covered link, of which nothing is left to ask, for a caption', async () => {
    const { me, mention, discord } = await openStage(backend);
    discord.addWebPicture('https://example.org/rocket.png', (await picture('rocket')).bytes);
    const answer = await replyTo(me, me.post(`${mention} || https://example.org/rocket.png ||`));
    expect(answer.content).toBe(sees);
    const threadId = threadIn(await responseTo(me, me.press(answer, buttonOf(answer))));
    // A thread's name hides nothing.
    expect(discord.world.channels.get(threadId)?.name).toBe('About this picture');
  });

  it('a picture that a bot shows in two of its embeds, once', async () => {
    const { me, mention, discord } = await openStage(backend, { limits: quickly });
    const url = 'https://example.org/rocket.png';
    discord.addWebPicture(url, (await picture('rocket')).bytes);
    const image = { url, proxy_url: `${discord.world.origin}${proxyPath(url)}` };
    const embeds = ['Today', 'Tomorrow'].map((title) => ({ title, image }));
    const posted = discord.postByWebhook(discord.channelId, { embeds });
    const question = me.post({ content: `${mention} What is this?`, replyTo: posted.id });
    expect((await replyTo(me, question)).content).toBe('a rocket');
    expect((await responseTo(me, me.runOn(posted, 'Caption image'))).content).toBe(sees);
  });

  it.each(['video', 'gifv'] as const)('a link to a %s, by its still, and that is said', async (kind) => {
    const { me, mention, discord } = await openStage(backend);
    const { bytes } = await picture('rocket');
    discord.addWebPage('https://example.org/launch', { kind, title: 'A launch', picture: bytes });
    const answer = await replyTo(me, me.post(`${mention} What is this? https://example.org/launch`));
    expect(answer.content).toBe('a rocket\n-# I looked at the still picture that stands for the video.');
  });
});
