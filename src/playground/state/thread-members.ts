// Who is in a thread, and how much was said there.
import { type APIThreadChannel, type APIThreadMember, ChannelType, MessageType } from 'discord.js';
import { updateChannel } from './channels.ts';
import type { AnyChannel, StoredMessage, World } from './world.ts';

export function isThread(channel: AnyChannel): channel is APIThreadChannel {
  return channel.type === ChannelType.PublicThread || channel.type === ChannelType.PrivateThread;
}

export function joinThread(world: World, threadId: string, userId: string): void {
  const members = world.threadMembers.get(threadId) ?? new Map<string, string>();
  world.threadMembers.set(threadId, members);
  if (members.has(userId)) return;
  members.set(userId, new Date().toISOString());
  countMembers(world, threadId);
  world.announce({ type: 'threadMember', threadId, userId, joined: true });
}

export function leaveThread(world: World, threadId: string, userId: string): void {
  if (world.threadMembers.get(threadId)?.delete(userId) !== true) return;
  countMembers(world, threadId);
  world.announce({ type: 'threadMember', threadId, userId, joined: false });
}

export function threadMember(world: World, threadId: string, userId: string): APIThreadMember | undefined {
  const joined = world.threadMembers.get(threadId)?.get(userId);
  if (joined === undefined) return undefined;
  return { id: threadId, user_id: userId, join_timestamp: joined, flags: 0 as APIThreadMember['flags'] };
}

/** Who posts in a thread joins it and wakes it; the message that started it doesn't count. */
export function countInThread(world: World, channel: AnyChannel, { message, viewerId }: StoredMessage): void {
  if (!isThread(channel) || message.type === MessageType.ThreadStarterMessage || viewerId !== undefined)
    return;
  channel.message_count = (channel.message_count ?? 0) + 1;
  channel.total_message_sent = (channel.total_message_sent ?? 0) + 1;
  joinThread(world, channel.id, message.author.id);
  if (channel.thread_metadata?.archived) {
    updateChannel(world, { ...channel, thread_metadata: { ...channel.thread_metadata, archived: false } });
  }
}

function countMembers(world: World, threadId: string): void {
  const thread = world.channels.get(threadId);
  if (thread !== undefined && 'member_count' in thread) {
    thread.member_count = world.threadMembers.get(threadId)?.size ?? 0;
  }
}
