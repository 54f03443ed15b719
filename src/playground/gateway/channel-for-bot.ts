// A guild's channel as the gateway tells a bot of it: of one that it may not see, hardly more than that it is there.
// https://docs.discord.com/developers/resources/channel#channel-object-obfuscated-channels
import { OverwriteType, PermissionFlagsBits } from 'discord.js';
import { canSee } from '../state/permissions.ts';
import type { GuildChannel, World } from '../state/world.ts';

/** `CHANNEL_OBFUSCATED`, for which discord.js has no name yet. */
const obfuscatedFlag = 1 << 17;

export function channelForBot(world: World, channel: GuildChannel): GuildChannel {
  if (canSee(world, world.bot.id, channel)) return channel;
  const hidden = {
    id: world.guild.id,
    type: OverwriteType.Role,
    allow: '0',
    deny: PermissionFlagsBits.ViewChannel.toString(),
  };
  return {
    ...channel,
    name: '___hidden___',
    ...('topic' in channel && { topic: null }),
    last_message_id: null,
    permission_overwrites: [hidden],
    flags: (channel.flags ?? 0) | obfuscatedFlag,
  } as GuildChannel;
}
