// What a message shows of the one that it forwards: a picture of that moment, without its author.
import {
  type APIMessage,
  type APIMessageSnapshot,
  ChannelType,
  type MessageFlags,
  MessageReferenceType,
} from 'discord.js';
import { presentFiles } from './media.ts';
import type { StoredMessage, World } from './world.ts';

export function forwardFields(world: World, forwarded: StoredMessage | undefined) {
  if (forwarded === undefined) return {};
  const { message } = forwarded;
  const isDirect = world.channels.get(message.channel_id)?.type === ChannelType.DM;
  return {
    message_reference: {
      type: MessageReferenceType.Forward,
      channel_id: message.channel_id,
      message_id: message.id,
      ...(isDirect ? {} : { guild_id: world.guild.id }),
    },
    message_snapshots: message.message_snapshots ?? [snapshotOf(message)],
  };
}

/** @param isShown whether this reader sees the content */
export function presentSnapshots(world: World, message: APIMessage, isShown: boolean) {
  const { message_snapshots: snapshots } = message;
  if (snapshots === undefined) return {};
  const presented = snapshots.map(({ message: one }) => ({
    message: isShown
      ? { ...one, ...presentFiles(world, one) }
      : { ...one, content: '', embeds: [], attachments: [], components: [] },
  }));
  return { message_snapshots: presented };
}

function snapshotOf(message: APIMessage): APIMessageSnapshot {
  const { type, content, mentions, mention_roles, attachments, embeds, timestamp, edited_timestamp } =
    message;
  const { flags = 0 as MessageFlags, components = [], sticker_items } = message;
  const texts = { type, content, mentions, mention_roles, attachments, embeds, timestamp, edited_timestamp };
  return { message: { ...texts, flags, components, ...(sticker_items && { sticker_items }) } };
}
