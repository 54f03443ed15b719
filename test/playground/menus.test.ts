// Menus under messages: what Discord takes, how somebody chooses in one, and what reaches the bot.
import {
  ActionRowBuilder,
  Events,
  type Interaction,
  StringSelectMenuBuilder,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { connect } from '../support/discord-client.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { call } from '../support/rest-call.ts';

const menu = (...values: string[]) =>
  new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
    new StringSelectMenuBuilder()
      .setCustomId('which:1')
      .setOptions(values.map((value) => ({ label: `Number ${value}`, value }))),
  );

async function stage() {
  const playground = await startLocalDiscord();
  const client = await connect(playground);
  const { channelId, me } = playground.discord;
  const post = (...values: string[]) =>
    call(playground, 'POST', `/channels/${channelId}/messages`, {
      components: [menu(...values).toJSON()],
    });
  return { client, me, post };
}

describe('a menu in the local Discord', () => {
  it('sends the bot what somebody chose in it', async () => {
    const { client, me, post } = await stage();
    const { body } = await post('a', 'b');
    const chosen = new Promise<Interaction>((resolve) => client.once(Events.InteractionCreate, resolve));
    me.choose(body, 'which:1', ['b']);
    const interaction = (await chosen) as StringSelectMenuInteraction;
    expect(interaction.isStringSelectMenu()).toBe(true);
    expect([interaction.customId, interaction.values]).toEqual(['which:1', ['b']]);
    expect(interaction.message.id).toBe(body.id);
    await interaction.reply('thanks');
  });

  it('takes nothing that it does not offer, and no more than it allows', async () => {
    const { me, post } = await stage();
    const { body } = await post('a', 'b');
    expect(() => me.choose(body, 'which:1', ['c'])).toThrow('"c" is none of the menu\'s options.');
    expect(() => me.choose(body, 'which:1', ['a', 'b'])).toThrow("Choose 1 of the menu's options.");
    expect(() => me.choose(body, 'which:2', ['a'])).toThrow('This menu is gone.');
  });

  it.each([
    ['no option', []],
    ['26 options', Array.from({ length: 26 }, (_, index) => String(index))],
    ['two options of one value', ['a', 'a']],
    ['a value of 101 characters', ['a'.repeat(101)]],
  ])('is refused with %s', async (_, values) => {
    const playground = await startLocalDiscord();
    const { status, body } = await call(
      playground,
      'POST',
      `/channels/${playground.discord.channelId}/messages`,
      {
        components: [
          {
            type: 1,
            components: [
              {
                type: 3,
                custom_id: 'which',
                options: values.map((value) => ({ label: 'One', value })),
              },
            ],
          },
        ],
      },
    );
    expect([status, body.code]).toEqual([400, 50035]);
  });
});
