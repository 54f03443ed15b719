import { Events, type Message, MessageType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { connect } from '../support/discord-client.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { call } from '../support/rest-call.ts';

describe('messages in the local Discord', () => {
  it('reach the bot, which replies and opens a thread', async () => {
    const playground = await startLocalDiscord();
    const { me } = playground.discord;
    const client = await connect(playground);
    client.on(Events.MessageCreate, async (message: Message) => {
      if (message.author.bot || message.system) return;
      await message.reply({ content: `You said ${message.content}`, allowedMentions: { parse: [] } });
      const thread = await message.startThread({ name: 'More' });
      await thread.send('Here.');
    });

    const question = me.post('hello');

    const reply = await me.waitFor(({ content }) => content === 'You said hello');
    const inThread = await me.waitFor(({ content }) => content === 'Here.');
    expect(reply).toMatchObject({
      type: MessageType.Reply,
      referenced_message: { id: question.id },
      mentions: [],
    });
    expect(inThread.channel_id).toBe(question.id);
  });

  it('reach the bot as direct messages, which it may answer', async () => {
    const playground = await startLocalDiscord();
    const { me } = playground.discord;
    const client = await connect(playground);
    client.on(Events.MessageCreate, async (message) => {
      if (!message.author.bot) await message.reply(message.inGuild() ? 'in the guild' : 'between us');
    });

    me.post({ channelId: me.directMessages(), content: 'psst' });

    const answer = await me.waitFor(({ author }) => author.bot === true);
    expect(answer).toMatchObject({ content: 'between us', channel_id: me.directMessages() });
  });

  it('may have 2,000 characters and no more', async () => {
    const playground = await startLocalDiscord();
    const path = `/channels/${playground.discord.channelId}/messages`;

    const fits = await call(playground, 'POST', path, { content: 'a'.repeat(2_000) });
    const tooLong = await call(playground, 'POST', path, { content: 'a'.repeat(2_001) });

    expect(fits.status).toBe(200);
    expect(tooLong).toMatchObject({
      status: 400,
      body: {
        code: 50_035,
        errors: {
          content: {
            _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }],
          },
        },
      },
    });
  });

  it('may not be empty', async () => {
    const playground = await startLocalDiscord();
    const path = `/channels/${playground.discord.channelId}/messages`;
    expect((await call(playground, 'POST', path, { content: '  ' })).body.code).toBe(50_006);
  });

  it('answer a deleted message only when that may be missing', async () => {
    const playground = await startLocalDiscord();
    const { me, channelId } = playground.discord;
    const question = me.post('gone soon');
    me.delete(question);
    const replyWith = (fail_if_not_exists: boolean) =>
      call(playground, 'POST', `/channels/${channelId}/messages`, {
        content: 'late',
        message_reference: { message_id: question.id, fail_if_not_exists },
      });

    expect((await replyWith(true)).body).toMatchObject({
      code: 50_035,
      errors: { message_reference: { _errors: [{ code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE' }] } },
    });
    const posted = await replyWith(false);
    expect(posted).toMatchObject({ status: 200, body: { type: MessageType.Default } });
    expect(posted.body.message_reference).toBeUndefined();
  });

  it('show null for a replied message that was deleted later', async () => {
    const playground = await startLocalDiscord();
    const { me } = playground.discord;
    const question = me.post('a question');
    const reply = me.post({ content: 'an answer', replyTo: question.id });
    expect(reply.referenced_message?.content).toBe('a question');

    me.delete(question);

    expect(me.read().at(-1)?.referenced_message).toBeNull();
  });

  it('ping whom they name, as far as the author allows it', async () => {
    const playground = await startLocalDiscord({ limits: { messageRate: { requests: 9, windowMs: 5_000 } } });
    const { me, channelId } = playground.discord;
    const post = (body: object) => call(playground, 'POST', `/channels/${channelId}/messages`, body);
    const content = `<@${me.user.id}> look`;
    const pinged = async (body: object) =>
      (await post(body)).body.mentions.map(({ id }: { id: string }) => id);

    expect(await pinged({ content })).toEqual([me.user.id]);
    expect(await pinged({ content, allowed_mentions: { parse: [] } })).toEqual([]);
    expect(await pinged({ content, allowed_mentions: { users: [me.user.id] } })).toEqual([me.user.id]);
    const reply = { content: 'yes', message_reference: { message_id: me.post('hm?').id } };
    expect(await pinged(reply)).toEqual([me.user.id]);
    expect(await pinged({ ...reply, allowed_mentions: { parse: ['users'] } })).toEqual([]);
    expect(await pinged({ ...reply, allowed_mentions: { replied_user: true } })).toEqual([me.user.id]);
  });

  it('are listed newest first, before, after and around one of them', async () => {
    const playground = await startLocalDiscord({ limits: { keptMessages: 8 } });
    const { me, channelId } = playground.discord;
    const ids = Array.from({ length: 10 }, (_, index) => me.post(`message ${index}`).id);
    const list = async (query: string) =>
      (await call(playground, 'GET', `/channels/${channelId}/messages?${query}`)).body.map(
        ({ content }: { content: string }) => Number(content.split(' ')[1]),
      );

    expect(await list('limit=3')).toEqual([9, 8, 7]);
    expect(await list(`limit=2&before=${ids[5]}`)).toEqual([4, 3]);
    expect(await list(`limit=2&after=${ids[5]}`)).toEqual([7, 6]);
    expect(await list(`limit=3&around=${ids[5]}`)).toEqual([6, 5, 4]);
    expect(await list('limit=100'), 'the oldest went').toEqual([9, 8, 7, 6, 5, 4, 3, 2]);
    const tooMany = await call(playground, 'GET', `/channels/${channelId}/messages?limit=101`);
    expect(tooMany.body.errors.limit._errors[0].code).toBe('NUMBER_TYPE_MAX');
  });

  it('are edited and deleted by their author alone', async () => {
    const playground = await startLocalDiscord();
    const { me, channelId } = playground.discord;
    const theirs = `/channels/${channelId}/messages/${me.post('mine').id}`;
    const posted = await call(playground, 'POST', `/channels/${channelId}/messages`, { content: 'first' });
    const own = `/channels/${channelId}/messages/${posted.body.id}`;

    expect((await call(playground, 'PATCH', theirs, { content: 'changed' })).body.code).toBe(50_005);
    expect((await call(playground, 'DELETE', theirs)).body.code).toBe(50_013);
    const edited = await call(playground, 'PATCH', own, { content: 'second' });
    expect(edited.body).toMatchObject({ content: 'second', edited_timestamp: expect.any(String) });
    expect((await call(playground, 'DELETE', own)).status).toBe(204);
    expect((await call(playground, 'GET', own)).body.code).toBe(10_008);
  });

  it('are posted once for one enforced nonce', async () => {
    const playground = await startLocalDiscord();
    const post = () =>
      call(playground, 'POST', `/channels/${playground.discord.channelId}/messages`, {
        content: 'once',
        nonce: '42',
        enforce_nonce: true,
      });
    expect((await post()).body.id).toBe((await post()).body.id);
    expect(playground.discord.me.read()).toHaveLength(1);
  });
});
