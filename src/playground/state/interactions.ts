// A person uses a command or presses a button, and the bot has three seconds to acknowledge it, once.
import { randomBytes } from 'node:crypto';
import {
  type APIMessage,
  type APIMessageInteractionMetadata,
  type APIUser,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord.js';
import { refuse } from '../errors.ts';
import { createMessage, editMessage, type MessageDraft, type MessageEdit } from './messages.ts';
import type { AnyChannel, StoredInteraction, StoredMessage, World } from './world.ts';

export interface InteractionDraft {
  readonly type: InteractionType;
  readonly user: APIUser;
  readonly channel: AnyChannel;
  readonly data: object;
  readonly source?: APIMessage;
  readonly target?: APIMessage;
  readonly opener?: StoredInteraction;
  readonly name?: string;
}

const keptInteractions = 1_000;

/** Sends it to the bot and starts the clock. */
export function startInteraction(world: World, draft: InteractionDraft): StoredInteraction {
  const interaction: StoredInteraction = {
    ...draft,
    id: world.newId(),
    token: randomBytes(48).toString('base64url'),
    createdAt: Date.now(),
    source: draft.source,
    target: draft.target,
    opener: draft.opener,
    name: draft.name,
    acknowledged: false,
    failed: false,
    originalId: undefined,
    modal: undefined,
  };
  world.interactions.set(interaction.token, interaction);
  for (const oldest of world.interactions.keys()) {
    if (world.interactions.size <= keptInteractions) break;
    world.interactions.delete(oldest);
  }
  world.announce({ type: 'interaction', interaction });
  setTimeout(() => failUnlessAcknowledged(world, interaction), world.limits.acknowledgeMs).unref();
  return interaction;
}

/** @throws DiscordError 10062 when unknown or late, 40060 when it was acknowledged before */
export function assertOpen(world: World, id: string, token: string): StoredInteraction {
  const interaction = world.interactions.get(token);
  const isOpen = interaction?.id === id && !interaction.failed;
  if (interaction === undefined || !isOpen) throw refuse('unknownInteraction');
  if (interaction.acknowledged) throw refuse('alreadyAcknowledged');
  return interaction;
}

export function acknowledge(world: World, interaction: StoredInteraction): StoredInteraction {
  assertOpen(world, interaction.id, interaction.token);
  interaction.acknowledged = true;
  return interaction;
}

/** The interaction behind a webhook's token. @throws DiscordError 50027 when expired, 10015 when not acknowledged */
export function interactionFor(world: World, applicationId: string, token: string): StoredInteraction {
  if (applicationId !== world.applicationId) throw refuse('unknownWebhook');
  const interaction = world.interactions.get(token);
  if (interaction === undefined) throw refuse('invalidWebhookToken');
  if (Date.now() - interaction.createdAt > world.limits.interactionTokenMs)
    throw refuse('invalidWebhookToken');
  if (!interaction.acknowledged) throw refuse('unknownWebhook');
  return interaction;
}

/** The first answer: the message, or with `loading` "thinking…" in its place. Ephemeral is fixed here. */
export function answerInteraction(
  world: World,
  interaction: StoredInteraction,
  draft: MessageDraft,
  { loading = false } = {},
): StoredMessage {
  const flags = (draft.flags ?? 0) | (loading ? MessageFlags.Loading : 0);
  const stored = post(world, interaction, { ...draft, flags }, (flags & MessageFlags.Ephemeral) !== 0);
  interaction.originalId = stored.message.id;
  return stored;
}

/** A further message; while the first is still "thinking…", Discord takes this for the answer itself. */
export function followUp(world: World, interaction: StoredInteraction, draft: MessageDraft): StoredMessage {
  const original = world.messages.get(interaction.channel.id)?.get(interaction.originalId ?? '');
  const isThinking = ((original?.message.flags ?? 0) & MessageFlags.Loading) !== 0;
  if (original !== undefined && isThinking)
    return editMessage(world, original, { ...draft, content: draft.content });
  return post(world, interaction, draft, ((draft.flags ?? 0) & MessageFlags.Ephemeral) !== 0);
}

/** @param messageId an id or `@original`. @throws DiscordError 10008 for a message that isn't this interaction's */
export function messageOf(world: World, interaction: StoredInteraction, messageId: string): StoredMessage {
  const id = messageId === '@original' ? (interaction.originalId ?? '') : messageId;
  const stored = world.messages.get(interaction.channel.id)?.get(id);
  const isOurs =
    stored?.message.interaction_metadata?.id === interaction.id ||
    (id !== '' && id === interaction.originalId);
  if (stored === undefined || !isOurs) throw refuse('unknownMessage');
  return stored;
}

/** Changes the message under the pressed button. */
export function updateSource(world: World, interaction: StoredInteraction, edit: MessageEdit): StoredMessage {
  const stored = world.messages.get(interaction.channel.id)?.get(interaction.source?.id ?? '');
  if (stored === undefined) throw refuse('unknownMessage');
  return editMessage(world, stored, edit);
}

function post(
  world: World,
  interaction: StoredInteraction,
  draft: MessageDraft,
  ephemeral: boolean,
): StoredMessage {
  const { channel, user, originalId } = interaction;
  // An answer to a button hangs on the button's message, one to a message's command on that message, a further one on
  // the first answer.
  const hangsOn = originalId ?? interaction.source?.id ?? interaction.target?.id;
  const repliesTo = world.messages.get(channel.id)?.get(hangsOn ?? '');
  return createMessage(world, draft, {
    channel,
    author: world.bot,
    type: typeOf(interaction, repliesTo),
    ...(repliesTo === undefined
      ? {}
      : { reference: { channelId: channel.id, messageId: repliesTo.message.id } }),
    ...(ephemeral ? { viewerId: user.id } : {}),
    interaction: metadataOf(world, interaction),
    commandName: interaction.name,
  });
}

function typeOf(
  { target, originalId }: StoredInteraction,
  repliesTo: StoredMessage | undefined,
): MessageType {
  if (target !== undefined && originalId === undefined) return MessageType.ContextMenuCommand;
  return repliesTo === undefined ? MessageType.ChatInputCommand : MessageType.Reply;
}

function metadataOf(world: World, interaction: StoredInteraction): APIMessageInteractionMetadata {
  const { id, user, originalId } = interaction;
  return {
    id,
    user,
    authorizing_integration_owners: { 0: world.guild.id },
    ...(originalId === undefined ? {} : { original_response_message_id: originalId }),
    ...kindOf(world, interaction),
  } as APIMessageInteractionMetadata;
}

function kindOf(world: World, { opener, source, target }: StoredInteraction): object {
  if (opener !== undefined) {
    const triggering = metadataOf(world, { ...opener, originalId: undefined });
    return { type: InteractionType.ModalSubmit, triggering_interaction_metadata: triggering };
  }
  if (source !== undefined)
    return { type: InteractionType.MessageComponent, interacted_message_id: source.id };
  const type = InteractionType.ApplicationCommand;
  return target === undefined ? { type } : { type, target_message_id: target.id };
}

function failUnlessAcknowledged(world: World, interaction: StoredInteraction): void {
  if (interaction.acknowledged) return;
  interaction.failed = true;
  world.announce({ type: 'interactionFailed', interaction });
}
