// The one place where errors become replies: what a person can put right is told to them, everything else is logged
// with its cause and answered with an incident id.
import { randomUUID } from 'node:crypto';
import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Message,
  MessageFlags,
  RESTJSONErrorCodes,
} from 'discord.js';
import { acknowledge } from '../commands/acknowledge.ts';
import { answerInteraction } from '../commands/answer-interaction.ts';
import type { Services } from '../commands/command.ts';
import { languageOf } from '../commands/language-of.ts';
import { tellRefusal } from '../commands/refusal-told.ts';
import { replyToMessage } from '../commands/reply.ts';
import { say, saying, tell } from '../commands/texts/texts.ts';
import { render, type Saying } from '../models/saying.ts';
import { missingPermissions } from './missing-permissions.ts';
import type { Source } from './source.ts';
import { isTold } from './told.ts';

type Means = Pick<Services, 'log' | 'preferences' | 'signal' | 'onRefusal'>;

/**
 * Does the work that a message or an interaction asks for. Never rejects.
 * @returns whether it was done, or whoever asked was told why not
 */
export async function dispatch(source: Source, means: Means, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    return answerFailure(error, source, means);
  }
}

async function answerFailure(error: unknown, source: Source, means: Means): Promise<boolean> {
  const { log, signal, onRefusal } = means;
  const told = explain(error, source, log);
  onRefusal?.(told.key);
  try {
    const locale = await languageOf(source, means);
    await answer(source, { told, locale }, signal);
    return true;
  } catch (failure) {
    if (isChannelGone(failure)) return true;
    log.warn({ err: failure, ...placeOf(source) }, 'Could not tell a person what went wrong');
    return false;
  }
}

function explain(error: unknown, source: Source, log: Services['log']): Saying {
  if (isTold(error)) {
    log.debug({ err: error, ...placeOf(source) }, 'A request could not be met');
    return error.saying;
  }
  if (isChannelGone(error)) {
    log.debug({ err: error, ...placeOf(source) }, 'A channel was deleted before it was answered in');
    return saying('channelGone');
  }
  if (isThreadClosed(error)) {
    log.debug({ err: error, ...placeOf(source) }, 'A thread was closed to the bot');
    return saying('threadClosed');
  }
  if (isTooLate(error)) {
    log.warn({ err: error, ...placeOf(source) }, 'An interaction had ended before it was answered');
    return saying('tooSlow');
  }
  if (lacksPermission(error)) {
    const sentence = missingPermissions(source);
    log.warn({ err: error, ...placeOf(source) }, render(sentence));
    return sentence;
  }
  const incident = randomUUID().slice(0, 8);
  log.error({ err: error, incident, ...placeOf(source) }, 'A request failed');
  return saying('wentWrong', { incident });
}

interface Answer {
  readonly told: Saying;
  readonly locale: string;
}

async function answer(source: Source, what: Answer, signal: AbortSignal): Promise<void> {
  if (source instanceof Message) return tellAuthor(source, what, signal);
  if (!source.deferred && !source.replied) {
    await acknowledge(source, { flags: MessageFlags.Ephemeral }, signal);
  }
  const text = tell(what.locale, what.told);
  await answerInteraction(source, { text, components: [] }, signal);
}

async function tellAuthor(message: Message, what: Answer, signal: AbortSignal): Promise<void> {
  const text = tell(what.locale, what.told);
  try {
    // Each edit asks anew, and is refused anew.
    if (message.editedTimestamp !== null) await tellRefusal(message, text, signal);
    else await replyToMessage(message, { text }, signal);
  } catch (error) {
    if (!lacksPermission(error)) throw error;
    await tellOtherwise(message, what, error);
  }
}

/** The sentence about a permission must not depend on it: a plain message, or a direct one to whoever asked. */
async function tellOtherwise(
  { author, channel }: Message,
  { told, locale }: Answer,
  error: unknown,
): Promise<void> {
  const canOnlySend =
    error instanceof DiscordAPIError &&
    error.code === RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory;
  if (canOnlySend && channel.isSendable()) await channel.send(tell(locale, told));
  else await author.send(say(locale, 'elsewhere', { channel: `${channel}`, told }));
}

function lacksPermission(error: unknown): boolean {
  const codes: (string | number)[] = [
    RESTJSONErrorCodes.MissingPermissions,
    RESTJSONErrorCodes.MissingAccess,
    RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory,
  ];
  return error instanceof DiscordAPIError && codes.includes(error.code);
}

function isThreadClosed(error: unknown): boolean {
  const codes: (string | number)[] = [
    RESTJSONErrorCodes.InvalidActionOnArchivedThread,
    RESTJSONErrorCodes.ThreadLocked,
  ];
  return error instanceof DiscordAPIError && codes.includes(error.code);
}

/** Not acknowledged within 3 seconds, or not answered within 15 minutes. */
function isTooLate(error: unknown): boolean {
  const codes: (string | number)[] = [
    RESTJSONErrorCodes.UnknownInteraction,
    RESTJSONErrorCodes.UnknownWebhook,
    RESTJSONErrorCodes.InvalidWebhookToken,
  ];
  return error instanceof DiscordAPIError && codes.includes(error.code);
}

/** Said by Discord, or by discord.js if it knows already. */
function isChannelGone(error: unknown): boolean {
  return error instanceof DiscordAPIError
    ? error.code === RESTJSONErrorCodes.UnknownChannel
    : error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.ChannelNotCached;
}

function placeOf(source: Source): object {
  return { sourceId: source.id, channelId: source.channelId, guildId: source.guildId };
}
