import { ChannelType, Events, MessageType, type ThreadChannel } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { connect } from '../support/discord-client.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { call } from '../support/rest-call.ts';

describe('threads in the local Discord', () => {
  it('take their message’s id, and a message takes one thread', async () => {
    const playground = await startLocalDiscord();
    const { me, channelId } = playground.discord;
    const message = me.post('look');
    const start = () =>
      call(playground, 'POST', `/channels/${channelId}/messages/${message.id}/threads`, { name: 'talk' });

    const first = await start();
    const second = await start();

    expect(first).toMatchObject({
      status: 201,
      body: { id: message.id, name: 'talk', parent_id: channelId, type: ChannelType.PublicThread },
    });
    expect(second).toMatchObject({ status: 400, body: { code: 160_004 } });
    expect(me.read().at(-1)?.thread?.id).toBe(message.id);
    expect(me.read(message.id)[0]).toMatchObject({
      type: MessageType.ThreadStarterMessage,
      referenced_message: { content: 'look' },
    });
  });

  it('count their messages and members without the one that started them', async () => {
    const playground = await startLocalDiscord();
    const { me, botId, channelId } = playground.discord;
    const ada = playground.discord.addPerson('Ada');
    const { id } = me.post('look');
    await call(playground, 'POST', `/channels/${channelId}/messages/${id}/threads`, { name: 'talk' });
    ada.post({ channelId: id, content: 'one' });
    ada.post({ channelId: id, content: 'two' });

    const { body: thread } = await call(playground, 'GET', `/channels/${id}`);
    const { body: members } = await call(playground, 'GET', `/channels/${id}/thread-members`);

    expect(thread).toMatchObject({ message_count: 2, member_count: 2, total_message_sent: 2 });
    expect(members.map(({ user_id }: { user_id: string }) => user_id)).toEqual([botId, ada.user.id]);
  });

  it('are announced to the bot with their messages', async () => {
    const playground = await startLocalDiscord();
    const client = await connect(playground);
    const { me, channelId } = playground.discord;
    const created = new Promise<ThreadChannel>((resolve) => client.once(Events.ThreadCreate, resolve));
    const heard = new Promise<string>((resolve) =>
      client.on(Events.MessageCreate, (message) => {
        if (message.channel.isThread() && message.content !== '') resolve(message.content);
      }),
    );
    const message = await (await client.channels.fetch(channelId))?.fetch();
    expect(message?.id).toBe(channelId);
    const { id } = me.post('look');
    await call(playground, 'POST', `/channels/${channelId}/messages/${id}/threads`, { name: 'talk' });
    me.post({ channelId: id, content: 'and this?' });
    expect((await created).id).toBe(id);
    expect(await heard).toBe('and this?');
  });

  it('are private unless a request says otherwise, and hidden from who is not in them', async () => {
    const playground = await startLocalDiscord();
    const { channelId, botId } = playground.discord;
    playground.discord.setBotPermissions(['ViewChannel', 'CreatePrivateThreads', 'SendMessagesInThreads']);
    const ada = playground.discord.addPerson('Ada');
    const { body: thread } = await call(playground, 'POST', `/channels/${channelId}/threads`, { name: 'us' });
    expect(thread).toMatchObject({
      type: ChannelType.PrivateThread,
      owner_id: botId,
      member: { user_id: botId },
    });
    expect(() => ada.post({ channelId: thread.id, content: 'let me in' })).toThrow('Missing Access');
  });

  it('wake when somebody writes, unless they are locked', async () => {
    const playground = await startLocalDiscord();
    const { me, channelId } = playground.discord;
    const { id } = me.post('look');
    await call(playground, 'POST', `/channels/${channelId}/messages/${id}/threads`, { name: 'talk' });
    await call(playground, 'PATCH', `/channels/${id}`, { archived: true });
    const write = () => call(playground, 'POST', `/channels/${id}/messages`, { content: 'awake?' });

    await write();
    const woken = await call(playground, 'GET', `/channels/${id}`);
    expect(woken.body.thread_metadata.archived).toBe(false);

    const lock = () => call(playground, 'PATCH', `/channels/${id}`, { archived: true, locked: true });
    expect((await lock()).body.code).toBe(50_013);
    playground.discord.setBotPermissions(['ViewChannel', 'SendMessagesInThreads', 'ManageThreads']);
    await lock();
    playground.discord.setBotPermissions(['ViewChannel', 'SendMessagesInThreads']);
    expect((await write()).body.code).toBe(50_083);
  });

  it('hang on text channels alone', async () => {
    const playground = await startLocalDiscord();
    const { me } = playground.discord;
    const { id } = me.post({ channelId: me.directMessages(), content: 'psst' });
    const path = `/channels/${me.directMessages()}/messages/${id}/threads`;
    expect((await call(playground, 'POST', path, { name: 'talk' })).body.code).toBe(50_024);
  });
});
