// Keeps answers and memory in step with what people edit and delete.
import { type Client, Events, type Message, type PartialMessage } from 'discord.js';
import { ifAllowed } from '../commands/allowed.ts';
import { answerAnew } from '../commands/answer-anew.ts';
import type { Services } from '../commands/command.ts';
import { languageOf } from '../commands/language-of.ts';
import { namedFrame } from '../commands/named-frame.ts';
import { patiently } from '../commands/patience.ts';
import { namedPicture } from '../commands/picture-number.ts';
import { questionText } from '../commands/question-text.ts';
import { replyToMessage } from '../commands/reply.ts';
import { deleteAnswer } from '../commands/rewrite-answer.ts';
import type { TurnPlace } from '../conversation/conversations.ts';
import { frameOf } from '../conversation/frames.ts';
import type { AnswersUnderWay } from './answers-under-way.ts';
import type { MissedEdit } from './catch-up/missed-changes.ts';
import { maxAgeMs } from './catch-up/missed-messages.ts';
import { dispatch } from './dispatch.ts';
import type { InFlight } from './in-flight.ts';

export interface FollowEditsOptions {
  readonly services: Services;
  readonly inFlight: InFlight;
  readonly underWay: AnswersUnderWay;
  /** Answers a message as if it had come just now. */
  readonly hear: (message: Message) => Promise<void>;
}

export function followEdits(client: Client, options: FollowEditsOptions): void {
  const { inFlight, services } = options;
  client.on(Events.MessageUpdate, (before, message) => {
    if (isEdit(before, message) && !services.signal.aborted)
      inFlight.add(followEdit(message as Message, options));
  });
  client.on(Events.MessageDelete, ({ id, channelId }) => {
    inFlight.add(followDeletion(client, channelId, [id], options));
  });
  client.on(Events.MessageBulkDelete, (messages, { id }) => {
    inFlight.add(followDeletion(client, id, [...messages.keys()], options));
  });
}

/** Discord tells of link previews and pins in the same way. */
function isEdit(before: Message | PartialMessage, message: Message | PartialMessage): boolean {
  if (message.partial || message.author.bot) return false;
  return before.partial || before.content !== message.content;
}

async function followEdit(message: Message, options: FollowEditsOptions): Promise<void> {
  const { services, underWay, hear } = options;
  const wasUnderWay = await underWay.callOff(message.id);
  const place = await services.conversations.turnOf(message.id);
  if (place?.turn.messageId !== message.id) {
    if (wasUnderWay) await hear(message);
    return;
  }
  const question = editedQuestion(message, place);
  if (question === undefined) return;
  await dispatch(message, services, async () => {
    await underWay.run(message.id, services, async (within) => {
      const post = (outgoing: Parameters<typeof replyToMessage>[1]) =>
        replyToMessage(message, outgoing, within.signal);
      const locale = await languageOf(message, within);
      const anew = { ...place, turnId: message.id, question, locale, post };
      // An edit takes an answer of the model as a question does.
      await ifAllowed(message, within, async () => void (await answerAnew(message, anew, within)));
    });
  });
}

/** As a message asks it now; undefined where it asks what it did, or nothing. */
function editedQuestion(message: Message, { image, turn }: TurnPlace): string | undefined {
  const text = questionText(message);
  const question = namedPicture(text)?.rest ?? text;
  const asked = frameOf(image) ? (namedFrame(question)?.rest ?? question) : question;
  return asked === '' || asked === turn.question ? undefined : asked;
}

/**
 * What was edited of late is answered anew. Nobody waits any more for what was edited before: its turn, which answers
 * what it asks no longer, is forgotten. Never rejects.
 */
export async function followMissedEdit(
  client: Client,
  { channelId, messageId, editedMs }: MissedEdit,
  options: FollowEditsOptions,
): Promise<void> {
  const { conversations, log, signal } = options.services;
  try {
    const channel = await patiently(() => client.channels.fetch(channelId), signal);
    if (!channel?.isTextBased()) return;
    const wanted = { message: messageId, force: true, cache: false };
    const message = await patiently(() => channel.messages.fetch(wanted), signal);
    if (editedMs > Date.now() - maxAgeMs) return await followEdit(message, options);
    const place = await conversations.turnOf(messageId);
    const isStale = place?.turn.messageId === messageId && editedQuestion(message, place) !== undefined;
    if (isStale) await conversations.forgetMessages([messageId]);
  } catch (error) {
    log.warn({ err: error, channelId, messageId }, 'Could not follow what was edited while I was away');
  }
}

async function followDeletion(
  client: Client,
  channelId: string,
  ids: readonly string[],
  { services, underWay }: FollowEditsOptions,
): Promise<void> {
  const { conversations, drafts, log, signal } = services;
  try {
    for (const id of ids) {
      const askedBy = drafts.sourceOf(id) ?? id;
      if (!(await underWay.callOff(askedBy))) continue;
      // It was on its way to the chat already.
      const messageIds = (await conversations.turnOf(askedBy))?.turn.answerIds ?? [];
      await deleteAnswer({ client, channelId, messageIds }, signal);
    }
    await conversations.forgetMessages(ids);
  } catch (error) {
    log.error({ err: error, channelId }, 'Could not forget what was deleted');
  }
}
