// Whom the page's side lets see and do what: other people, and web pages that are none of its own.
import { request } from 'node:http';
import { type APITextChannel, ChannelType, Locale } from 'discord.js';
import { describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { PageError, PageState } from '../../src/playground/page-api.ts';
import { startThreadIn } from '../../src/playground/state/threads.ts';
import { connect } from '../support/discord-client.ts';
import { type LocalDiscord, startLocalDiscord } from '../support/local-discord.ts';
import { command, form, openEvents } from './at-the-page.ts';

describe('a person at the page', () => {
  it('sees what is theirs, and is heard as themselves', async () => {
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

  it('closes, locks and deletes threads where they may manage them', async () => {
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

  it('is offered the commands that they may use, in their language', async () => {
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
