// Posting, editing and deleting messages.
import {
  type APIAttachment,
  type APIEmbed,
  type APIMessage,
  type APIMessageInteractionMetadata,
  type APIStickerItem,
  type APIUser,
  MessageFlags,
  MessageType,
} from 'discord.js';
import { refuse } from '../errors.ts';
import { storeUpload, type Upload } from './attachments.ts';
import { acceptComponents } from './components.ts';
import { forwardFields } from './forwards.ts';
import { type AllowedMentions, findMentions } from './mentions.ts';
import { forgetMessage, removeMessage } from './remove-message.ts';
import { findReplied, type Referring, referenceOf } from './replies.ts';
import { countInThread, isThread } from './thread-members.ts';
import type { AnyChannel, StoredMessage, World } from './world.ts';

/** What the author of a message decides. */
export interface MessageDraft {
  readonly content?: string | null | undefined;
  readonly embeds?: readonly unknown[] | null | undefined;
  readonly components?: readonly unknown[] | null | undefined;
  readonly files?: readonly Upload[] | undefined;
  readonly stickers?: readonly APIStickerItem[] | undefined;
  readonly flags?: number | null | undefined;
  readonly tts?: boolean | null | undefined;
  readonly nonce?: string | number | null | undefined;
  readonly enforce_nonce?: boolean | null | undefined;
  readonly allowed_mentions?: AllowedMentions | null | undefined;
}

/** What its circumstances decide. */
export interface MessageContext extends Referring {
  readonly author: APIUser;
  readonly type?: MessageType;
  readonly viewerId?: string | undefined;
  readonly forwarded?: StoredMessage | undefined;
  readonly interaction?: APIMessageInteractionMetadata;
  /** The command that is answered; Discord tells its name in the older field alone. */
  readonly commandName?: string | undefined;
  readonly mayMentionEveryone?: boolean;
  /** Of one that a webhook posts. */
  readonly webhookId?: string;
  /** One of its own by default. */
  readonly id?: string;
}

const flagsOfAuthors =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

export function createMessage(world: World, draft: MessageDraft, context: MessageContext): StoredMessage {
  const { channel, author, viewerId } = context;
  const repeated = draft.enforce_nonce ? sameNonce(world, channel.id, author.id, draft.nonce) : undefined;
  if (repeated !== undefined) return repeated;
  const repliedTo = findReplied(world, context);
  const content = (draft.content ?? '').trim();
  const id = context.id ?? world.newId();
  const reference = referenceOf(world, context, repliedTo);
  const flags =
    ((draft.flags ?? 0) & flagsOfAuthors) |
    (viewerId === undefined ? 0 : MessageFlags.Ephemeral) |
    (context.forwarded === undefined ? 0 : MessageFlags.HasSnapshot) |
    ((draft.flags ?? 0) & MessageFlags.Loading);
  const message: APIMessage = {
    id,
    channel_id: channel.id,
    type: context.type ?? (repliedTo === undefined ? MessageType.Default : MessageType.Reply),
    author,
    content,
    ...mentionsOf(world, content, draft, context, repliedTo),
    attachments: storeFiles(world, channel.id, draft.files ?? [], viewerId !== undefined),
    embeds: acceptEmbeds(draft.embeds ?? []),
    components: acceptComponents(draft.components ?? [], { areV2: isV2(flags) }),
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    flags,
    pinned: false,
    tts: draft.tts ?? false,
    ...(draft.nonce == null ? {} : { nonce: draft.nonce }),
    ...(reference === undefined ? {} : { message_reference: reference }),
    ...forwardFields(world, context.forwarded),
    ...(draft.stickers?.length ? { sticker_items: [...draft.stickers] } : {}),
    ...interactionFields(world, context),
    ...(context.webhookId && { webhook_id: context.webhookId }),
    ...(isThread(channel) ? { position: channel.message_count ?? 0 } : {}),
  };
  return keep(world, channel, { message, ...(viewerId === undefined ? {} : { viewerId }) });
}

export interface MessageEdit extends MessageDraft {
  /** The attachments that stay; all of them when absent. */
  readonly keepAttachments?: readonly string[] | undefined;
  /** New alternative texts by attachment; empty to take one away. */
  readonly descriptions?: ReadonlyMap<string, string> | undefined;
}

export function editMessage(world: World, stored: StoredMessage, edit: MessageEdit): StoredMessage {
  const { message, viewerId } = stored;
  const channel = world.channels.get(message.channel_id);
  if (channel === undefined) throw refuse('unknownChannel');
  const wasLoading = hasFlag(message, MessageFlags.Loading);
  const content = edit.content === undefined ? message.content : (edit.content ?? '').trim();
  const kept = message.attachments
    .filter(({ id }) => edit.keepAttachments?.includes(id) ?? true)
    .map((attachment) => described(attachment, edit.descriptions?.get(attachment.id)));
  const repliedTo = message.message_reference?.message_id
    ? world.messages.get(message.channel_id)?.get(message.message_reference.message_id)?.message.author
    : undefined;
  const flags = editedFlags(message, edit) & ~MessageFlags.Loading;
  const next: APIMessage = {
    ...message,
    content,
    ...(edit.content === undefined
      ? {}
      : findMentions(world, content, edit.allowed_mentions ?? undefined, repliedTo)),
    attachments: [...kept, ...storeFiles(world, channel.id, edit.files ?? [], viewerId !== undefined)],
    ...(edit.embeds === undefined ? {} : { embeds: acceptEmbeds(edit.embeds ?? []) }),
    ...(edit.components === undefined
      ? {}
      : { components: acceptComponents(edit.components ?? [], { areV2: isV2(flags) }) }),
    flags,
    // The first edit of "thinking…" is the answer itself.
    edited_timestamp: wasLoading ? null : new Date().toISOString(),
  };
  if (isEmpty(next)) throw refuse('emptyMessage');
  for (const { id } of message.attachments) if (!kept.some((other) => other.id === id)) world.files.drop(id);
  return replace(world, { ...stored, message: next });
}

function described(attachment: APIAttachment, description: string | undefined): APIAttachment {
  if (description === undefined) return attachment;
  const { description: _, ...rest } = attachment;
  return description === '' ? rest : { ...rest, description };
}

/** Puts a changed message in the place of the old one and announces it. */
export function replace(world: World, stored: StoredMessage): StoredMessage {
  world.messages.get(stored.message.channel_id)?.set(stored.message.id, stored);
  world.announce({ type: 'messageUpdate', stored });
  return stored;
}

export function deleteMessage(world: World, stored: StoredMessage): void {
  removeMessage(world, stored);
  world.announce({ type: 'messageDelete', stored });
}

/** As moderators' tools do it; a bot hears of all of them at once. */
export function deleteMessages(world: World, channelId: string, messageIds: readonly string[]): void {
  for (const id of messageIds) {
    const stored = messageIn(world, channelId, id);
    removeMessage(world, stored);
    world.announce({ type: 'messageDelete', stored, inBulk: true });
  }
  world.announce({ type: 'messageDeleteBulk', channelId, messageIds });
}

/** @throws DiscordError 10008, also for an ephemeral message: those are reached by their interaction alone */
export function messageIn(world: World, channelId: string, messageId: string): StoredMessage {
  const stored = world.messages.get(channelId)?.get(messageId);
  if (stored === undefined || stored.viewerId !== undefined) throw refuse('unknownMessage');
  return stored;
}

export function hasFlag(message: APIMessage, flag: MessageFlags): boolean {
  return ((message.flags ?? 0) & flag) !== 0;
}

function isEmpty({ content, attachments, embeds, components }: APIMessage): boolean {
  return content === '' && attachments.length + embeds.length + (components?.length ?? 0) === 0;
}

function keep(world: World, channel: AnyChannel, stored: StoredMessage): StoredMessage {
  const messages = world.messages.get(channel.id);
  if (messages === undefined) throw refuse('unknownChannel');
  messages.set(stored.message.id, stored);
  for (const oldest of messages.values()) {
    if (messages.size <= world.limits.keptMessages) break;
    forgetMessage(world, oldest);
  }
  if (stored.viewerId === undefined) channel.last_message_id = stored.message.id;
  countInThread(world, channel, stored);
  world.announce({ type: 'messageCreate', stored });
  return stored;
}

function isV2(flags: number): boolean {
  return (flags & MessageFlags.IsComponentsV2) !== 0;
}

function interactionFields({ applicationId }: World, { interaction, commandName }: MessageContext) {
  if (interaction === undefined) return {};
  const { id, type, user } = interaction;
  return {
    application_id: applicationId,
    webhook_id: applicationId,
    interaction_metadata: interaction,
    ...(commandName === undefined ? {} : { interaction: { id, type, name: commandName, user } }),
  };
}

function mentionsOf(
  world: World,
  content: string,
  draft: MessageDraft,
  context: MessageContext,
  repliedTo: StoredMessage | undefined,
) {
  const found = findMentions(world, content, draft.allowed_mentions ?? undefined, repliedTo?.message.author);
  return { ...found, mention_everyone: found.mention_everyone && context.mayMentionEveryone !== false };
}

function storeFiles(
  world: World,
  channelId: string,
  files: readonly Upload[],
  ephemeral: boolean,
): APIAttachment[] {
  const folder = ephemeral ? `ephemeral-attachments/${world.applicationId}` : `attachments/${channelId}`;
  return files.map((file) => storeUpload(world, folder, file));
}

function acceptEmbeds(embeds: readonly unknown[]): APIEmbed[] {
  return embeds.map((embed) => ({ ...(embed as APIEmbed), type: 'rich' as APIEmbed['type'] }) as APIEmbed);
}

function editedFlags(message: APIMessage, edit: MessageEdit): number {
  const current = message.flags ?? 0;
  if (edit.flags == null) return current;
  const editable = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;
  return (current & ~MessageFlags.SuppressEmbeds) | (edit.flags & editable);
}

function sameNonce(world: World, channelId: string, authorId: string, nonce: MessageDraft['nonce']) {
  if (nonce == null) return undefined;
  return [...(world.messages.get(channelId)?.values() ?? [])].find(
    ({ message }) => message.nonce === nonce && message.author.id === authorId,
  );
}
