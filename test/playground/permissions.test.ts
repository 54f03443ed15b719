import { Events, type Interaction, type TextChannel } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { connect } from '../support/discord-client.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { call } from '../support/rest-call.ts';

const emptyForm = {
  custom_id: 'form',
  title: 'A form',
  components: [
    { type: 1, components: [{ type: 4, custom_id: 'text', label: 'A text', style: 1, required: true }] },
  ],
};

describe('permissions in the local Discord', () => {
  it('hide a channel that the bot may not view', async () => {
    const playground = await startLocalDiscord();
    const { discord } = playground;
    discord.denyBot(discord.channelId, ['ViewChannel']);
    expect(await call(playground, 'GET', `/channels/${discord.channelId}`)).toMatchObject({
      status: 403,
      body: { code: 50_001, message: 'Missing Access' },
    });
    const listed = await call(playground, 'GET', `/guilds/${discord.guildId}/channels`);
    expect(listed.body.map(({ id }: { id: string }) => id)).not.toContain(discord.channelId);
  });

  it('leave of a channel that a connected bot sees no more that it is there', async () => {
    const playground = await startLocalDiscord();
    const { discord } = playground;
    const { channelId } = discord;
    const client = await connect(playground);
    const channel = () => client.channels.cache.get(channelId) as TextChannel;
    const maySee = () => channel().permissionsFor(discord.botId)?.has('ViewChannel');
    expect([channel().name, maySee()]).toEqual(['pictures', true]);
    discord.denyBot(channelId, ['ViewChannel']);
    await expect.poll(() => [channel().name, maySee()]).toEqual(['___hidden___', false]);
    expect(channel().flags.bitfield & (1 << 17)).not.toBe(0);
    const other = await connect(playground);
    expect(other.channels.cache.get(channelId)).toMatchObject({ name: '___hidden___', topic: null });
    discord.denyBot(channelId, []);
    await expect.poll(() => [channel().name, maySee()]).toEqual(['pictures', true]);
  });

  it('keep the bot from writing, attaching, replying and opening threads where they lack', async () => {
    const playground = await startLocalDiscord();
    const { discord } = playground;
    const { channelId } = discord;
    const question = discord.me.post('anyone?');
    const code = async (path: string, body: object) =>
      (await call(playground, 'POST', `/channels/${channelId}${path}`, body)).body.code;
    const withFile = new FormData();
    withFile.set('payload_json', '{}');
    withFile.set('files[0]', new Blob(['x']), 'x.txt');

    discord.denyBot(channelId, ['AttachFiles', 'ReadMessageHistory', 'CreatePublicThreads']);
    expect(await code('/messages', withFile)).toBe(50_013);
    expect(await code('/messages', { content: 'yes', message_reference: { message_id: question.id } })).toBe(
      160_002,
    );
    expect(await code(`/messages/${question.id}/threads`, { name: 'talk' })).toBe(50_013);
    const history = await call(playground, 'GET', `/channels/${channelId}/messages`);
    expect(history.body).toEqual([]);

    discord.denyBot(channelId, ['SendMessages']);
    expect(await code('/messages', { content: 'hello' })).toBe(50_013);
    expect(await code('/typing', {})).toBe(50_013);
  });

  it('hold in threads with their own permission to write', async () => {
    const playground = await startLocalDiscord();
    const { discord } = playground;
    const message = discord.me.post('look');
    await call(playground, 'POST', `/channels/${discord.channelId}/messages/${message.id}/threads`, {
      name: 'talk',
    });
    discord.denyBot(discord.channelId, ['SendMessagesInThreads']);
    const inThread = await call(playground, 'POST', `/channels/${message.id}/messages`, { content: 'hi' });
    const inChannel = await call(playground, 'POST', `/channels/${discord.channelId}/messages`, {
      content: 'hi',
    });
    expect(inThread.body.code).toBe(50_013);
    expect(inChannel.status).toBe(200);
  });

  it('decide who may use a command, and where', async () => {
    const playground = await startLocalDiscord();
    const { discord } = playground;
    const ada = discord.addPerson('Ada');
    await call(playground, 'PUT', `/applications/${discord.botId}/commands`, [
      { name: 'rule', description: 'For who rules', default_member_permissions: '0' },
      { name: 'here', description: 'Only in guilds', contexts: [0] },
    ]);
    expect(() => ada.run('rule')).toThrow('You do not have permission to use /rule.');
    expect(() => discord.me.run('rule')).not.toThrow();
    expect(() => ada.run('here', {}, ada.directMessages())).toThrow('/here can’t be used here.');
    expect(() => ada.run('here')).not.toThrow();
  });

  it('reach a bot that is connected when they change', async () => {
    const playground = await startLocalDiscord();
    const client = await connect(playground);
    const changed = new Promise((resolve) => client.on(Events.GuildRoleUpdate, (_, role) => resolve(role)));
    playground.discord.setBotPermissions(['ViewChannel']);
    await changed;
    const me = client.guilds.cache.get(playground.discord.guildId)?.members.me;
    await expect.poll(() => me?.permissions.toArray()).toEqual(['ViewChannel']);
  });

  it('show the threads of a channel to a bot that comes to see it', async () => {
    const playground = await startLocalDiscord();
    const { discord } = playground;
    const { channelId } = discord;
    const { id } = discord.me.post('look');
    await call(playground, 'POST', `/channels/${channelId}/messages/${id}/threads`, { name: 'talk' });
    discord.denyBot(channelId, ['ViewChannel']);
    const client = await connect(playground);
    const synced = new Promise((resolve) => client.on(Events.ThreadListSync, resolve));
    discord.denyBot(channelId, []);
    await synced;
    expect(client.channels.cache.get(id)).toMatchObject({ name: 'talk', parentId: channelId });
  });

  it('are told with a form as they are when it is sent', async () => {
    const playground = await startLocalDiscord();
    const { discord } = playground;
    const { me, channelId } = discord;
    const client = await connect(playground);
    await call(playground, 'PUT', `/applications/${discord.botId}/commands`, [
      { name: 'fill', description: 'Opens a form' },
    ]);
    client.on(Events.InteractionCreate, (used) => {
      if (used.isChatInputCommand()) void used.showModal(emptyForm);
    });
    const opened = discord.waitForEvent('modal');
    const formId = me.run('fill');
    await opened;
    discord.denyBot(channelId, ['AttachFiles']);
    const sent = new Promise<Interaction>((resolve) => client.once(Events.InteractionCreate, resolve));
    me.submit(formId, { text: 'x' });
    expect((await sent).appPermissions.has('AttachFiles')).toBe(false);
  });

  it('come from the roles of the guild, too', async () => {
    const playground = await startLocalDiscord();
    const { discord } = playground;
    discord.setBotPermissions(['ViewChannel']);
    const posted = await call(playground, 'POST', `/channels/${discord.channelId}/messages`, {
      content: 'hi',
    });
    expect(posted.body.code).toBe(50_013);
  });
});
