// /settings decides what the bot does on a server and in its channels, for those who manage it.
import {
  ChannelType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
  SlashCommandBuilder,
  type SlashCommandChannelOption,
} from 'discord.js';
import type { Command, Services } from './command.ts';
import { UserError } from './errors.ts';
import { type Audience, type Decisions, defaultSettings, type Mode, type NsfwRule } from './preferences.ts';
import { acknowledge, answerInteraction } from './reply.ts';
import { languageNames, modeNames, nsfwNames, settingsText } from './settings-text.ts';
import { saying } from './texts/texts.ts';

export const settings: Command = {
  isFree: true,
  data: new SlashCommandBuilder()
    .setName('settings')
    .setDescription('Decides what I do on this server and in its channels')
    .setContexts(InteractionContextType.Guild)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addSubcommand((command) =>
      command
        .setName('show')
        .setDescription('Shows what holds in a channel, and why')
        .addChannelOption(channelOption('Which one; without it, this one')),
    )
    .addSubcommand((command) =>
      command
        .setName('mode')
        .setDescription('What I do with the pictures that people post')
        .addStringOption((option) =>
          option
            .setName('what')
            .setDescription('What I do')
            .setRequired(true)
            .addChoices(...choicesOf(modeNames), { name: 'As it was before any decision', value: 'inherit' }),
        )
        .addChannelOption(channelOption('In which channel; without it, on the whole server')),
    )
    .addSubcommand((command) =>
      command
        .setName('who')
        .setDescription('Who may use me: everybody, unless you name roles or people')
        .addStringOption((option) =>
          option
            .setName('change')
            .setDescription('What to do with the role or the person')
            .setRequired(true)
            .addChoices(
              { name: 'Let them use me', value: 'allow' },
              { name: 'Take them off the list', value: 'remove' },
              { name: 'Let everybody use me', value: 'everybody' },
            ),
        )
        .addRoleOption((option) => option.setName('role').setDescription('People with this role'))
        .addUserOption((option) => option.setName('person').setDescription('This person'))
        .addChannelOption(channelOption('In which channel; without it, on the whole server')),
    )
    .addSubcommand((command) =>
      command
        .setName('quota')
        .setDescription('How many answers an hour I give; 0 is as many as are asked for')
        .addIntegerOption((option) =>
          option.setName('person').setDescription('To one person').setMinValue(0).setMaxValue(10_000),
        )
        .addIntegerOption((option) =>
          option.setName('server').setDescription('To all together').setMinValue(0).setMaxValue(100_000),
        ),
    )
    .addSubcommand((command) =>
      command
        .setName('nsfw')
        .setDescription('Whether I look at pictures in age-restricted channels')
        .addStringOption((option) =>
          option
            .setName('rule')
            .setDescription('Where I look')
            .setRequired(true)
            .addChoices(...choicesOf(nsfwNames)),
        ),
    )
    .addSubcommand((command) =>
      command
        .setName('language')
        .setDescription(
          'In which language I answer messages; to commands I answer in that of whoever uses them',
        )
        .addStringOption((option) =>
          option
            .setName('language')
            .setDescription('Which one')
            .setRequired(true)
            .addChoices(...choicesOf(languageNames)),
        )
        .addChannelOption(channelOption('In which channel; without it, on the whole server')),
    )
    .addSubcommand((command) =>
      command
        .setName('retention')
        .setDescription('After how many days I forget what was said on this server; 0 is never')
        .addIntegerOption((option) =>
          option
            .setName('days')
            .setDescription('How many')
            .setRequired(true)
            .setMinValue(0)
            .setMaxValue(3_650),
        ),
    )
    .toJSON(),

  async execute(interaction, services) {
    await acknowledge(interaction, { flags: MessageFlags.Ephemeral }, services.signal);
    const { guildId } = interaction;
    if (!guildId) throw new UserError(saying('settingsWithoutServer'));
    const { settings: kept } = services.preferences;
    const channelId = interaction.options.getChannel('channel')?.id;
    const name = interaction.options.getSubcommand();
    const decisions = await decisionsBy[name]?.(interaction, services);
    if (decisions) await kept.decide(guildId, channelId, decisions);
    if (decisions && name === 'retention') await services.preferences.retention.sweep();
    const place = { guildId, channelIds: channelId ? [channelId] : decisions ? [] : placesHere(interaction) };
    const text = settingsText(kept.inForce(place), place);
    await answerInteraction(interaction, { text: decisions ? `Done. ${text}` : text }, services.signal);
  },
};

type Decide = (
  interaction: ChatInputCommandInteraction,
  services: Services,
) => Decisions | Promise<Decisions>;

/** By subcommand; `show` decides nothing. */
const decisionsBy: Readonly<Record<string, Decide>> = {
  mode({ options }) {
    const what = options.getString('what', true);
    return { mode: what === 'inherit' ? undefined : (what as Mode) };
  },
  who: (interaction, services) => ({ audience: audienceAfter(interaction, services) }),
  quota({ options }) {
    const [person, server] = [options.getInteger('person'), options.getInteger('server')];
    if (person === null && server === null) {
      throw new UserError(saying('quotaWithoutNumber', { person: 'person', server: 'server' }));
    }
    return {
      ...(person !== null && { hourlyAPerson: person }),
      ...(server !== null && { hourlyAServer: server }),
    };
  },
  nsfw: ({ options }) => ({ nsfw: options.getString('rule', true) as NsfwRule }),
  language: ({ options }) => ({ language: options.getString('language', true) }),
  retention: ({ options }) => ({ retentionDays: options.getInteger('days', true) }),
};

function audienceAfter(
  { guildId, options }: ChatInputCommandInteraction,
  { preferences }: Services,
): Audience | undefined {
  const change = options.getString('change', true);
  const channelId = options.getChannel('channel')?.id;
  if (change === 'everybody') return channelId ? defaultSettings.audience : undefined;
  const [role, person] = [options.getRole('role'), options.getUser('person')];
  if (!role && !person) throw new UserError(saying('nobodyNamed', { role: 'role', person: 'person' }));
  const place = { guildId: guildId ?? '', channelIds: channelId ? [channelId] : [] };
  const { roles, people } = preferences.settings.inForce(place).audience.value;
  return {
    roles: role ? changed(roles, role.id, change === 'allow') : roles,
    people: person ? changed(people, person.id, change === 'allow') : people,
  };
}

function changed(list: readonly string[], id: string, isAdded: boolean): readonly string[] {
  const others = list.filter((other) => other !== id);
  return isAdded ? [...others, id] : others;
}

function placesHere({ channelId, channel }: ChatInputCommandInteraction): readonly string[] {
  const parentId = channel?.isThread() ? channel.parentId : null;
  return parentId ? [channelId, parentId] : [channelId];
}

function channelOption(description: string) {
  return (option: SlashCommandChannelOption) =>
    option
      .setName('channel')
      .setDescription(description)
      .addChannelTypes(
        ChannelType.GuildText,
        ChannelType.GuildAnnouncement,
        ChannelType.GuildVoice,
        ChannelType.PublicThread,
      );
}

function choicesOf(names: Readonly<Record<string, string>>) {
  return Object.entries(names).map(([value, name]) => ({ name, value }));
}
