// An interaction as the bot receives it.
import { type APIUser, ChannelType, InteractionContextType } from 'discord.js';
import { localeOf } from '../state/people.ts';
import { permissionsIn } from '../state/permissions.ts';
import { presentMessage } from '../state/present.ts';
import type { AnyChannel, StoredInteraction, World } from '../state/world.ts';

export function interactionPayload(world: World, interaction: StoredInteraction): object {
  const { user } = interaction;
  // A form is sent a while after it was opened: the channel is as it is now.
  const channel = world.channels.get(interaction.channel.id) ?? interaction.channel;
  return {
    id: interaction.id,
    application_id: world.applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data: interaction.data,
    channel_id: channel.id,
    channel: { ...channel, permissions: permissionsIn(world, user.id, channel).toString() },
    app_permissions: permissionsIn(world, world.bot.id, channel).toString(),
    locale: localeOf(world, user),
    entitlements: [],
    attachment_size_limit: world.limits.uploadBytes,
    ...(channel.type === ChannelType.DM
      ? inDirectMessages(world, interaction)
      : inGuild(world, channel, user)),
    ...source(world, interaction),
  };
}

function inDirectMessages({ bot }: World, { user }: StoredInteraction): object {
  return {
    user,
    context: InteractionContextType.BotDM,
    authorizing_integration_owners: { 0: '0', 1: bot.id },
  };
}

function inGuild(world: World, channel: AnyChannel, user: APIUser): object {
  const permissions = permissionsIn(world, user.id, channel).toString();
  return {
    guild_id: world.guild.id,
    guild: { id: world.guild.id, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    member: { ...world.guild.members.get(user.id), permissions },
    context: InteractionContextType.Guild,
    authorizing_integration_owners: { 0: world.guild.id },
  };
}

/** The message under the pressed button: the bot's own, so always with its content. */
function source(world: World, { source: message, channel }: StoredInteraction): object {
  const stored = world.messages.get(channel.id)?.get(message?.id ?? '');
  if (stored === undefined) return {};
  return { message: presentMessage(world, stored, { messageContent: true, userId: world.bot.id }) };
}
