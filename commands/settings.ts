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
import { placeIn } from './allowed.ts';
import type { Command, Services } from './command.ts';
import { UserError } from './errors.ts';
import { lackingToWatch } from './lacking-to-watch.ts';
import type { Place } from './preferences.ts';
import { acknowledge, answerInteraction } from './reply.ts';
import { decisionsBy } from './settings-decisions.ts';
import { languageNames, modeNames, nsfwNames, settingsText } from './settings-text.ts';
import { saying } from './texts/texts.ts';

/** As Discord sends it along, or as discord.js knows it. */
interface NamedChannel {
  readonly id: string;
  readonly type: ChannelType;
  readonly parentId?: string | null;
  readonly parent_id?: string | null;
}

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
    const { settings: kept, retention } = services.preferences;
    const named = interaction.options.getChannel('channel');
    const name = interaction.options.getSubcommand();
    const decisions = await decisionsBy[name]?.(interaction, services);
    if (decisions) await kept.decide(guildId, named?.id, decisions);
    if (decisions && name === 'retention') await retention.sweep();
    const channel = named ?? (decisions ? null : interaction.channel);
    const place = channel ? placeNamed(guildId, channel) : { guildId, channelIds: [] };
    const text = settingsText(kept.inForce(place), place, channel?.type);
    const notes = [watchNote(interaction, named?.id, services), decisions ? '' : howToChange];
    const whole = [decisions ? `Done. ${text}` : text, ...notes.filter((note) => note !== '')].join('\n');
    await answerInteraction(interaction, { text: whole }, services.signal);
  },
};

const howToChange = `-# Change it with ${['mode', 'who', 'quota', 'nsfw', 'language', 'retention'].map((name) => `\`/settings ${name}\``).join(', ')}.`;

/** A thread is as its channel, where nothing was decided for itself. */
function placeNamed(guildId: string, { id, type, parentId, parent_id }: NamedChannel): Place {
  const isThread = threadTypes.includes(type);
  const parent = isThread ? (parentId ?? parent_id) : undefined;
  return { guildId, channelIds: parent ? [id, parent] : [id] };
}

/** Where the bot lacks what it takes, so that nobody waits for it in vain; of the whole server without a channel. */
function watchNote(
  { guild }: ChatInputCommandInteraction,
  channelId: string | undefined,
  { preferences }: Services,
): string {
  const all = [...(guild?.channels.cache.values() ?? [])].filter((channel) => channel.isTextBased());
  const channels = channelId
    ? all.filter(({ id }) => id === channelId)
    : all.filter((channel) => !channel.isThread() && channel.viewable);
  const lacks = channels.flatMap((channel) => {
    const { mode } = preferences.settings.inForce(placeIn(channel));
    const lacking = lackingToWatch(mode.value, channel);
    return lacking.length > 0 ? [`${new Intl.ListFormat('en').format(lacking)} in <#${channel.id}>`] : [];
  });
  if (lacks.length === 0) return '';
  const some =
    lacks.length > mostNamed
      ? [...lacks.slice(0, mostNamed), `more in ${lacks.length - mostNamed} others`]
      : lacks;
  return `-# I lack ${some.join('; ')}. Grant that to my role, or nothing happens to pictures there.`;
}

const mostNamed = 5;
const threadTypes: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];

function channelOption(description: string) {
  return (option: SlashCommandChannelOption) =>
    option
      .setName('channel')
      .setDescription(description)
      .addChannelTypes(
        ChannelType.GuildText,
        ChannelType.GuildAnnouncement,
        ChannelType.GuildVoice,
        ChannelType.GuildStageVoice,
        ChannelType.GuildForum,
        ChannelType.PublicThread,
      );
}

function choicesOf(names: Readonly<Record<string, string>>) {
  return Object.entries(names).map(([value, name]) => ({ name, value }));
}
