// The local Discord as one person sees it.
import { type APIUser, ChannelType } from 'discord.js';
import type { Discord, Person } from '../discord.ts';
import { samplePath, webAddress } from '../furnish.ts';
import type { PageChannel, PageState, SampleImage } from '../page-api.ts';
import type { Sample } from '../samples.ts';
import { localeOf } from '../state/people.ts';
import { canSee, guildPermissions } from '../state/permissions.ts';
import type { World } from '../state/world.ts';
import { commandsOf } from './page-commands.ts';

export interface Offered {
  readonly samples: readonly Sample[];
  readonly modelNote?: string | undefined;
}

export function pageState(discord: Discord, { user }: Person, { samples, modelNote }: Offered): PageState {
  const { world, gateway } = discord;
  return {
    ...serverState(world, user),
    bot: { user: world.bot, online: gateway.online },
    channels: [...world.channels.keys()].flatMap((id) => channelOnPage(world, user, id) ?? []),
    emoji: [...world.emoji.values()],
    stickers: [...world.stickers.values()],
    samples: samples.map((sample) => toSampleImage(world, sample)),
    ...(modelNote !== undefined && { modelNote }),
  };
}

/** What changes with the people of the server and what they may do. */
export function serverState(world: World, user: APIUser) {
  const { id, name, ownerId, members, roles } = world.guild;
  return {
    me: user,
    locale: localeOf(world, user),
    permissions: guildPermissions(world, user.id).toString(),
    guild: { id, name, ownerId },
    members: [...members.values()],
    roles: [...roles.values()],
    commands: commandsOf(world, user),
  };
}

/** A channel as this person sees it; undefined when they don't, and for those that the page has no view of. */
export function channelOnPage(world: World, user: APIUser, id: string): PageChannel | undefined {
  const channel = world.channels.get(id);
  if (channel === undefined || !canSee(world, user.id, channel)) return undefined;
  if (channel.type === ChannelType.GuildVoice || channel.type === ChannelType.GuildForum) return undefined;
  return channel.type === ChannelType.DM ? { ...channel, recipients: [world.bot] } : channel;
}

function toSampleImage(world: World, sample: Sample): SampleImage {
  const { name, tryAsking } = sample;
  return { name, url: samplePath(sample), tryAsking, webAddress: webAddress(world, sample) };
}
