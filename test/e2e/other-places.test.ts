// Beside text channels, their threads and direct messages: voice channels, forums, webhooks, and channels out of sight.
import type { APIMessage } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { dictated, emojiForFile } from './backends.ts';
import { ask, buttonOf, openStage, picture, quickly, replyTo, responseTo, type Stage } from './stage.ts';

const backend = await emojiForFile();
const open = () => openStage(backend, { limits: quickly });

async function use({ me }: Stage, command: string, channelId: string, options = {}): Promise<string> {
  return (await responseTo(me, me.run(command, options, channelId))).content;
}

const hasButton = ({ components }: APIMessage, id: string) =>
  JSON.stringify(components).includes(`"custom_id":"${id}:`);

describe('in a voice channel', () => {
  it('pictures are captured and talked about as in a text channel', async () => {
    const stage = await open();
    const { me, mention, discord } = stage;
    const channelId = discord.addVoiceChannel('lounge');
    const posted = me.post({ channelId, files: [await picture('rocket')] });
    const answer = await replyTo(me, me.post({ channelId, content: `${mention} What is this?` }));
    expect(answer.content).toBe('a rocket');
    await stage.restartBot();
    const next = me.post({ channelId, content: 'What color is the background?', replyTo: answer.id });
    expect((await replyTo(me, next)).content).toBe('red');
    expect(await use(stage, 'caption', channelId)).toMatch(/^a rocket on/);
    expect(await use(stage, 'memory', channelId)).toContain('What is this? → a rocket');
    me.delete(posted);
    await expect
      .poll(() => use(stage, 'memory', channelId), { timeout: 5_000 })
      .toMatch(/^I remember nothing/);
  });

  it('no thread can be opened, which /chat says, and neither is for pictures that nobody asked about', async () => {
    const stage = await open();
    const { me, mention, discord } = stage;
    const channelId = discord.addVoiceChannel('lounge');
    const question = me.post({ channelId, content: mention, files: [await picture('rocket')] });
    const answer = await replyTo(me, question);
    expect([hasButton(answer, 'ask'), hasButton(answer, 'continue')]).toEqual([true, false]);
    expect(await use(stage, 'chat', channelId)).toMatch(/thread/);
    const mode = { what: 'thread', channel: channelId };
    expect(await use(stage, 'settings mode', discord.channelId, mode)).toMatch(/thread/);
  });

  it('a permission that lacks is named', async () => {
    const { me, mention, discord } = await open();
    const channelId = discord.addVoiceChannel('lounge');
    discord.denyBot(channelId, ['SendMessages']);
    me.post({ channelId, content: mention, files: [await picture('rocket')] });
    const told = await me.waitFor(({ content }) => content.includes('I lack Send Messages here'), 15_000);
    expect(told.channel_id).toBe(me.directMessages());
  });
});

describe('in a forum', () => {
  it('a post is answered in when the bot is mentioned, about the picture that it begins with', async () => {
    const stage = await open();
    const { me, mention, discord } = stage;
    const forum = discord.addForum('show and tell');
    const post = { name: 'My rocket', content: 'Look', files: [await picture('rocket')] };
    const { id: channelId } = discord.postIn(forum, me, post);
    const answer = await replyTo(me, me.post({ channelId, content: `${mention} What is this?` }));
    expect(answer.content).toBe('a rocket');
    expect(hasButton(answer, 'continue')).toBe(false);
    await stage.restartBot();
    const next = me.post({ channelId, content: 'What color is the background?', replyTo: answer.id });
    expect((await replyTo(me, next)).content).toBe('red');
    const opened = discord.waitForEvent('modal');
    const used = me.press(answer, buttonOf(answer, 'ask'));
    await opened;
    expect((await responseTo(me, me.submit(used, { question: 'Is there a bee?' }))).content).toMatch(/\nno$/);
    expect(await use(stage, 'caption', channelId)).toMatch(/^a rocket on/);
    expect(await use(stage, 'memory', channelId)).toContain('Is there a bee? → no');
    expect(await use(stage, 'chat', channelId)).toMatch(/thread/);
  });

  it('the message that begins a post may ask, and what nobody asks is left alone', async () => {
    const stage = await open();
    const { me, mention, discord } = stage;
    const forum = discord.addForum('show and tell');
    const asking = { name: 'What?', content: `${mention} What is this?`, files: [await picture('rocket')] };
    const starter = discord.postIn(forum, me, asking);
    expect((await replyTo(me, starter)).content).toBe('a rocket');
    const other = discord.postIn(forum, me, { name: 'Look', files: [await picture('umbrella')] });
    expect(await ask(stage, other.id, `${mention} What is this?`)).toBe('an umbrella and a bee');
    expect(me.read(other.id).filter(({ author }) => author.bot)).toHaveLength(1);
    discord.denyBot(forum, ['SendMessagesInThreads']);
    me.post({ channelId: other.id, content: `${mention} Is there a bee?` });
    await me.waitFor(({ content }) => content.includes('I lack Send Messages In Threads here'), 15_000);
  });
});

describe('a picture that a webhook posts', () => {
  it('is captured and can be asked about in each way; the webhook itself is never answered', async () => {
    const stage = await open();
    const { me, mention, discord } = stage;
    await use(stage, 'settings mode', discord.channelId, { what: 'caption' });
    const files = [await picture('rocket')];
    const posted = discord.postByWebhook(discord.channelId, { content: `${mention} Now:`, files });
    const answer = await replyTo(me, me.post(`${mention} What is this?`));
    expect(answer.content).toBe('a rocket');
    const reply = me.post({ content: `${mention} What color is the background?`, replyTo: posted.id });
    expect((await replyTo(me, reply)).content).toBe('red');
    const captioned = await responseTo(me, me.runOn(posted, 'Caption image'));
    expect(captioned.content).toMatch(/^a rocket on/);
    const copy = await responseTo(me, me.runOn(posted, 'Describe for screen readers'));
    expect(copy.attachments).toHaveLength(1);
    const unasked = ({ author, interaction_metadata: by }: APIMessage) => author.id === discord.botId && !by;
    expect(me.read().filter(unasked)).toHaveLength(2);
  });
});

describe('a channel that the bot sees no more', () => {
  it('gets nothing more, and whoever asked is told where the bot can write', async () => {
    const slow = dictated(backend);
    const stage = await openStage(slow, { limits: quickly });
    const { me, mention, discord, log } = stage;
    me.post({ files: [await picture('rocket')] });
    const typing = discord.waitForEvent('typing', ({ user }) => user.id === discord.botId);
    const question = me.post(`${mention} What is this?`);
    await typing;
    discord.denyBot(discord.channelId, ['ViewChannel']);
    slow.answer('a rocket');
    const told = await me.waitFor(({ content }) => content.includes('I lack View Channel here'), 15_000);
    expect(told.channel_id).toBe(me.directMessages());
    expect(me.read().at(-1)?.id).toBe(question.id);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    discord.denyBot(discord.channelId, []);
    const later = me.post(`${mention} Is there a bee?`);
    slow.answer('no');
    expect((await replyTo(me, later)).content).toBe('no');
    expect(await use(stage, 'memory', discord.channelId)).not.toContain('What is this?');
  });
});
