// The place that a channel named in a command is: settings are looked up in it.
import { ChannelType } from 'discord.js';
import type { Place } from './preferences.ts';

/** As Discord sends it along, or as discord.js knows it. */
export interface NamedChannel {
  readonly id: string;
  readonly type: ChannelType;
  readonly parentId?: string | null;
  readonly parent_id?: string | null;
}

/** A thread is as its channel, where nothing was decided for itself. */
export function placeNamed(guildId: string, { id, type, parentId, parent_id }: NamedChannel): Place {
  const isThread = threadTypes.includes(type);
  const parent = isThread ? (parentId ?? parent_id) : undefined;
  return { guildId, channelIds: parent ? [id, parent] : [id] };
}

const threadTypes: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];
