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
import type { Saying } from '../models/saying.ts';
import { acknowledge } from './acknowledge.ts';
import { placeIn } from './allowed.ts';
import { answerInteraction } from './answer-interaction.ts';
import type { Command, Services } from './command.ts';
import { UserError } from './errors.ts';
import { lackingToWatch } from './lacking-to-watch.ts';
import { placeNamed } from './place-named.ts';
import { decisionsBy } from './settings-decisions.ts';
import { languageNames, modeNames, nsfwNames, settingsText } from './settings-text.ts';
import { choice, described, option } from './texts/described.ts';
import { type PlainKey, say, saying, tell } from './texts/texts.ts';

export const settings: Command = {
  isFree: true,
  data: described(new SlashCommandBuilder().setName('settings'), 'settingsHelp')
    .setContexts(InteractionContextType.Guild)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addSubcommand((command) =>
      described(command.setName('show'), 'settingsShowHelp').addChannelOption((channel) =>
        described(channelOption(channel), 'shownChannelHelp'),
      ),
    )
    .addSubcommand((command) =>
      described(command.setName('mode'), 'settingsModeHelp')
        .addStringOption((mode) =>
          option(mode, 'modeOption')
            .setRequired(true)
            .addChoices(...choicesOf(modeNames), choice('modeInherit', 'inherit')),
        )
        .addChannelOption(channelOption),
    )
    .addSubcommand((command) =>
      described(command.setName('who'), 'settingsWhoHelp')
        .addStringOption((change) =>
          option(change, 'changeOption')
            .setRequired(true)
            .addChoices(
              choice('changeAllow', 'allow'),
              choice('changeRemove', 'remove'),
              choice('changeEverybody', 'everybody'),
            ),
        )
        .addRoleOption((role) => option(role, 'roleOption'))
        .addUserOption((person) => option(person, 'personOption'))
        .addChannelOption(channelOption),
    )
    .addSubcommand((command) =>
      described(command.setName('quota'), 'settingsQuotaHelp')
        .addIntegerOption((person) =>
          described(option(person, 'personOption'), 'quotaPersonHelp').setMinValue(0).setMaxValue(10_000),
        )
        .addIntegerOption((server) => option(server, 'serverOption').setMinValue(0).setMaxValue(100_000)),
    )
    .addSubcommand((command) =>
      described(command.setName('nsfw'), 'settingsNsfwHelp').addStringOption((rule) =>
        option(rule, 'ruleOption')
          .setRequired(true)
          .addChoices(...choicesOf(nsfwNames)),
      ),
    )
    .addSubcommand((command) =>
      described(command.setName('language'), 'settingsLanguageHelp')
        .addStringOption((language) =>
          option(language, 'languageOption')
            .setRequired(true)
            .addChoices(
              choice('languageOwn', 'own'),
              ...Object.entries(languageNames).map(([value, name]) => ({ name, value })),
            ),
        )
        .addChannelOption(channelOption),
    )
    .addSubcommand((command) =>
      described(command.setName('retention'), 'settingsRetentionHelp').addIntegerOption((days) =>
        option(days, 'daysOption').setRequired(true).setMinValue(0).setMaxValue(3_650),
      ),
    )
    .toJSON(),

  async execute(interaction, services) {
    await acknowledge(interaction, { flags: MessageFlags.Ephemeral }, services.signal);
    const { guildId } = interaction;
    if (!guildId) throw new UserError(saying('settingsWithoutServer'));
    const { settings: kept, retention } = services.preferences;
    const named = interaction.options.getChannel('channel');
    const name = interaction.options.getSubcommand();
    const decisions = await decisionsBy[name]?.(interaction, services);
    if (decisions) await kept.decide(guildId, named?.id, decisions);
    if (decisions && name === 'retention') await retention.sweep();
    const channel = named ?? (decisions ? null : interaction.channel);
    const place = channel ? placeNamed(guildId, channel) : { guildId, channelIds: [] };
    const { locale } = interaction;
    const shown = settingsText(kept.inForce(place), place, locale, channel?.type);
    const text = decisions ? say(locale, 'settingsDone', { settings: shown }) : shown;
    const lacks = lacksOf(interaction, named?.id, services);
    const notes = [
      ...(lacks.length > 0
        ? [say(locale, 'lacksToWatch', { lacks: lacks.map((one) => tell(locale, one)).join('; ') })]
        : []),
      ...(decisions ? [] : [say(locale, 'settingsChange', { commands: changingCommands })]),
    ];
    const whole = [text, ...notes.map((note) => `-# ${note}`)].join('\n');
    await answerInteraction(interaction, { text: whole }, services.signal);
  },
};

const changingCommands = ['mode', 'who', 'quota', 'nsfw', 'language', 'retention']
  .map((name) => `\`/settings ${name}\``)
  .join(', ');

/** Where the bot lacks what it takes, so that nobody waits for it in vain; of the whole server without a channel. */
function lacksOf(
  { guild }: ChatInputCommandInteraction,
  channelId: string | undefined,
  { preferences }: Services,
): Saying[] {
  const all = [...(guild?.channels.cache.values() ?? [])].filter((channel) => channel.isTextBased());
  const channels = channelId
    ? all.filter(({ id }) => id === channelId)
    : all.filter((channel) => !channel.isThread() && channel.viewable);
  const lacks = channels.flatMap((channel) => {
    const { mode } = preferences.settings.inForce(placeIn(channel));
    const lacking = lackingToWatch(mode.value, channel);
    if (lacking.length === 0) return [];
    return [saying('lacksIn', { permissions: lacking, channel: `<#${channel.id}>` })];
  });
  if (lacks.length <= mostNamed) return lacks;
  return [...lacks.slice(0, mostNamed), saying('lacksInOthers', { others: lacks.length - mostNamed })];
}

const mostNamed = 5;

function channelOption(channel: SlashCommandChannelOption): SlashCommandChannelOption {
  return option(channel, 'channelOption').addChannelTypes(
    ChannelType.GuildText,
    ChannelType.GuildAnnouncement,
    ChannelType.GuildVoice,
    ChannelType.GuildStageVoice,
    ChannelType.GuildForum,
    ChannelType.PublicThread,
  );
}

function choicesOf(names: Readonly<Record<string, PlainKey>>) {
  return Object.entries(names).map(([value, key]) => choice(key, value));
}
