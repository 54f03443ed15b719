import { Events, type Message, MessageType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { connect } from '../support/discord-client.ts';
import { startLocalDiscord } from '../support/local-discord.ts';

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
    expect(playground.validator.checked.exchanges).toBeGreaterThanOrEqual(3);
  });
});
