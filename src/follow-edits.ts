// Keeps answers and memory in step with what people edit and delete.
import { type Client, Events, type Message, type PartialMessage } from 'discord.js';
import { answerEdited, inquiryNow } from '../commands/answer-edited.ts';
import { answeredBefore } from '../commands/answered-before.ts';
import { changeableKeys, isPreview } from '../commands/changeable-keys.ts';
import type { Services } from '../commands/command.ts';
import { readsMessages } from '../commands/intents.ts';
import { isAddressed, isForBot } from '../commands/is-for-bot.ts';
import { awaitPreview } from '../commands/link-preview.ts';
import { patiently } from '../commands/patience.ts';
import { mentionsBot } from '../commands/question-text.ts';
import { deleteAnswer } from '../commands/rewrite-answer.ts';
import type { AnswersUnderWay } from './answers-under-way.ts';
import type { MissedEdit } from './catch-up/missed-changes.ts';
import { isRecent, maxAgeMs } from './catch-up/missed-messages.ts';
import { dispatch } from './dispatch.ts';
import type { EditsOfOne } from './edits-of-one.ts';
import type { InFlight } from './in-flight.ts';
import type { Call, Edit, NewestEdits } from './newest-edits.ts';

export interface FollowEditsOptions {
  readonly services: Services;
  readonly inFlight: InFlight;
  readonly underWay: AnswersUnderWay;
  readonly edits: EditsOfOne;
  readonly newest: NewestEdits;
  /**
   * Answers a message as if it had come just now.
   * @param isFirst whether it asks for the first time, though it may have been captioned unasked
   */
  readonly hear: (message: Message, isFirst: boolean) => Promise<void>;
}

export function followEdits(client: Client, options: FollowEditsOptions): void {
  const { inFlight } = options;
  client.on(Events.MessageUpdate, (before, message) => {
    if (message.partial) return;
    const lost = keysLost(before, message);
    const isFollowed = isEdit(before, message) || lost.some((attachmentId) => isPreview({ attachmentId }));
    const changed = { isFollowed, isForgotten: lost.length > 0, call: callOf(before, message) };
    inFlight.add(follow(message, changed, options));
  });
  client.on(Events.MessageDelete, ({ id, channelId }) => {
    inFlight.add(followDeletion(client, channelId, [id], options));
  });
  client.on(Events.MessageBulkDelete, (messages, { id }) => {
    inFlight.add(followDeletion(client, id, [...messages.keys()], options));
  });
}

interface Changed {
  readonly isFollowed: boolean;
  readonly isForgotten: boolean;
  readonly call: Call;
}

/** What it asks is answered before a picture is forgotten that it was answered about. Never rejects. */
async function follow(
  message: Message,
  { isFollowed, isForgotten, call }: Changed,
  options: FollowEditsOptions,
): Promise<void> {
  const { services, edits } = options;
  const isToBeForgotten = await edits.follow(message.id, isForgotten, async () => {
    if (isFollowed && !message.author.bot && !services.signal.aborted)
      await followEdit(message, options, call);
  });
  if (isToBeForgotten) await forgetTakenOff(message, services);
}

/** Discord tells of link previews and pins in the same way. */
function isEdit(before: Message | PartialMessage, message: Message): boolean {
  return before.partial || before.content !== message.content;
}

/** A name that was left out is often put in a moment later. */
function callOf(before: Message | PartialMessage, message: Message): Call {
  if (!isAddressed(message) || !isRecent(message.id)) return undefined;
  if (before.partial) return 'perhaps first';
  return isForBot(before as Message) ? undefined : 'first';
}

/** Keys of pictures that may have been taken off. Of a message that Discord shows the bot no more, it tells none either. */
function keysLost(before: Message | PartialMessage, message: Message): readonly string[] {
  if (!isShown(message)) return [];
  if (before.partial) return [unknown];
  const left = changeableKeys(message);
  return [...changeableKeys(before as Message)].filter((key) => !left.has(key));
}

function isShown(message: Message): boolean {
  return readsMessages(message.client) || message.channel.isDMBased() || mentionsBot(message);
}

/** Of a message as it was before, which the bot did not see. */
const unknown = '?';

/** Never rejects. */
async function forgetTakenOff(message: Message, { preferences, log, signal }: Services): Promise<void> {
  try {
    // Another link shows a moment after it was put in the place of one.
    const left = changeableKeys(await awaitPreview(message, signal));
    await preferences.forgetting.files(message.id, left);
  } catch (error) {
    log.error({ err: error, messageId: message.id }, 'Could not forget what was taken off a message');
  }
}

function followEdit(message: Message, options: FollowEditsOptions, call?: Call): Promise<void> {
  return options.newest.follow(message.id, call, (edit) => followNewest(message, edit, options));
}

async function followNewest(message: Message, edit: Edit, options: FollowEditsOptions): Promise<void> {
  const { services, underWay, hear } = options;
  const wasUnderWay = edit.noteCalledOff(await underWay.callOff(message.id));
  let wasAnswered = false;
  await dispatch(message, services, async () => {
    // What Discord said meanwhile to an edit of the answer held the question as it was before.
    if (wasUnderWay) await patiently(() => message.fetch(true), services.signal);
    const answered = await answeredBefore(message, services);
    if (!answered || !edit.isNewest()) return;
    wasAnswered = true;
    await underWay.run(message.id, services, (within) => answerEdited(message, answered, within));
  });
  if (wasAnswered || !edit.isNewest()) return;
  if (wasUnderWay || edit.call) await hear(message, edit.call === 'first');
}

/**
 * What was edited of late is answered anew. Nobody waits any more for what was edited before: its turn, which answers
 * what it asks no longer, is forgotten. Then a picture is that it lost. Never rejects.
 */
export async function followMissedEdit(
  client: Client,
  { channelId, messageId, editedMs }: MissedEdit,
  options: FollowEditsOptions,
): Promise<void> {
  const { services, edits } = options;
  const { conversations, log, signal } = services;
  try {
    const channel = await patiently(() => client.channels.fetch(channelId), signal);
    if (!channel?.isTextBased()) return;
    const wanted = { message: messageId, force: true, cache: false };
    const message = await patiently(() => channel.messages.fetch(wanted), signal);
    const isToBeForgotten = await edits.follow(messageId, isShown(message), async () => {
      if (editedMs > Date.now() - maxAgeMs) await followEdit(message, options);
      else if (await asksOtherwise(message, services)) await conversations.retract(messageId);
    });
    if (isToBeForgotten) await forgetTakenOff(message, services);
  } catch (error) {
    log.warn({ err: error, channelId, messageId }, 'Could not follow what was edited while I was away');
  }
}

async function asksOtherwise(message: Message, services: Services): Promise<boolean> {
  const answered = await answeredBefore(message, services);
  if (!answered?.place) return false;
  return (await inquiryNow(message, answered, services)) !== undefined;
}

async function followDeletion(
  client: Client,
  channelId: string,
  ids: readonly string[],
  { services, underWay }: FollowEditsOptions,
): Promise<void> {
  const { conversations, drafts, log, preferences, signal } = services;
  try {
    for (const id of ids) {
      const askedBy = drafts.sourceOf(id) ?? id;
      if (!(await underWay.callOff(askedBy))) continue;
      // It was on its way to the chat already.
      const messageIds = (await conversations.turnOf(askedBy))?.turn.answerIds ?? [];
      await deleteAnswer({ client, channelId, messageIds }, signal);
    }
    await preferences.forgetting.messages(ids);
  } catch (error) {
    log.error({ err: error, channelId }, 'Could not forget what was deleted');
  }
}
