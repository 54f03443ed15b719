import {
  ActionRowBuilder,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Events,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  type ModalSubmitInteraction,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { connect } from '../support/discord-client.ts';
import { later } from '../support/later.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { call } from '../support/rest-call.ts';

const look = new SlashCommandBuilder()
  .setName('look')
  .setDescription('Looks at a picture')
  .addAttachmentOption((option) => option.setName('image').setDescription('The picture'))
  .addStringOption((option) => option.setName('prompt').setDescription('How to begin').setMaxLength(10))
  .addBooleanOption((option) => option.setName('private').setDescription('Only for you'))
  .toJSON();

/** A bot with the command /look, whose interactions the test answers. */
async function stage(options: Parameters<typeof startLocalDiscord>[0] = {}) {
  const playground = await startLocalDiscord(options);
  const client = await connect(playground);
  await client.application.commands.set([look]);
  const nextCommand = () => next<ChatInputCommandInteraction>(client);
  const nextButton = () => next<ButtonInteraction>(client);
  return { playground, client, me: playground.discord.me, nextCommand, nextButton };
}

function next<Wanted extends Interaction>(client: {
  once(event: string, listener: (one: Wanted) => void): unknown;
}) {
  return new Promise<Wanted>((resolve) => client.once(Events.InteractionCreate, resolve));
}

const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
  new ButtonBuilder().setCustomId('more:1').setLabel('More').setStyle(ButtonStyle.Primary),
);

describe('commands in the local Discord', () => {
  it('reach the bot with their options and files, and are answered', async () => {
    const { me, nextCommand } = await stage();
    const bytes = Buffer.from('a picture');
    const used = nextCommand();
    me.run('look', { image: { name: 'my cat.png', bytes }, prompt: 'a photo', private: false });

    const interaction = await used;
    const image = interaction.options.getAttachment('image', true);
    expect(image.name).toBe('my_cat.png');
    expect(Buffer.from(await (await fetch(image.url)).arrayBuffer())).toEqual(bytes);
    expect(interaction.options.getString('prompt')).toBe('a photo');
    expect(interaction.options.getBoolean('private')).toBe(false);
    expect(interaction.inGuild()).toBe(true);

    const answer = await interaction.reply({ content: 'a cat', withResponse: true });
    expect(answer.resource?.message?.content).toBe('a cat');
    expect(await me.waitFor(({ content }) => content === 'a cat')).toMatchObject({
      interaction_metadata: { id: interaction.id, user: { id: me.user.id } },
    });
  });

  it('are refused with a sentence when their options are wrong', async () => {
    const { me } = await stage();
    expect(() => me.run('dance')).toThrow('There is no command /dance.');
    expect(() => me.run('look', { colour: 'red' })).toThrow('/look has no option "colour".');
    expect(() => me.run('look', { private: 'yes' })).toThrow('The option "private" takes a boolean.');
    expect(() => me.run('look', { prompt: 'this is too long' })).toThrow('takes at most 10 characters');
  });

  it('show that the bot is thinking until the answer is edited in', async () => {
    const { me, nextCommand } = await stage();
    const used = nextCommand();
    me.run('look');
    const interaction = await used;
    await interaction.deferReply();
    expect(me.read().at(-1)?.flags).toBe(MessageFlags.Loading);

    await interaction.editReply({ content: 'a cat', components: [row] });

    const answer = await me.waitFor(({ content }) => content === 'a cat');
    expect(answer).toMatchObject({ flags: 0, edited_timestamp: null });
    expect((await interaction.fetchReply()).content).toBe('a cat');
  });

  it('answer one person alone when that was said at the defer', async () => {
    const { playground, me, nextCommand } = await stage();
    const ada = playground.discord.addPerson('Ada');
    const used = nextCommand();
    ada.run('look');
    const interaction = await used;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const reply = await interaction.editReply('for Ada');

    expect(ada.read().at(-1)).toMatchObject({ content: 'for Ada', flags: MessageFlags.Ephemeral });
    expect(me.read()).toEqual([]);
    const path = `/channels/${playground.discord.channelId}/messages/${reply.id}`;
    expect((await call(playground, 'GET', path)).body.code).toBe(10_008);
  });

  it('cannot turn ephemeral after the defer', async () => {
    const { me, nextCommand } = await stage();
    const used = nextCommand();
    me.run('look');
    const interaction = await used;
    await interaction.deferReply();
    const followUp = await interaction.followUp({ content: 'hidden?', flags: MessageFlags.Ephemeral });
    expect(followUp.flags.has(MessageFlags.Ephemeral)).toBe(false);
    expect(me.read()).toHaveLength(1);
  });

  it('may be followed up, by messages that hang on the answer', async () => {
    const { me, nextCommand } = await stage();
    const used = nextCommand();
    me.run('look');
    const interaction = await used;
    await interaction.reply('one');
    const original = await interaction.fetchReply();
    const second = await interaction.followUp('two');
    await interaction.webhook.editMessage(second.id, 'two and a half');
    await interaction.deleteReply();

    expect(me.read().map(({ content }) => content)).toEqual(['two and a half']);
    expect(me.read()[0]?.message_reference?.message_id).toBe(original.id);
  });

  it('are acknowledged once', async () => {
    const { me, playground, nextCommand } = await stage();
    const used = nextCommand();
    me.run('look');
    const { id, token } = await used;
    const answer = () =>
      call(playground, 'POST', `/interactions/${id}/${token}/callback`, { type: 4, data: { content: 'hi' } });
    expect((await answer()).status).toBe(204);
    expect(await answer()).toMatchObject({ status: 400, body: { code: 40_060 } });
  });

  it('may be answered again after a bad form', async () => {
    const { me, playground, nextCommand } = await stage();
    const used = nextCommand();
    me.run('look');
    const { id, token } = await used;
    const answer = (content: string) =>
      call(playground, 'POST', `/interactions/${id}/${token}/callback`, { type: 4, data: { content } });
    expect((await answer('a'.repeat(2_001))).body.code).toBe(50_035);
    expect((await answer('short')).status).toBe(204);
  });

  it('are lost when nobody acknowledges them in time, and the person is told', async () => {
    const { playground, me, nextCommand } = await stage({ limits: { acknowledgeMs: 60 } });
    const used = nextCommand();
    const id = me.run('look');
    const failed = await playground.discord.waitForEvent('interactionFailed');
    expect(failed.interaction.id).toBe(id);
    await expect((await used).reply('too late')).rejects.toMatchObject({ code: 10_062 });
    expect(me.read()).toEqual([]);
  });

  it('have a token that expires, and no webhook before they are acknowledged', async () => {
    const { playground, me, nextCommand } = await stage({ limits: { interactionTokenMs: 60_000 } });
    const used = nextCommand();
    me.run('look');
    const interaction = await used;
    const path = `/webhooks/${interaction.applicationId}/${interaction.token}`;
    expect((await call(playground, 'POST', path, { content: 'early' })).body.code).toBe(10_015);
    await interaction.deferReply();
    later(60_001);
    expect(await call(playground, 'POST', path, { content: 'late' })).toMatchObject({
      status: 401,
      body: { code: 50_027 },
    });
  });

  it('keep their ids when they are registered again, each guild apart', async () => {
    const { client, playground } = await stage();
    const before = await client.application.commands.fetch();
    const after = await client.application.commands.set([look]);
    await client.application.commands.set([{ ...look, name: 'peek' }], playground.discord.guildId);

    expect([...after.keys()]).toEqual([...before.keys()]);
    expect((await client.application.commands.fetch()).map(({ name }) => name)).toEqual(['look']);
    const inGuild = await client.application.commands.fetch({ guildId: playground.discord.guildId });
    expect(inGuild.map(({ name }) => name)).toEqual(['peek']);
    await client.application.commands.delete(after.firstKey() ?? '');
    expect((await client.application.commands.fetch()).size).toBe(0);
  });

  it('are refused with names that Discord does not take', async () => {
    const { playground } = await stage();
    const path = `/applications/${playground.discord.botId}/commands`;
    const problems = await call(playground, 'POST', path, { name: 'Look At', description: '' });
    expect(problems.body.errors).toMatchObject({
      name: { _errors: [{ code: 'APPLICATION_COMMAND_INVALID_NAME' }] },
      description: { _errors: [{ code: 'BASE_TYPE_REQUIRED' }] },
    });
    const twice = await call(playground, 'PUT', path, [look, look]);
    expect(twice.body.errors[1].name._errors[0].code).toBe('APPLICATION_COMMANDS_DUPLICATE_NAME');
  });
});

describe('buttons in the local Discord', () => {
  async function withButton() {
    const set = await stage();
    await set.client.rest.post(`/channels/${set.playground.discord.channelId}/messages`, {
      body: { content: 'a cat', components: [row.toJSON()] },
    });
    return { ...set, message: set.me.read()[0] as NonNullable<ReturnType<typeof set.me.read>[number]> };
  }

  it('reach the bot with the message they hang on, whose answer replies to it', async () => {
    const { me, message, nextButton } = await withButton();
    const pressed = nextButton();
    me.press(message, 'more:1');
    const interaction = await pressed;
    expect(interaction.message.content).toBe('a cat');
    await interaction.reply('more of it');
    const answer = await me.waitFor(({ content }) => content === 'more of it');
    expect(answer.message_reference?.message_id).toBe(message.id);
  });

  it('may change their message, at once or later', async () => {
    const { me, message, nextButton } = await withButton();
    let pressed = nextButton();
    me.press(message, 'more:1');
    await (await pressed).update('changed');
    expect(me.read()[0]).toMatchObject({ content: 'changed', components: [{ type: 1 }] });

    pressed = nextButton();
    me.press(message, 'more:1');
    const interaction = await pressed;
    await interaction.deferUpdate();
    await interaction.editReply({ content: 'changed again', components: [] });
    expect(me.read()[0]).toMatchObject({ content: 'changed again', components: [] });
    expect(() => me.press(message, 'more:1')).toThrow('This button is gone.');
  });

  it('need custom ids that differ', async () => {
    const { playground } = await withButton();
    const path = `/channels/${playground.discord.channelId}/messages`;
    const twice = await call(playground, 'POST', path, { components: [row.toJSON(), row.toJSON()] });
    expect(twice.body.code).toBe(50_035);
  });
});

describe('completion and forms in the local Discord', () => {
  it('offer what the bot says for what was typed', async () => {
    const { client, me } = await stage();
    const option = { type: 3, name: 'prompt', description: 'How to begin', autocomplete: true };
    await client.application.commands.set([{ name: 'look', description: 'Looks', options: [option] }]);
    client.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const typed = interaction.options.getFocused();
      await interaction.respond([{ name: `${typed} photo`, value: 'a photo' }]);
    });
    expect(await me.complete('look', 'prompt', 'a')).toEqual([{ name: 'a photo', value: 'a photo' }]);
    await expect(me.complete('look', 'colour', 'a')).rejects.toThrow('completes no option "colour"');
  });

  it('bring to the bot what was written into the form', async () => {
    const { playground, me, client, nextCommand } = await stage();
    const used = nextCommand();
    const id = me.run('look');
    const input = new TextInputBuilder().setCustomId('what').setLabel('What?').setStyle(TextInputStyle.Short);
    const rows = new ActionRowBuilder<TextInputBuilder>().addComponents(input);
    const opened = playground.discord.waitForEvent('modal');
    await (await used).showModal(new ModalBuilder().setCustomId('ask').setTitle('Ask').addComponents(rows));
    await opened;
    const sent = next<ModalSubmitInteraction>(client);
    me.submit(id, { what: 'a cat?' });
    const interaction = await sent;
    expect(interaction.fields.getTextInputValue('what')).toBe('a cat?');
    await interaction.reply('yes');
    await me.waitFor(({ content }) => content === 'yes');
  });
});
