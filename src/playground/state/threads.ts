// Starting threads: on a message or on their own.
import {
  type APIGuildForumChannel,
  type APIPrivateThreadChannel,
  type APIPublicThreadChannel,
  type APITextChannel,
  type APIThreadChannel,
  type APIUser,
  ChannelType,
  MessageFlags,
  MessageType,
  type ThreadAutoArchiveDuration,
} from 'discord.js';
import { refuse } from '../errors.ts';
import { addChannel } from './channels.ts';
import { createMessage, hasFlag, type MessageDraft, replace } from './messages.ts';
import { joinThread } from './thread-members.ts';
import type { StoredMessage, World } from './world.ts';

export interface ThreadDraft {
  readonly name: string;
  readonly auto_archive_duration?: number | null | undefined;
  readonly rate_limit_per_user?: number | null | undefined;
}

/** The thread takes the message's id. @throws DiscordError 160004 when it has one */
export function startThreadOn(
  world: World,
  parent: APITextChannel,
  stored: StoredMessage,
  ownerId: string,
  draft: ThreadDraft,
): APIThreadChannel {
  const { message } = stored;
  if (hasFlag(message, MessageFlags.HasThread)) throw refuse('threadExists');
  const thread = newThread(world, message.id, ChannelType.PublicThread, parent, ownerId, draft);
  addChannel(world, thread);
  joinThread(world, thread.id, ownerId);
  replace(world, {
    ...stored,
    message: { ...message, flags: (message.flags ?? 0) | MessageFlags.HasThread },
  });
  createMessage(
    world,
    {},
    {
      channel: thread,
      author: message.author,
      type: MessageType.ThreadStarterMessage,
      reference: { channelId: parent.id, messageId: message.id },
    },
  );
  return thread;
}

/** @param type Discord makes a private thread where a request names none */
export function startThreadIn(
  world: World,
  parent: APITextChannel,
  ownerId: string,
  draft: ThreadDraft,
  type: ChannelType.PublicThread | ChannelType.PrivateThread = ChannelType.PrivateThread,
): APIThreadChannel {
  const thread = newThread(world, world.newId(), type, parent, ownerId, draft);
  addChannel(world, thread);
  joinThread(world, thread.id, ownerId);
  const owner = world.users.get(ownerId);
  if (type === ChannelType.PublicThread && owner !== undefined) {
    createMessage(
      world,
      { content: draft.name },
      {
        channel: parent,
        author: owner,
        type: MessageType.ThreadCreated,
        reference: { channelId: thread.id },
      },
    );
  }
  return thread;
}

/** In a forum: a thread with the message that begins it, whose id it has. */
export function startPost(
  world: World,
  parent: APIGuildForumChannel,
  author: APIUser,
  { name, ...message }: ThreadDraft & MessageDraft,
): StoredMessage {
  const id = world.newId();
  const thread = newThread(world, id, ChannelType.PublicThread, parent, author.id, { name });
  addChannel(world, thread);
  joinThread(world, id, author.id);
  return createMessage(world, message, { channel: thread, author, id });
}

function newThread(
  world: World,
  id: string,
  type: ChannelType.PublicThread | ChannelType.PrivateThread,
  parent: APITextChannel | APIGuildForumChannel,
  ownerId: string,
  draft: ThreadDraft,
): APIThreadChannel {
  const now = new Date().toISOString();
  const duration = draft.auto_archive_duration ?? parent.default_auto_archive_duration ?? 4_320;
  const thread: Omit<APIPublicThreadChannel | APIPrivateThreadChannel, 'type'> = {
    id,
    guild_id: world.guild.id,
    parent_id: parent.id,
    owner_id: ownerId,
    name: draft.name,
    last_message_id: null,
    last_pin_timestamp: null,
    rate_limit_per_user: draft.rate_limit_per_user ?? 0,
    message_count: 0,
    member_count: 0,
    total_message_sent: 0,
    flags: 0 as NonNullable<APIThreadChannel['flags']>,
    applied_tags: [],
    thread_metadata: {
      archived: false,
      archive_timestamp: now,
      auto_archive_duration: duration as ThreadAutoArchiveDuration,
      locked: false,
      create_timestamp: now,
      ...(type === ChannelType.PrivateThread ? { invitable: true } : {}),
    },
  };
  return { ...thread, type } as APIThreadChannel;
}
