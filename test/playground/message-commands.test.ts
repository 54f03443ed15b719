import {
  ActionRowBuilder,
  ApplicationCommandType,
  ContextMenuCommandBuilder,
  Events,
  InteractionType,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  MessageType,
  ModalBuilder,
  type ModalSubmitInteraction,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { connect } from '../support/discord-client.ts';
import { startLocalDiscord } from '../support/local-discord.ts';

const inspect = new ContextMenuCommandBuilder()
  .setName('Inspect it')
  .setType(ApplicationCommandType.Message)
  .toJSON();
const look = new SlashCommandBuilder().setName('look').setDescription('Looks').toJSON();

/** A bot with a command in the menu of messages, whose interactions the test answers. */
async function stage(options: Parameters<typeof startLocalDiscord>[0] = {}) {
  const playground = await startLocalDiscord(options);
  const client = await connect(playground);
  await client.application.commands.set([inspect, look]);
  const next = <Wanted>() =>
    new Promise<Wanted>((resolve) =>
      client.once(Events.InteractionCreate, (interaction) => resolve(interaction as Wanted)),
    );
  return { playground, me: playground.discord.me, next };
}

describe('a command in the menu of a message', () => {
  it('brings the message to the bot with its content, whatever its intents', async () => {
    const { playground, me, next } = await stage();
    playground.discord.setPrivilegedIntents({ messageContent: false });
    const message = me.post({ content: 'a cat', files: [{ name: 'cat.png', bytes: Buffer.from('cat') }] });
    const used = next<MessageContextMenuCommandInteraction>();
    me.runOn(message, 'Inspect it');
    const interaction = await used;
    expect(interaction.isMessageContextMenuCommand()).toBe(true);
    expect(interaction.targetMessage).toMatchObject({ id: message.id, content: 'a cat' });
    expect(interaction.targetMessage.attachments.map(({ name }) => name)).toEqual(['cat.png']);
  });

  it('is answered on the message, and followed up on the answer', async () => {
    const { me, next } = await stage();
    const message = me.post('a cat');
    const used = next<MessageContextMenuCommandInteraction>();
    const id = me.runOn(message, 'Inspect it');
    const interaction = await used;
    await interaction.reply('it is a cat');
    await interaction.followUp('really');
    const [, answer, more] = me.read();
    expect(answer).toMatchObject({
      type: MessageType.ContextMenuCommand,
      message_reference: { message_id: message.id },
      referenced_message: { content: 'a cat' },
      interaction: { name: 'Inspect it' },
      interaction_metadata: { id, type: InteractionType.ApplicationCommand, target_message_id: message.id },
    });
    expect(more).toMatchObject({ type: MessageType.Reply, referenced_message: { id: answer?.id } });
  });

  it('opens a form, whose answer tells what opened it', async () => {
    const { playground, me, next } = await stage();
    const message = me.post('a cat');
    const used = next<MessageContextMenuCommandInteraction>();
    const id = me.runOn(message, 'Inspect it');
    const opened = playground.discord.waitForEvent('modal');
    const input = new TextInputBuilder().setCustomId('why').setLabel('Why?').setStyle(TextInputStyle.Short);
    const row = new ActionRowBuilder<TextInputBuilder>().addComponents(input);
    await (await used).showModal(new ModalBuilder().setCustomId('form').setTitle('Form').addComponents(row));
    await opened;
    const sent = next<ModalSubmitInteraction>();
    const submitted = me.submit(id, { why: 'so' });
    await (await sent).reply('I see');
    expect(me.read().at(-1)?.interaction_metadata).toMatchObject({
      id: submitted,
      type: InteractionType.ModalSubmit,
      triggering_interaction_metadata: { id, target_message_id: message.id },
    });
  });

  it('is refused where it cannot be used', async () => {
    const { playground, me, next } = await stage();
    const message = me.post('a cat');
    expect(() => me.run('Inspect it')).toThrow('“Inspect it” is used on a message, by its menu.');
    expect(() => me.runOn(message, 'look')).toThrow('/look is used by itself, not on a message.');
    const used = next<MessageContextMenuCommandInteraction>();
    me.runOn(message, 'Inspect it');
    await (await used).reply({ content: 'for you', flags: MessageFlags.Ephemeral });
    const hidden = me.read().at(-1) ?? message;
    expect(() => me.runOn(hidden, 'Inspect it')).toThrow('This message is gone.');
    const ada = playground.discord.addPerson('Ada');
    expect(() => ada.runOn(hidden, 'Inspect it')).toThrow('This message is gone.');
  });
});
