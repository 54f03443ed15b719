// Messages as they are handed out: attachments with fresh addresses, the thread on it, what it replies to as that is
// now, and for the bot without its privileged intent an empty shell.
import { type APIMessage, ChannelType, MessageFlags, MessageType } from 'discord.js';
import { presentSnapshots } from './forwards.ts';
import { presentFiles } from './media.ts';
import { hasFlag } from './messages.ts';
import type { StoredMessage, World } from './world.ts';

export interface Eyes {
  /** Whether this reader sees the content of messages that aren't addressed to them. */
  readonly messageContent: boolean;
  /** What is theirs or mentions them they see anyway. */
  readonly userId: string;
}

export function presentMessage(world: World, stored: StoredMessage, eyes: Eyes): APIMessage {
  const message = presentAlone(world, stored, eyes);
  const thread = hasFlag(message, MessageFlags.HasThread) ? world.channels.get(message.id) : undefined;
  return {
    ...message,
    ...(thread !== undefined && 'thread_metadata' in thread ? { thread } : {}),
    ...referenced(world, message, eyes),
  };
}

const showingReference: readonly MessageType[] = [
  MessageType.Reply,
  MessageType.ThreadStarterMessage,
  MessageType.ContextMenuCommand,
];

/** What is shown of the message that this one answers: null when it was deleted. */
function referenced(world: World, message: APIMessage, eyes: Eyes): Pick<APIMessage, 'referenced_message'> {
  const shows = showingReference.includes(message.type);
  const { channel_id: channelId, message_id: messageId } = message.message_reference ?? {};
  if (!shows || messageId === undefined) return {};
  const stored = world.messages.get(channelId ?? message.channel_id)?.get(messageId);
  return { referenced_message: stored === undefined ? null : presentAlone(world, stored, eyes) };
}

function presentAlone(world: World, { message }: StoredMessage, eyes: Eyes): APIMessage {
  if (!mayRead(world, message, eyes)) {
    const hidden = { content: '', embeds: [], attachments: [], components: [] };
    return { ...message, ...hidden, ...presentSnapshots(world, message, false) };
  }
  return { ...message, ...presentFiles(world, message), ...presentSnapshots(world, message, true) };
}

function mayRead(world: World, message: APIMessage, { messageContent, userId }: Eyes): boolean {
  return (
    messageContent ||
    message.author.id === userId ||
    message.mentions.some(({ id }) => id === userId) ||
    world.channels.get(message.channel_id)?.type === ChannelType.DM
  );
}
