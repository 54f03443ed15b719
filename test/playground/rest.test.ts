import { describe, expect, it } from 'vitest';
import { startPlayground } from '../../src/playground/playground.ts';
import { connect } from '../support/discord-client.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { silentLog } from '../support/logs.ts';
import { createOpenApiValidator } from '../support/openapi-validator.ts';
import { call } from '../support/rest-call.ts';

describe('the REST side of the local Discord', () => {
  it('wants the bot’s token', async () => {
    const playground = await startLocalDiscord();
    const wrong = await call({ ...playground, token: 'wrong' }, 'GET', '/users/@me');
    expect(wrong).toMatchObject({ status: 401, body: { message: '401: Unauthorized', code: 0 } });
  });

  it('describes the bot, its application, its guild and who is in it as Discord does', async () => {
    const playground = await startLocalDiscord({ privileged: { members: true } });
    const { guildId, botId, me, channelId } = playground.discord;
    const paths = [
      '/gateway/bot',
      '/users/@me',
      '/users/@me/guilds',
      `/users/${me.user.id}`,
      '/applications/@me',
      '/oauth2/applications/@me',
      `/guilds/${guildId}?with_counts=true`,
      `/guilds/${guildId}/channels`,
      `/guilds/${guildId}/roles`,
      `/guilds/${guildId}/members?limit=10`,
      `/guilds/${guildId}/members/${botId}`,
      `/guilds/${guildId}/threads/active`,
      `/channels/${channelId}`,
      `/channels/${channelId}/threads/archived/public`,
    ];
    for (const path of paths)
      expect(await call(playground, 'GET', path), path).toMatchObject({ status: 200 });
    expect(playground.validator.checked.exchanges).toBe(paths.length);
  });

  it('tells in headers what is left of a bucket, and refuses when nothing is', async () => {
    const limits = { messageRate: { requests: 2, windowMs: 60_000 } };
    const playground = await startLocalDiscord({ limits });
    const other = playground.discord.addChannel('other');
    const post = (channelId: string) =>
      call(playground, 'POST', `/channels/${channelId}/messages`, { content: 'hi' });
    const { channelId } = playground.discord;

    const [first, second, third] = [await post(channelId), await post(channelId), await post(channelId)];

    const remaining = [first, second].map(({ headers }) => headers.get('x-ratelimit-remaining'));
    expect(remaining).toEqual(['1', '0']);
    expect(third).toMatchObject({ status: 429, body: { global: false, retry_after: expect.any(Number) } });
    expect(third.headers.get('x-ratelimit-scope')).toBe('user');
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(50);
    expect((await post(other)).status, 'each channel has its own bucket').toBe(200);
  });

  it('has one limit over all routes', async () => {
    const playground = await startLocalDiscord({ limits: { globalRate: { requests: 1, windowMs: 60_000 } } });
    await call(playground, 'GET', '/users/@me');
    const refused = await call(playground, 'GET', '/gateway/bot');
    expect(refused).toMatchObject({ status: 429, body: { global: true } });
    expect(refused.headers.get('x-ratelimit-global')).toBe('true');
  });

  it('makes discord.js wait for a bucket, and lose nothing', async () => {
    const limits = { messageRate: { requests: 2, windowMs: 300 } };
    const playground = await startLocalDiscord({ limits });
    const client = await connect(playground);
    const channel = await client.channels.fetch(playground.discord.channelId);
    if (!channel?.isSendable()) throw new Error('The channel takes no messages.');
    await Promise.all(['one', 'two', 'three', 'four'].map((content) => channel.send(content)));
    expect(playground.discord.me.read().map(({ content }) => content)).toEqual([
      'one',
      'two',
      'three',
      'four',
    ]);
  });

  it('fails on demand, and discord.js tries again', async () => {
    const playground = await startLocalDiscord();
    const client = await connect(playground);
    const channel = await client.channels.fetch(playground.discord.channelId);
    if (!channel?.isSendable()) throw new Error('The channel takes no messages.');
    playground.discord.fail({ method: 'POST', path: /\/messages$/, status: 502 });
    playground.discord.fail({ method: 'POST', path: /\/messages$/, status: 429, retryAfterMs: 20 });
    await channel.send('at last');
    expect(playground.discord.me.read()).toHaveLength(1);
  });

  it('refuses a body that is no JSON, and one that is too big', async () => {
    const playground = await startLocalDiscord({ limits: { uploadBytes: 10, uploadFiles: 1 } });
    const path = `/channels/${playground.discord.channelId}/messages`;
    const broken = await fetch(`${playground.api}/v10${path}`, {
      method: 'POST',
      headers: { authorization: `Bot ${playground.token}`, 'content-type': 'application/json' },
      body: '{',
    });
    expect(await broken.json()).toMatchObject({ code: 50_109 });
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect((await call(playground, 'POST', path, { content: 'no form' }, headers)).status).toBe(400);
    const big = await call(playground, 'POST', path, { content: 'a'.repeat(2_000_000) });
    expect(big).toMatchObject({ status: 413, body: { code: 40_005 } });
  });

  it('knows nothing of routes that Discord does not have, and the validator says so', async () => {
    const validator = createOpenApiValidator();
    const playground = await startPlayground({ port: 0, log: silentLog, validate: validator });
    const { channelId } = playground.discord;
    await call(playground, 'GET', '/teapots');
    await call(playground, 'GET', `/channels/${channelId}?colour=red`);
    await call(playground, 'POST', `/channels/${channelId}/messages`, { content: 'hi', smell: 'roses' });
    await playground.close();
    expect(validator.mismatches).toEqual([
      'GET /teapots: Discord has no such route',
      `GET /channels/${channelId}: the query has colour, of which /channels/{channel_id} knows nothing`,
      `POST /channels/${channelId}/messages: the request has fields that the schema does not know: smell`,
    ]);
  });

  it('says so when its port is taken', async () => {
    const { url } = await startLocalDiscord();
    const port = Number(new URL(url).port);
    await expect(startPlayground({ port, log: silentLog })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken. Set PORT to another one, or to 0 for any that is free.`,
    );
  });

  it("says so when it can't listen for another reason", async () => {
    // An address of no network here, as RFC 5737 keeps it for documents.
    await expect(startPlayground({ port: 0, host: '192.0.2.1', log: silentLog })).rejects.toThrow(
      /^Port 0 on 192\.0\.2\.1 can't be listened on \(.*\)\. Set PORT to another one/,
    );
  });
});
