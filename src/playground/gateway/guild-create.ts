// The guild as a bot first sees it: channels, threads, members and roles in one event.
import { GatewayIntentBits } from 'discord.js';
import { isGuildChannel } from '../state/channels.ts';
import { guildObject } from '../state/guild.ts';
import { canSee } from '../state/permissions.ts';
import { isThread, threadMember } from '../state/thread-members.ts';
import type { World } from '../state/world.ts';
import { channelForBot } from './channel-for-bot.ts';
import { has } from './intents.ts';

export function guildCreate(world: World, intents: number): object {
  const members = [...world.guild.members.values()];
  const seen = [...world.channels.values()].filter((channel) => canSee(world, world.bot.id, channel));
  return {
    ...guildObject(world),
    joined_at: world.guild.members.get(world.bot.id)?.joined_at,
    large: false,
    unavailable: false,
    member_count: members.length,
    // Others come with the presences only (or who is in a voice channel, which there are none of).
    members: has(intents, GatewayIntentBits.GuildPresences)
      ? members
      : members.filter(({ user }) => user.id === world.bot.id),
    channels: [...world.channels.values()].filter(isGuildChannel).map((one) => channelForBot(world, one)),
    threads: seen.filter(isThread).map((thread) => {
      const member = threadMember(world, thread.id, world.bot.id);
      return member === undefined ? thread : { ...thread, member };
    }),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
