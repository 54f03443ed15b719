// What the local Discord still knows when it is started again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type ButtonInteraction, Events, Locale, MessageFlags, StickerFormatType } from 'discord.js';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Discord } from '../../src/playground/discord.ts';
import { connect } from '../support/discord-client.ts';
import { type LocalDiscord, startLocalDiscord } from '../support/local-discord.ts';
import { call } from '../support/rest-call.ts';
import { countsIn, newFile } from './kept-file.ts';

const button = { type: 1, components: [{ type: 2, style: 1, custom_id: 'more:1', label: 'More' }] };
const look = { name: 'look', description: 'Looks at a picture' };

/** What happens in the local Discord before it ends, and what is asked about it when it is there again. */
async function restart<T>(happen: (before: LocalDiscord) => T | Promise<T>, file = newFile()) {
  const before = await startLocalDiscord({ file });
  const told = await happen(before);
  await before.close();
  return { after: await startLocalDiscord({ file }), told, file };
}

describe('the local Discord, started again', () => {
  it('has its people, channels, threads and messages as they were', async () => {
    const { after, told } = await restart(async (playground) => {
      const { discord } = playground;
      const { me, channelId } = discord;
      const friend = discord.addPerson('Ada');
      const other = discord.addChannel('other');
      discord.denyBot(other, ['SendMessages']);
      const first = me.post('hello');
      friend.post({ content: 'hi', replyTo: first.id });
      me.edit(first, 'hello, all');
      me.delete(me.post('a mistake'));
      friend.speak(Locale.German);
      friend.post({ channelId: friend.directMessages(), content: 'psst' });
      const path = `/channels/${channelId}/messages/${first.id}/threads`;
      expect((await call(playground, 'POST', path, { name: 'More' })).status).toBe(201);
      friend.post({ channelId: first.id, content: 'in the thread' });
      await call(playground, 'PUT', `/applications/${discord.botId}/commands`, [look]);
      return { me: me.user.id, friend: friend.user.id, other, state: stateOf(playground) };
    });

    expect(stateOf(after)).toEqual(told.state);
    expect(after.discord.me.user.id).toBe(told.me);
    expect(after.discord.world.users.get(told.friend)).toMatchObject({ username: 'ada' });
    const refused = await call(after, 'POST', `/channels/${told.other}/messages`, { content: 'no' });
    expect(refused.body.code).toBe(50_013);
  });

  it('has its stickers, emoji, avatars and the web as they were', async () => {
    const bytes = await sharp({ create: { width: 4, height: 2, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const { after, told } = await restart(({ discord }) => {
      discord.addWebPicture('https://example.org/a.png', bytes);
      discord.addWebPage('https://example.org/b', { kind: 'article', title: 'B', picture: bytes });
      discord.me.setAvatar(Buffer.from('GIF89a'));
      discord.me.setAvatar(bytes);
      discord.me.setAvatar(bytes, 'server');
      const emoji = discord.addEmoji('red', bytes);
      return {
        sticker: discord.addSticker('Red', StickerFormatType.PNG, bytes),
        emoji,
        ...stateOfAssets(discord),
      };
    });
    const { discord } = after;
    expect(stateOfAssets(discord)).toEqual({
      assets: told.assets,
      stickers: told.stickers,
      pages: told.pages,
    });
    expect(told.assets).toHaveLength(6);
    const { me } = discord;
    expect(me.user.avatar).toMatch(/^[0-9a-f]{32}$/);
    expect(discord.world.guild.members.get(me.user.id)?.user).toBe(me.user);
    const { emoji, sticker } = told;
    for (const path of [
      `/stickers/${sticker}.png`,
      `/emojis/${emoji.replace(/\D/g, '')}.png`,
      `/avatars/${me.user.id}/${me.user.avatar}.png`,
    ]) {
      const served = await fetch(after.url + path);
      expect(Buffer.from(await served.arrayBuffer()), path).toEqual(bytes);
    }
    const shown = discord.waitForEvent('messageUpdate');
    me.post('https://example.org/b');
    expect((await shown).stored.message.embeds).toMatchObject([{ type: 'article', title: 'B' }]);
    expect(me.post({ sticker }).sticker_items).toMatchObject([{ name: 'Red' }]);
  });

  it('gives every new message a higher id, though the clock went back', async () => {
    const file = newFile();
    const before = await startLocalDiscord({ file });
    const last = before.discord.me.post('the last');
    before.discord.me.delete(before.discord.me.post('and one that went'));
    await before.close();
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
    const after = await startLocalDiscord({ file });
    expect(BigInt(after.discord.me.post('the first').id)).toBeGreaterThan(BigInt(last.id) + 1n);
  });

  it('serves files by their old addresses and by fresh ones', async () => {
    const bytes = Buffer.from([0, 1, 2, 255]);
    const { after, told } = await restart(
      ({ discord: { me } }) => me.post({ files: [{ name: 'a.bin', bytes }] }).attachments[0]?.url ?? '',
    );
    const fresh = after.discord.me.read()[0]?.attachments[0]?.url ?? '';
    const { pathname, search } = new URL(told);
    for (const url of [fresh, `${after.url}${pathname}${search}`]) {
      const served = await fetch(url);
      expect([served.status, served.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
      expect(Buffer.from(await served.arrayBuffer())).toEqual(bytes);
    }
  });

  it('forgets the files that no message shows, and those of messages that went', async () => {
    const { told, after } = await restart(({ discord: { me, world } }) => {
      const files = [{ name: 'a.txt', bytes: Buffer.from('a') }];
      me.delete(me.post({ files }));
      const kept = me.post({ files }).attachments[0]?.id ?? '';
      world.files.put('1', { name: 'stray.txt', bytes: Buffer.from('b'), contentType: 'text/plain' });
      return { kept };
    });
    const { files } = after.discord.world;
    expect([files.get('1'), files.get(told.kept)?.name]).toEqual([undefined, 'a.txt']);
  });

  it('takes channels away for good, with the messages and files in them', async () => {
    const { after, told, file } = await restart(({ discord }) => {
      discord.setBotPermissions(['ViewChannel', 'ManageChannels']);
      const channelId = discord.addChannel('other');
      discord.me.post({ channelId, files: [{ name: 'a.txt', bytes: Buffer.from('a') }] });
      return channelId;
    });
    await call(after, 'DELETE', `/channels/${told}`);
    await after.close();
    expect(countsIn(file)).toEqual({ messages: 0, files: 0, channels: 2 });
  });

  it('keeps no more messages in its file than in memory', async () => {
    const file = newFile();
    const playground = await startLocalDiscord({ file, limits: { keptMessages: 3 } });
    for (const content of ['1', '2', '3', '4', '5']) playground.discord.me.post(content);
    await playground.close();
    expect(countsIn(file).messages).toBe(3);
  });

  it('lets people press the buttons on old messages', async () => {
    const { after, told } = await restart(async (playground) => {
      const path = `/channels/${playground.discord.channelId}/messages`;
      return (await call(playground, 'POST', path, { content: 'an answer', components: [button] })).body;
    });
    const client = await connect(after);
    const pressed = new Promise<ButtonInteraction>((resolve) => {
      client.once(Events.InteractionCreate, (interaction) => resolve(interaction as ButtonInteraction));
    });
    after.discord.me.press(told, 'more:1');
    const interaction = await pressed;
    expect([interaction.customId, interaction.message.content]).toEqual(['more:1', 'an answer']);
    await interaction.update({ content: 'more', components: [] });
    expect(after.discord.me.read().at(-1)?.content).toBe('more');
  });

  it('thinks no more about what nobody will answer', async () => {
    const { after } = await restart(async (playground) => {
      const { discord } = playground;
      await call(playground, 'PUT', `/applications/${discord.botId}/commands`, [look]);
      const client = await connect(playground);
      const deferred = new Promise<void>((resolve) => {
        client.once(Events.InteractionCreate, async (interaction) => {
          if (interaction.isChatInputCommand()) await interaction.deferReply();
          resolve();
        });
      });
      discord.me.run('look');
      await deferred;
      await client.destroy();
    });
    const [message] = after.discord.me.read();
    expect(message?.content).toBe('The application did not respond');
    expect((message?.flags ?? 0) & MessageFlags.Loading).toBe(0);
  });

  it('has all that it said to have after a SIGKILL in the middle of writing', async () => {
    const file = newFile();
    const script = fileURLToPath(new URL('post-until-killed.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > 40) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const { discord } = await startLocalDiscord({ file });
    const contents = discord.me.read().map(({ content }) => content);
    const whole = said.split('\n').slice(0, -1);
    expect(contents.slice(0, whole.length)).toEqual(whole);
    for (const { content, attachments } of discord.me.read()) {
      const stored = discord.world.files.get(attachments[0]?.id ?? '');
      expect(Buffer.from(stored?.bytes ?? []).toString()).toBe(content);
    }
  });
});

/** All that there is, without what is signed anew each time. */
function stateOf({ discord: { world } }: LocalDiscord): object {
  const { users, locales, channels, threadMembers, messages, commands, guild } = world;
  return structuredClone({ users, locales, channels, threadMembers, messages, commands, guild });
}

function stateOfAssets({ world }: Discord) {
  const assets = [...world.assets].map(([path, bytes]) => [path, Buffer.from(bytes).toString('hex')]);
  return { assets, stickers: [...world.stickers.values()], pages: [...world.webPages] };
}
