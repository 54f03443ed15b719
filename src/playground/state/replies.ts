// Which message another one replies or refers to.
import { ChannelType, MessageType } from 'discord.js';
import { type DiscordError, invalidForm } from '../errors.ts';
import type { AnyChannel, StoredMessage, World } from './world.ts';

export interface Referring {
  readonly channel: AnyChannel;
  readonly replyTo?: ReplyTo;
  readonly reference?: { readonly channelId: string; readonly messageId?: string };
}

export interface ReplyTo {
  readonly messageId: string;
  /** The message's own by default, and Discord allows no other. */
  readonly channelId?: string | undefined;
  readonly failIfNotExists?: boolean | undefined;
}

/** @throws DiscordError 50035 where there can be no reply */
export function findReplied(world: World, { channel, replyTo }: Referring): StoredMessage | undefined {
  if (replyTo === undefined) return undefined;
  const { channelId = channel.id } = replyTo;
  if (channelId !== channel.id) throw wrongReply('Cannot reply to a message in a different channel');
  const stored = world.messages.get(channel.id)?.get(replyTo.messageId);
  if (stored !== undefined && !repliable.includes(stored.message.type)) {
    throw wrongReply('Cannot reply to a system message');
  }
  if (stored !== undefined) return stored;
  if (replyTo.failIfNotExists === false) return undefined;
  throw invalidForm('message_reference', 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message');
}

export function referenceOf(
  world: World,
  { channel, reference }: Referring,
  repliedTo: StoredMessage | undefined,
) {
  const channelId = reference?.channelId ?? channel.id;
  const messageId = reference?.messageId ?? repliedTo?.message.id;
  if (reference === undefined && messageId === undefined) return undefined;
  return {
    type: 0,
    channel_id: channelId,
    ...(messageId === undefined ? {} : { message_id: messageId }),
    ...(channel.type === ChannelType.DM ? {} : { guild_id: world.guild.id }),
  };
}

const repliable: readonly MessageType[] = [
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
];

function wrongReply(message: string): DiscordError {
  return invalidForm('message_reference', 'REPLIES_CANNOT_REPLY', message);
}
