// Pictures that "Describe for screen readers" posts again: they stay those of whoever posted them first.
import { type APIMessage, StickerFormatType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { say } from '../../commands/texts/texts.ts';
import { openStore } from '../../conversation/store.ts';
import { KeptCopies } from '../../src/copies/kept-copies.ts';
import type { Person } from '../../src/playground/person.ts';
import { deleteChannel } from '../../src/playground/state/channels.ts';
import { deleteMessages, editMessage } from '../../src/playground/state/messages.ts';
import type { AnyChannel, StoredMessage } from '../../src/playground/state/world.ts';
import { dictated, emojiForFile } from './backends.ts';
import { buttonOf, openStage, picture, quickly, replyTo, responseTo, type Stage } from './stage.ts';

const backend = await emojiForFile();

interface CopyStage extends Stage {
  /** Posts pictures that I have described. */
  readonly ada: Person;
}

async function openCopyStage(): Promise<CopyStage> {
  const stage = await openStage(backend, { limits: quickly });
  return { ...stage, ada: stage.discord.addPerson('Ada') };
}

async function describeBy({ me }: Stage, message: APIMessage): Promise<APIMessage> {
  return responseTo(me, me.runOn(message, 'Describe for screen readers'));
}

/** @returns Ada's picture, and the one that the bot posted again */
async function describeRocket(stage: CopyStage): Promise<{ original: APIMessage; copy: APIMessage }> {
  const original = stage.ada.post({ content: 'my rocket', files: [await picture('rocket')] });
  const copy = await describeBy(stage, original);
  expect(copy.attachments).toHaveLength(1);
  return { original, copy };
}

/** The channels of those that are known, while the bot goes on. */
async function copiesKept({ memory }: Stage): Promise<string[]> {
  const store = openStore(`sqlite://${memory}`);
  const all = await new KeptCopies(store).all();
  await store.close();
  return all.map(({ channelId }) => channelId);
}

const shows = ({ me }: Stage, { id }: APIMessage) => me.read().some((message) => message.id === id);

function stored({ discord: { world, channelId } }: Stage, { id }: APIMessage): StoredMessage {
  return world.messages.get(channelId)?.get(id) as StoredMessage;
}

describe('a picture that is posted again with its description', () => {
  it('is deleted by who asked for it and by who had posted it, and by nobody else', async () => {
    const stage = await openCopyStage();
    const { me, ada, discord } = stage;
    const original = ada.post({ files: [await picture('rocket')] });
    const eve = discord.addPerson('Eve');
    const byAda = await responseTo(eve, eve.runOn(original, 'Describe for screen readers'));
    const bob = discord.addPerson('Bob');
    const refused = await responseTo(bob, bob.press(byAda, buttonOf(byAda, 'delete')));
    const [asker, poster] = [`<@${eve.user.id}>`, `<@${ada.user.id}>`];
    expect(refused.content).toBe(say('en-US', 'copyNotYours', { asker, poster }));
    ada.press(byAda, buttonOf(byAda, 'delete'));
    await expect.poll(() => shows(stage, byAda)).toBe(false);
    const byAsker = await responseTo(eve, eve.runOn(original, 'Describe for screen readers'));
    eve.press(byAsker, buttonOf(byAsker, 'delete'));
    await expect.poll(() => shows(stage, byAsker)).toBe(false);
    const byOwner = await responseTo(eve, eve.runOn(original, 'Describe for screen readers'));
    me.press(byOwner, buttonOf(byOwner, 'delete'));
    await expect.poll(() => shows(stage, byOwner)).toBe(false);
  });

  it.each([
    ['deleted', (_: Stage, original: APIMessage, ada: Person) => ada.delete(original)],
    [
      'deleted with others',
      ({ discord }: Stage, { id }: APIMessage) => deleteMessages(discord.world, discord.channelId, [id]),
    ],
    [
      'robbed of it',
      (stage: Stage, original: APIMessage) =>
        void editMessage(stage.discord.world, stored(stage, original), { keepAttachments: [] }),
    ],
  ])('goes when the message that it was on is %s, also after a restart', async (_, end) => {
    const stage = await openCopyStage();
    const { original, copy } = await describeRocket(stage);
    await stage.restartBot();
    stage.ada.edit(original, 'my little rocket');
    expect(shows(stage, copy)).toBe(true);
    end(stage, original, stage.ada);
    await expect.poll(() => shows(stage, copy), { timeout: 5_000 }).toBe(false);
  });

  it.each(['deleted', 'robbed of it'])('goes when that was %s while the bot was away', async (how) => {
    const stage = await openCopyStage();
    const { original, copy } = await describeRocket(stage);
    const kept = await describeRocket(stage);
    await stage.stopBot();
    if (how === 'deleted') stage.ada.delete(original);
    else editMessage(stage.discord.world, stored(stage, original), { keepAttachments: [] });
    await stage.restartBot();
    await expect.poll(() => shows(stage, copy), { timeout: 5_000 }).toBe(false);
    expect(shows(stage, kept.copy)).toBe(true);
  });

  it.each([
    ['server, at once', (stage: Stage) => stage.discord.removeBot(), []],
    [
      'server while it is away',
      async (stage: Stage) => {
        await stage.stopBot();
        stage.discord.removeBot();
        await stage.restartBot();
      },
      [],
    ],
    [
      'channel',
      ({ discord: { world, channelId } }: Stage) =>
        deleteChannel(world, world.channels.get(channelId) as AnyChannel),
      ['elsewhere'],
    ],
  ])('is known no more once the bot has lost its %s', async (_, lose, left) => {
    const stage = await openCopyStage();
    const { me, discord } = stage;
    await describeRocket(stage);
    const elsewhere = discord.addChannel('elsewhere');
    const other = me.post({ channelId: elsewhere, files: [await picture('umbrella')] });
    await describeBy(stage, other);
    await expect.poll(() => copiesKept(stage)).toHaveLength(2);
    await lose(stage);
    const places = async () =>
      (await copiesKept(stage)).map((id) => (id === elsewhere ? 'elsewhere' : 'the first'));
    await expect.poll(places, { timeout: 5_000 }).toEqual(left);
  });

  it('goes when that was deleted while it was described', async () => {
    const slow = dictated(backend);
    const stage = await openStage(slow, { limits: quickly });
    const { me } = stage;
    const original = me.post({ files: [await picture('rocket')] });
    const used = me.runOn(original, 'Describe for screen readers');
    const typing = me.waitFor(
      ({ interaction_metadata: by, content }) => by?.id === used && content !== '',
      9_000,
    );
    me.delete(original);
    slow.answer('a rocket');
    await typing;
    const isLeft = () => me.read().some(({ attachments }) => attachments.length > 0);
    await expect.poll(isLeft, { timeout: 5_000 }).toBe(false);
  });

  it('is never the newest: that is what people posted', async () => {
    const stage = await openCopyStage();
    const { me, ada, mention } = stage;
    const { original } = await describeRocket(stage);
    const question = me.post(`${mention} What is this?`);
    expect((await replyTo(me, question)).content).toBe('a rocket');
    expect((await responseTo(me, me.run('memory'))).content).toContain(original.id);
    ada.post({ files: [await picture('umbrella')] });
    await describeBy(stage, original);
    await stage.restartBot();
    expect((await responseTo(me, me.run('caption'))).content).toMatch(/^an umbrella/);
  });

  it('is talked about as the one that it stands for', async () => {
    const stage = await openCopyStage();
    const { me } = stage;
    const { original, copy } = await describeRocket(stage);
    const answer = await replyTo(me, me.post({ content: 'What is this?', replyTo: copy.id }));
    expect(answer.content).toBe('a rocket');
    expect(buttonOf(answer, 'ask')).toContain(original.id);
    expect((await responseTo(me, me.runOn(copy, 'Caption image'))).content).toMatch(/^a rocket on/);
    expect((await describeBy(stage, copy)).content).toBe(
      'Described already, by me:\n> Machine-made description: a rocket on a red background',
    );
  });

  it('goes when its poster keeps their pictures from the bot, and is told of no more in any case', async () => {
    const stage = await openCopyStage();
    const { me, ada, discord } = stage;
    const { copy } = await describeRocket(stage);
    const other = await describeRocket(stage);
    discord.fail({ method: 'DELETE', path: new RegExp(copy.id), status: 403 });
    await responseTo(ada, ada.run('privacy', { pictures: 'out' }));
    await expect.poll(() => shows(stage, copy) && shows(stage, other.copy)).toBe(false);
    const left = shows(stage, copy) ? copy : other.copy;
    const reply = me.post({ content: 'What is this?', replyTo: left.id });
    expect((await replyTo(me, reply)).content).toMatch(/keeps their pictures from me/);
  });

  it('is a text to copy where there are more than Discord takes in one message', async () => {
    const stage = await openCopyStage();
    const { ada, discord } = stage;
    const address = 'https://example.org/strawberry.png';
    discord.addWebPicture(address, (await picture('strawberry')).bytes);
    const files = await Promise.all(Array.from({ length: 10 }, () => picture('rocket')));
    const shown = discord.waitForEvent('messageUpdate', ({ stored }) => stored.message.embeds.length > 0);
    const posted = ada.post({ content: address, files });
    await shown;
    const { content, attachments } = await describeBy(stage, posted);
    expect(attachments).toEqual([]);
    expect(content).toContain(say('en-US', 'copyDescription'));
    expect(content.match(/Machine-made description: a/g)).toHaveLength(11);
  });

  it('is called as a file where its sticker’s name has no ending', async () => {
    const stage = await openCopyStage();
    const { bytes } = await picture('rocket');
    const sticker = stage.discord.addSticker('Rocket', StickerFormatType.PNG, bytes);
    const copy = await describeBy(stage, stage.ada.post({ sticker }));
    expect(copy.attachments).toMatchObject([{ filename: 'Rocket.png', content_type: 'image/png' }]);
  });
});

describe('an avatar that the bot posts', () => {
  it('is deleted by who shows it as well', async () => {
    const stage = await openCopyStage();
    const { me, ada, discord } = stage;
    ada.setAvatar((await picture('rocket')).bytes);
    const answer = await responseTo(me, me.run('caption', { user: ada.user.id }));
    const eve = discord.addPerson('Eve');
    await responseTo(eve, eve.press(answer, buttonOf(answer, 'delete')));
    expect(shows(stage, answer)).toBe(true);
    ada.press(answer, buttonOf(answer, 'delete'));
    await expect.poll(() => shows(stage, answer)).toBe(false);
  });

  it('stays theirs when it is posted again', async () => {
    const stage = await openCopyStage();
    const { me, ada } = stage;
    ada.setAvatar((await picture('rocket')).bytes);
    const answer = await responseTo(me, me.run('ask', { user: ada.user.id, question: 'What is this?' }));
    const copy = await describeBy(stage, answer);
    expect(copy.attachments).toMatchObject([{ filename: 'avatar.png' }]);
    await responseTo(ada, ada.run('privacy', { pictures: 'out' }));
    await expect.poll(() => shows(stage, copy)).toBe(false);
    const captioned = await responseTo(me, me.runOn(answer, 'Caption image'));
    const person = `<@${ada.user.id}>`;
    expect(captioned.content).toBe(say('en-US', 'avatarWithheld', { person }));
  });
});
