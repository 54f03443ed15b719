import { Events, GatewayDispatchEvents, GatewayIntentBits, type Message } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { connect, createClient, usualIntents } from '../support/discord-client.ts';
import { type LocalDiscord, startLocalDiscord } from '../support/local-discord.ts';
import { openGateway } from '../support/raw-gateway.ts';

describe('the gateway of the local Discord', () => {
  it('refuses a wrong token', async () => {
    const playground = await startLocalDiscord();
    const raw = await openGateway(playground);
    raw.identify({ token: 'wrong' });
    expect(await raw.closed).toBe(4004);
  });

  it('refuses an intent that is switched off, and a bot goes on without it', async () => {
    const playground = await startLocalDiscord({ privileged: { messageContent: false } });
    const client = createClient(playground);
    await expect(client.login(playground.token)).rejects.toThrow('Used disallowed intents');
    const intents = usualIntents.filter((intent) => intent !== GatewayIntentBits.MessageContent);
    expect((await connect(playground, { intents })).isReady()).toBe(true);
  });

  it('shows a bot without the content intent only what is meant for it', async () => {
    const playground = await startLocalDiscord();
    const { me, botId } = playground.discord;
    const client = await connect(playground, {
      intents: usualIntents.filter((intent) => intent !== GatewayIntentBits.MessageContent),
    });
    const next = () => new Promise<Message>((resolve) => client.once(Events.MessageCreate, resolve));
    const files = [{ name: 'a.txt', bytes: Buffer.from('a') }];

    let heard = next();
    me.post({ content: 'not for you', files });
    expect(await heard).toMatchObject({ content: '', attachments: { size: 0 } });

    heard = next();
    me.post({ content: `<@${botId}> for you`, files });
    expect(await heard).toMatchObject({ content: `<@${botId}> for you`, attachments: { size: 1 } });

    heard = next();
    me.post({ channelId: me.directMessages(), content: 'just us' });
    expect((await heard).content).toBe('just us');
  });

  it('shows a bot without the presences intent no other members of the server', async () => {
    const playground = await startLocalDiscord({ privileged: { presences: true } });
    const { botId, guildId, me } = playground.discord;
    const membersFor = async (intents: typeof usualIntents) =>
      (await connect(playground, { intents })).guilds.cache.get(guildId)?.members.cache.map(({ id }) => id);
    expect(await membersFor(usualIntents)).toEqual([botId]);
    const presences = [...usualIntents, GatewayIntentBits.GuildPresences];
    expect((await membersFor(presences))?.sort()).toEqual([botId, me.user.id].sort());
  });

  it('replays what a cut connection missed', async () => {
    const playground = await startLocalDiscord();
    const client = await connect(playground);
    const heard: string[] = [];
    client.on(Events.MessageCreate, ({ content }) => heard.push(content));
    const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));

    playground.discord.gateway.cut();
    await playground.discord.waitForEvent('bot', ({ online }) => !online);
    playground.discord.me.post('first');
    playground.discord.me.post('second');
    await resumed;
    await playground.discord.me.waitFor(({ content }) => content === 'second');

    expect(heard).toEqual(['first', 'second']);
  });

  it('lets a bot resume when it asks it to reconnect', async () => {
    const playground = await startLocalDiscord();
    const client = await connect(playground);
    const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
    playground.discord.gateway.askToReconnect();
    await resumed;
    expect(playground.discord.gateway.online).toBe(true);
  });

  it('makes a bot resume on the same connection when its session is still good', async () => {
    const playground = await startLocalDiscord();
    const client = await connect(playground);
    const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
    playground.discord.gateway.invalidateSession(true);
    await resumed;
    expect(playground.discord.gateway.online).toBe(true);
  });

  it('makes a bot identify anew when its session is gone', async () => {
    const playground = await startLocalDiscord();
    // The library's own throttle would wait five seconds between two identifies.
    const buildIdentifyThrottler = async () => ({ waitForIdentify: async () => {} });
    const client = await connect(playground, { ws: { buildIdentifyThrottler } });
    const again = new Promise<void>((resolve) =>
      client.ws.once(GatewayDispatchEvents.Ready, () => resolve()),
    );
    playground.discord.gateway.forgetSessions();
    playground.discord.gateway.cut();
    await again;
    expect(playground.discord.gateway.online).toBe(true);
  });

  it('leaves a bot that gets no answers to its heartbeats to reconnect', async () => {
    const playground = await startLocalDiscord({ limits: { heartbeatIntervalMs: 200 } });
    const client = await connect(playground);
    const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
    playground.discord.gateway.fallSilent();
    await resumed;
    expect(playground.discord.gateway.online).toBe(true);
  });

  it('gets a heartbeat when it asks for one', async () => {
    const playground = await startLocalDiscord();
    await connect(playground);
    const raw = await openGateway(playground);
    raw.identify();
    await raw.next(({ t }) => t === 'READY');
    playground.discord.gateway.askForHeartbeat();
    expect(await raw.next(({ op }) => op === 1)).toMatchObject({ op: 1 });
  });

  it('hangs up on a client that sends no heartbeats', async () => {
    const playground = await startLocalDiscord({ limits: { heartbeatIntervalMs: 50 } });
    const raw = await openGateway(playground);
    raw.identify();
    expect(await raw.closed).toBe(4009);
  });

  it('hangs up on a client that never says who it is', async () => {
    const playground = await startLocalDiscord({ limits: { identifyMs: 50 } });
    expect(await (await openGateway(playground)).closed).toBe(4009);
  });

  const wrongs: readonly [string, number, (raw: Awaited<ReturnType<typeof openGateway>>) => void][] = [
    ['what is no JSON', 4002, (raw) => raw.sendText('{')],
    ['more than 4096 bytes', 4002, (raw) => raw.send({ op: 3, d: 'a'.repeat(4_096) })],
    ['an opcode that does not exist', 4001, (raw) => raw.send({ op: 99 })],
    ['a presence before it identified itself', 4003, (raw) => raw.send({ op: 3, d: {} })],
    ['a second identify', 4005, (raw) => [raw.identify(), raw.identify()]],
    ['a shard that is not there', 4010, (raw) => raw.identify({ shard: [1, 2] })],
    ['intents that do not exist', 4013, (raw) => raw.identify({ intents: 1 << 30 })],
    ['too much', 4008, (raw) => Array.from({ length: 4 }, () => raw.send({ op: 1, d: null }))],
  ];
  it.each(wrongs)('hangs up on a client that sends %s', async (_, code, act) => {
    const playground = await startLocalDiscord({
      limits: { gatewaySends: { requests: 3, windowMs: 60_000 } },
    });
    const raw = await openGateway(playground);
    act(raw);
    expect(await raw.closed).toBe(code);
  });

  it('hangs up on another version than 10', async () => {
    const playground = await startLocalDiscord();
    expect(await (await openGateway(playground, 'v=9&encoding=json')).closed).toBe(4012);
  });

  it('resumes no session from a sequence it never reached, and none that it has forgotten', async () => {
    const playground = await startLocalDiscord({ limits: { replayEvents: 2 } });
    const session = await sessionOf(playground);
    const resume = async (seq: number) => {
      const raw = await openGateway(playground);
      raw.send({ op: 6, d: { token: playground.token, session_id: session, seq } });
      return raw;
    };
    expect(await (await resume(999)).closed).toBe(4007);
    for (const content of ['one', 'two', 'three']) playground.discord.me.post(content);
    const tooOld = await resume(1);
    expect(await tooOld.next(({ op }) => op === 9)).toMatchObject({ op: 9, d: false });
  });
});

describe('a session that a second connection takes over', () => {
  it('outlives the first', async () => {
    const playground = await startLocalDiscord({ limits: { resumeMs: 30 } });
    const first = await openGateway(playground);
    first.identify();
    const { d } = await first.next(({ t }) => t === 'READY');
    const second = await openGateway(playground);
    const { session_id } = d as { session_id: string };
    second.send({ op: 6, d: { token: playground.token, session_id, seq: 2 } });
    await second.next(({ t }) => t === 'RESUMED');

    first.cut();
    await first.closed;
    await new Promise((resolve) => setTimeout(resolve, 100));
    playground.discord.me.post('still there?');

    expect(await second.next(({ t }) => t === 'MESSAGE_CREATE')).toMatchObject({
      d: { content: 'still there?' },
    });
  });
});

async function sessionOf(playground: LocalDiscord): Promise<string> {
  const raw = await openGateway(playground);
  raw.identify();
  const ready = await raw.next(({ t }) => t === 'READY');
  raw.cut();
  await playground.discord.waitForEvent('bot', ({ online }) => !online);
  return (ready.d as { session_id: string }).session_id;
}
