import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MessagePage, PageState } from '../../src/playground/page-api.ts';
import { connect } from '../support/discord-client.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { command, form, openEvents } from './at-the-page.ts';

/** What addresses of stickers end with, by format. */
const endings: Readonly<Record<number, string>> = { 1: 'png', 2: 'png', 3: 'json', 4: 'gif' };

describe('the page’s side of the local Discord', () => {
  it('tells what there is', async () => {
    const playground = await startLocalDiscord({ modelNote: 'It knows emoji only.' });
    const client = await connect(playground);
    await client.application.commands.set([command]);

    const state = (await (await fetch(`${playground.url}/page/state`)).json()) as PageState;

    expect(state.bot.online).toBe(true);
    expect(state.channels.map(({ name }) => name)).toEqual(['pictures', 'playground']);
    expect(state.commands.map(({ name }) => name)).toEqual(['look']);
    expect(state.members).toHaveLength(2);
    expect(state.modelNote).toBe('It knows emoji only.');
    for (const { url } of state.samples) {
      const image = await fetch(`${playground.url}${url}`);
      expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png']);
    }
  });

  it('has stickers, emoji and links to try where it is furnished, each drawn by its address', async () => {
    const playground = await startLocalDiscord({ furnished: true });
    await connect(playground);
    const { url, discord } = playground;
    const state = (await (await fetch(`${url}/page/state`)).json()) as PageState;
    const addresses = [
      ...state.emoji.map(({ id, animated }) => `${url}/emojis/${id}.${animated ? 'gif' : 'png'}`),
      ...state.stickers.map(({ id, format_type: format }) => `${url}/stickers/${id}.${endings[format]}`),
    ];
    const served = await Promise.all(addresses.map((address) => fetch(address)));
    expect(served.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual([
      [200, 'image/png'],
      [200, 'image/gif'],
      [200, 'image/png'],
      [200, 'image/png'],
      [200, 'image/gif'],
      [200, 'application/octet-stream'],
    ]);
    const shown = discord.waitForEvent('messageUpdate');
    discord.me.post(`see ${state.samples[0]?.webAddress}`);
    expect((await shown).stored.message.embeds).toMatchObject([{ type: 'image' }]);
  });

  it('posts for the person before it, and shows what the channel holds', async () => {
    const playground = await startLocalDiscord();
    const path = `${playground.url}/page/channels/${playground.discord.channelId}/messages`;
    const post = async (payload: object, files = {}) => {
      const answer = await fetch(path, { method: 'POST', body: form(payload, files) });
      return { status: answer.status, body: await answer.json() };
    };

    const first = await post({ content: 'look' }, { files: 'bytes' });
    await post({ content: 'well?', replyTo: first.body.id, mentionAuthor: false });

    const listed = await (await fetch(path)).json();
    expect(listed).toMatchObject({
      hasOlder: false,
      messages: [
        { content: 'look', attachments: [{ filename: 'files.txt' }] },
        { content: 'well?', referenced_message: { id: first.body.id }, mentions: [] },
      ],
    });
    const twice = { content: 'once', nonce: '1.1' };
    expect((await post(twice)).body.id).toBe((await post(twice)).body.id);
    expect(await post({ content: ' ' })).toEqual({
      status: 400,
      body: { message: 'Write something or add a picture.' },
    });
    expect((await post({ content: 'a'.repeat(2_001) })).body.message).toMatch(/2001 characters/);
    const unknown = await fetch(`${playground.url}/page/channels/1/messages`);
    expect([unknown.status, await unknown.json()]).toEqual([404, { message: 'Unknown Channel' }]);
    const noForm = await fetch(path, { method: 'POST', body: 'hello' });
    expect([noForm.status, await noForm.json()]).toEqual([400, { message: 'The page sent no form.' }]);
  });

  it('hands out what a channel holds from its end to its beginning, page by page', async () => {
    const playground = await startLocalDiscord();
    const { me, channelId } = playground.discord;
    const numbers = Array.from({ length: 203 }, (_, index) => String(index));
    for (const number of numbers) me.post(number);
    const path = `${playground.url}/page/channels/${channelId}/messages`;
    const read = async (before = '') => (await (await fetch(`${path}${before}`)).json()) as MessagePage;
    const newest = await read();
    const older = await read(`?before=${newest.messages[0]?.id}`);
    const oldest = await read(`?before=${older.messages[0]?.id}`);
    const pages = [oldest, older, newest];
    expect(pages.map(({ hasOlder }) => hasOlder)).toEqual([false, true, true]);
    expect(pages.map(({ messages }) => messages.length)).toEqual([3, 100, 100]);
    expect(pages.flatMap(({ messages }) => messages.map(({ content }) => content))).toEqual(numbers);
  });

  it('uses commands with files and presses buttons', async () => {
    const playground = await startLocalDiscord();
    const client = await connect(playground);
    const registered = await client.application.commands.set([command]);
    const { channelId } = playground.discord;
    const use = async (payload: object, files = {}) => {
      const body = form(payload, files);
      const answer = await fetch(`${playground.url}/page/interactions`, { method: 'POST', body });
      return {
        status: answer.status,
        body: (await answer.json()) as { interactionId: string; message: string },
      };
    };
    const started = playground.discord.waitForEvent('interaction');
    const commandId = registered.firstKey();

    const used = await use({ kind: 'command', channelId, commandId, options: [] }, { 'file.image': 'bytes' });

    expect(used).toEqual({ status: 202, body: { interactionId: (await started).interaction.id } });
    expect((await started).interaction.data).toMatchObject({ options: [{ name: 'image', type: 11 }] });
    const pressed = await use({ kind: 'button', channelId, messageId: '1', customId: 'more' });
    expect(pressed).toMatchObject({ status: 400, body: { message: 'This message is gone.' } });
  });

  it('hears what happens, and nothing that is for others alone', async () => {
    const playground = await startLocalDiscord({ limits: { acknowledgeMs: 30 } });
    const events = await openEvents(playground);
    const client = await connect(playground);
    await client.application.commands.set([command]);
    const { me, discord } = { me: playground.discord.me, discord: playground.discord };
    const ada = discord.addPerson('Ada');
    const message = me.post('hello');
    await client.rest.post(`/channels/${discord.channelId}/typing`);
    me.delete(message);
    ada.run('look');
    me.run('look');
    await discord.waitForEvent('interactionFailed', ({ interaction }) => interaction.user.id === me.user.id);
    await expect
      .poll(() => events.map(({ type }) => type))
      .toEqual([
        'bot',
        'commands',
        'state',
        'message.create',
        'typing',
        'message.delete',
        'interaction.failed',
      ]);
  });

  it('serves the built page, and says how to build it where it is missing', async () => {
    const pageFolder = await mkdtemp(join(tmpdir(), 'blipcord-page-'));
    onTestFinished(() => rm(pageFolder, { recursive: true }));
    const missing = await startLocalDiscord({ pageFolder });
    expect(await (await fetch(missing.url)).text()).toMatch('npm run build');
    await writeFile(join(pageFolder, 'index.html'), '<p>page</p>');
    await writeFile(join(pageFolder, 'main.js'), 'void 0');
    const built = await startLocalDiscord({ pageFolder });

    expect(await (await fetch(built.url)).text()).toBe('<p>page</p>');
    const script = await fetch(`${built.url}/main.js`);
    expect(script.headers.get('content-type')).toMatch('javascript');
    expect(script.headers.get('x-frame-options')).toBe('DENY');
  });
});
