// Where a message is whose id alone is known: here, or in the channel above, for the one that a thread is about.

import { type Channel, ChannelType } from 'discord.js';

interface Place {
  readonly channelId: string;
  readonly channel: Channel | null;
}

/** A thread has the id of the message that it hangs on, which is in the channel above; in a forum, in the thread itself. */
export function channelOfMessage({ channelId, channel }: Place, messageId: string): string {
  if (messageId !== channelId || !channel?.isThread() || !channel.parentId) return channelId;
  const isPost = postTypes.includes(channel.parent?.type);
  return isPost ? channelId : channel.parentId;
}

const postTypes: readonly (ChannelType | undefined)[] = [ChannelType.GuildForum, ChannelType.GuildMedia];
