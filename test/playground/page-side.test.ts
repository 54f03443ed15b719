import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APITextChannel, ChannelType, Locale } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { MessagePage, PageError, PageEvent, PageState } from '../../src/playground/page-api.ts';
import { startThreadIn } from '../../src/playground/state/threads.ts';
import { connect } from '../support/discord-client.ts';
import { type LocalDiscord, startLocalDiscord } from '../support/local-discord.ts';

const command = {
  name: 'look',
  description: 'Looks',
  options: [{ type: 11, name: 'image', description: 'It' }],
};

/** What addresses of stickers end with, by format. */
const endings: Readonly<Record<number, string>> = { 1: 'png', 2: 'png', 3: 'json', 4: 'gif' };

function form(payload: object, files: Readonly<Record<string, string>> = {}): FormData {
  const data = new FormData();
  data.set('payload', JSON.stringify(payload));
  for (const [field, text] of Object.entries(files)) data.set(field, new Blob([text]), `${field}.txt`);
  return data;
}

async function openEvents({ url }: LocalDiscord, query = ''): Promise<PageEvent[]> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/page/events?${query}`);
  onTestFinished(() => socket.terminate());
  const events: PageEvent[] = [];
  socket.on('message', (data) => events.push(JSON.parse(data.toString()) as PageEvent));
  await new Promise((resolve) => socket.once('open', resolve));
  return events;
}

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

  it('shows each person what they see, and hears them as themselves', async () => {
    const playground = await startLocalDiscord();
    const { url, discord } = playground;
    const ada = discord.addPerson('Ada');
    const as = `as=${ada.user.id}`;
    const state = async (query: string) =>
      (await (await fetch(`${url}/page/state?${query}`)).json()) as PageState;
    const send = async (method: string, path: string, body: object, query = as) => {
      const answer = await fetch(`${url}/page/${path}?${query}`, { method, body: JSON.stringify(body) });
      return { status: answer.status, body: await answer.json() };
    };
    const mine = await openEvents(playground);
    const hers = await openEvents(playground, as);

    const { body: direct } = await send('POST', 'direct-messages', {});
    const path = `${url}/page/channels/${direct.id}/messages`;
    const posted = await fetch(`${path}?${as}`, { method: 'POST', body: form({ content: 'psst' }) });
    expect(await posted.json()).toMatchObject({ author: { username: 'ada' }, content: 'psst' });
    expect((await fetch(path)).status).toBe(403);
    expect((await state(as)).channels.at(-1)).toMatchObject({ id: direct.id, recipients: [{ bot: true }] });
    expect((await state('')).channels.map(({ id }) => id)).not.toContain(direct.id);

    expect(await send('PUT', 'language', { locale: 'fr' })).toEqual({ status: 200, body: {} });
    expect((await state(as)).locale).toBe('fr');
    expect((await send('PUT', 'language', { locale: 'tlh' })).status).toBe(400);
    expect(await send('PATCH', `channels/${discord.channelId}`, { botDenied: '2048' })).toEqual({
      status: 400,
      body: { message: 'Ada may not change channels here. The owner of the server may.' },
    });
    expect((await send('PATCH', `channels/${discord.channelId}`, { botDenied: '2048' }, '')).status).toBe(
      200,
    );
    expect((await send('POST', 'people', { name: 'Ada' })).body).toMatchObject({ username: 'ada_2' });
    expect((await state('as=12')).me).toEqual(discord.me.user);
    expect((await send('POST', 'people', { name: 'Eve' }, 'as=12')).status).toBe(400);

    await expect
      .poll(() => hers.map(({ type }) => type))
      .toEqual(['channel.create', 'message.create', 'state', 'channel.update', 'state']);
    expect(mine.map(({ type }) => type)).toEqual(['channel.update', 'state']);
  });

  it('closes, locks and deletes threads for whoever may manage them', async () => {
    const playground = await startLocalDiscord();
    const { discord, url } = playground;
    const { world, me } = discord;
    const ada = discord.addPerson('Ada');
    const parent = world.channels.get(discord.channelId) as APITextChannel;
    const { id } = startThreadIn(world, parent, me.user.id, { name: 'talk' }, ChannelType.PublicThread);
    const send = async (method: string, channelId: string, body: object, query = '') => {
      const sent = { method, ...(method === 'PATCH' && { body: JSON.stringify(body) }) };
      const answer = await fetch(`${url}/page/channels/${channelId}?${query}`, sent);
      return [answer.status, ((await answer.json()) as PageError).message];
    };
    const thread = () => world.channels.get(id);
    expect(await send('PATCH', id, { locked: true }, `as=${ada.user.id}`)).toEqual([
      400,
      'Ada may not manage threads here. The owner of the server may.',
    ]);
    expect(await send('PATCH', id, { locked: true, closed: true })).toEqual([200, undefined]);
    expect(thread()).toMatchObject({ thread_metadata: { locked: true, archived: true } });
    expect(await send('DELETE', discord.channelId, {})).toEqual([400, 'Only threads can be deleted here.']);
    expect((await send('DELETE', id, {}, `as=${ada.user.id}`))[0]).toBe(400);
    expect(await send('DELETE', id, {})).toEqual([200, undefined]);
    expect(thread()).toBeUndefined();
  });

  it('offers a person the commands that they may use, in their language', async () => {
    const playground = await startLocalDiscord();
    const client = await connect(playground);
    const named = { name_localizations: { de: 'schau' }, description_localizations: { de: 'Schaut' } };
    await client.application.commands.set([
      { ...command, ...named },
      { name: 'rule', description: 'Rules', default_member_permissions: '32' },
    ]);
    const ada = playground.discord.addPerson('Ada');
    ada.speak(Locale.German);
    const commands = async (query: string) =>
      ((await (await fetch(`${playground.url}/page/state${query}`)).json()) as PageState).commands;
    expect((await commands('')).map(({ name }) => name)).toEqual(['look', 'rule']);
    expect(await commands(`?as=${ada.user.id}`)).toMatchObject([
      { name: 'look', name_localized: 'schau', description_localized: 'Schaut' },
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

describe('a foreign web page', () => {
  /** `fetch` won't set Host and Origin. */
  const send = ({ url }: LocalDiscord, method: string, path: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = request(`${url}${path}`, { method, headers }, ({ statusCode }) => resolve(statusCode));
      sent.once('error', reject);
      sent.end();
    });

  it('cannot reach the local Discord under a name of its own', async () => {
    const playground = await startLocalDiscord();
    expect(await send(playground, 'GET', '/page/state', { host: 'evil.example' })).toBe(403);
    expect(await send(playground, 'GET', '/page/state', { host: 'localhost:3000' })).toBe(200);
    expect(await send(playground, 'GET', '/page/state', { host: '[::1]:3000' })).toBe(200);
  });

  it('cannot post, nor call what is for bots', async () => {
    const playground = await startLocalDiscord();
    const origin = 'http://evil.example';
    expect(await send(playground, 'POST', '/page/interactions', { origin })).toBe(403);
    expect(await send(playground, 'GET', '/api/v10/gateway', { origin })).toBe(403);
    const own = { origin: playground.url };
    expect(await send(playground, 'GET', '/page/state', own)).toBe(200);
    expect(await send(playground, 'GET', '/api/v10/gateway', own)).toBe(403);
  });

  it('cannot listen to events', async () => {
    const playground = await startLocalDiscord();
    for (const path of ['/page/events', '/gateway?v=10&encoding=json']) {
      const socket = new WebSocket(`${playground.url.replace('http', 'ws')}${path}`, {
        origin: 'http://evil.example',
      });
      const error = await new Promise<Error>((resolve) => socket.once('error', resolve));
      expect(error.message).toBe('Unexpected server response: 403');
    }
  });
});
