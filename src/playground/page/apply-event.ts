// How the page's picture of the server changes with each event. Pure, so that it can be tested without a page.
import type { APIMessage } from 'discord.js';
import type { PageChannel, PageEvent, PageState } from '../page-api.ts';
import { typingMs } from './discord-values.ts';
import { withoutReply } from './drafts.ts';
import { isEphemeral } from './messages.ts';
import type { Interaction, Model, Unread } from './model.ts';
import { compareSnowflakes } from './snowflake.ts';

export function applyEvent(model: Model, event: PageEvent, nowMs: number): Model {
  switch (event.type) {
    case 'message.create':
      return withNewMessage(model, event.message);
    case 'message.update':
      return answered(
        withQuoted(withMessage(model, event.message), event.message.id, event.message),
        (interaction) => isButtonOn(interaction, event.message.id),
      );
    case 'message.delete':
      return withQuoted(withoutMessage(model, event.channelId, event.messageId), event.messageId, null);
    case 'channel.create':
      return answered(
        withChannel(model, event.channel),
        (interaction) => interaction.source.kind === 'button',
      );
    case 'channel.update':
      return withChannel(model, event.channel);
    case 'channel.delete':
      return withoutChannel(model, event.channelId);
    case 'typing':
      return {
        ...model,
        typing: put(model.typing, event.channelId, { user: event.user, untilMs: nowMs + typingMs }),
      };
    case 'commands':
      return withState(model, (state) => ({ ...state, commands: event.commands }));
    case 'state':
      return withState(model, (state) => ({ ...state, ...event.change }));
    case 'bot':
      return withState(model, (state) => ({ ...state, bot: { ...state.bot, online: event.online } }));
    case 'form.open':
      return {
        ...answered(model, ({ id }) => id === event.form.interactionId),
        form: event.form,
      };
    case 'interaction.failed':
      return withFailure(model, event.interactionId, event.message);
  }
}

/**
 * Applies an event once more that came while something was being fetched, since the answer may be older than the
 * event. What counts, such as unread marks, is not counted twice.
 */
export function applyAgain(model: Model, event: PageEvent, nowMs: number): Model {
  if (event.type === 'typing') return model;
  return event.type === 'message.create'
    ? withMessage(model, event.message)
    : applyEvent(model, event, nowMs);
}

/** Adds a message or replaces the one of its id; only where it belongs to what is loaded. */
function withMessage(model: Model, message: APIMessage): Model {
  const known = model.messages.get(message.channel_id);
  const before = model.older.get(message.channel_id)?.before;
  if (!known || (before !== undefined && compareSnowflakes(message.id, before) < 0)) return model;
  const others = known.filter((other) => other.id !== message.id);
  const messages = [...others, message].sort((a, b) => compareSnowflakes(a.id, b.id));
  return { ...model, messages: put(model.messages, message.channel_id, messages) };
}

/** Adds a message that the server answered with; its event, and changes to it, may have come before the answer. */
export function withAnswered(model: Model, message: APIMessage): Model {
  const isThere = model.messages.get(message.channel_id)?.some(({ id }) => id === message.id);
  return isThere ? model : withMessage(model, message);
}

/** Marks an interaction as taken by the server; one that was answered meanwhile is dropped. */
export function withInteractionId(model: Model, key: number, id: string): Model {
  const alreadyAnswered =
    model.form?.interactionId === id ||
    [...model.messages.values()].flat().some((message) => metadataId(message) === id);
  const interactions = alreadyAnswered
    ? model.interactions.filter((interaction) => interaction.key !== key)
    : model.interactions.map((interaction) =>
        interaction.key === key ? { ...interaction, id } : interaction,
      );
  return { ...model, interactions };
}

/** Notes at an interaction that the server did not take it, and why. */
export function withRefusal(model: Model, key: number, failure: string): Model {
  const interactions = model.interactions.map((interaction) =>
    interaction.key === key ? { ...interaction, failure } : interaction,
  );
  return { ...model, interactions };
}

function withNewMessage(model: Model, message: APIMessage): Model {
  const isNew = !model.messages.get(message.channel_id)?.some(({ id }) => id === message.id);
  const counted = withThreadCount(withMessage(model, message), message);
  const next = answered(counted, (interaction) => answers(message, interaction));
  const typing = new Map(next.typing);
  if (typing.get(message.channel_id)?.user.id === message.author.id) typing.delete(message.channel_id);
  const unread = isNew ? withUnread(next, message) : next.unread;
  const pending = next.pending.filter(({ nonce }) => nonce !== message.nonce);
  return { ...next, typing, unread, pending };
}

/** Discord announces no change of a thread's count: a message in it tells its place instead. */
function withThreadCount(model: Model, message: APIMessage): Model {
  const { position } = message;
  const thread = model.state?.channels.find(({ id }) => id === message.channel_id);
  if (position === undefined || isEphemeral(message) || !thread || !('message_count' in thread)) return model;
  return withChannel(model, { ...thread, message_count: Math.max(thread.message_count ?? 0, position + 1) });
}

function withUnread(model: Model, message: APIMessage): ReadonlyMap<string, Unread> {
  const me = model.state?.me.id;
  if (message.channel_id === model.channelId || message.author.id === me) return model.unread;
  const { count, mentions } = model.unread.get(message.channel_id) ?? { count: 0, mentions: 0 };
  const isMention = message.mentions.some((user) => user.id === me);
  return put(model.unread, message.channel_id, { count: count + 1, mentions: mentions + Number(isMention) });
}

function withoutMessage(model: Model, channelId: string, messageId: string): Model {
  const known = model.messages.get(channelId);
  if (!known) return model;
  const draft = model.drafts.get(channelId);
  const repliesToIt = draft?.reply?.message.id === messageId;
  const drafts = draft && repliesToIt ? put(model.drafts, channelId, withoutReply(draft)) : model.drafts;
  const messages = known.filter(({ id }) => id !== messageId);
  return { ...model, drafts, messages: put(model.messages, channelId, messages) };
}

/** What answers a message shows it as it is now, or that it is gone. */
function withQuoted(model: Model, messageId: string, quoted: APIMessage | null): Model {
  const quotes = ({ referenced_message: shown }: APIMessage) => shown?.id === messageId;
  const messages = [...model.messages].map(([channelId, all]) => {
    const changed = all.some(quotes)
      ? all.map((message) => (quotes(message) ? { ...message, referenced_message: quoted } : message))
      : all;
    return [channelId, changed] as const;
  });
  return { ...model, messages: new Map(messages) };
}

function withChannel(model: Model, channel: PageChannel): Model {
  return withState(model, (state) => {
    const at = state.channels.findIndex(({ id }) => id === channel.id);
    return { ...state, channels: at < 0 ? [...state.channels, channel] : state.channels.with(at, channel) };
  });
}

function withoutChannel(model: Model, channelId: string): Model {
  const unread = new Map(model.unread);
  unread.delete(channelId);
  const next = withState(model, (state) => ({
    ...state,
    channels: state.channels.filter(({ id }) => id !== channelId),
  }));
  return { ...next, unread };
}

function withFailure(model: Model, id: string, failure: string): Model {
  const interactions = model.interactions.map((interaction) =>
    interaction.id === id ? { ...interaction, failure } : interaction,
  );
  return { ...model, interactions };
}

function withState(model: Model, change: (state: PageState) => PageState): Model {
  return model.state ? { ...model, state: change(model.state) } : model;
}

function answered(model: Model, isAnswered: (interaction: Interaction) => boolean): Model {
  const interactions = model.interactions.filter(
    (interaction) => interaction.failure || !isAnswered(interaction),
  );
  return interactions.length === model.interactions.length ? model : { ...model, interactions };
}

function answers(message: APIMessage, interaction: Interaction): boolean {
  const metadata = message.interaction_metadata;
  if (!metadata) return false;
  if (metadata.id === interaction.id) return true;
  return 'interacted_message_id' in metadata && isButtonOn(interaction, metadata.interacted_message_id);
}

function isButtonOn({ source }: Interaction, messageId: string): boolean {
  return source.kind === 'button' && source.messageId === messageId;
}

function metadataId(message: APIMessage): string | undefined {
  return message.interaction_metadata?.id;
}

function put<Value>(map: ReadonlyMap<string, Value>, key: string, value: Value): ReadonlyMap<string, Value> {
  return new Map(map).set(key, value);
}
