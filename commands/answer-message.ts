// Answers a message that asks something: with a caption where it only holds an image.
import type { Message } from 'discord.js';
import { answerRow } from './answer-row.ts';
import { answerTo, type Heard } from './answer-to.ts';
import type { Services } from './command.ts';
import type { Inquiry } from './inquiry.ts';
import { languageNote, languageOf } from './language-of.ts';
import { pictureRows } from './picture-menu.ts';
import { replyToMessage } from './reply.ts';
import { ReplyDraft } from './reply-draft.ts';
import { duringTyping } from './typing-in.ts';

export async function answerMessage(message: Message, inquiry: Inquiry, services: Services): Promise<void> {
  const locale = await languageOf(message, services);
  const draft = new ReplyDraft(message, locale);
  try {
    const { text, image } = await duringTyping(message.channel, services, (stopTyping) =>
      services.drafts.during(
        draft,
        (onProgress) => answerTo(message, { ...inquiry, locale, onProgress }, services),
        stopTyping,
      ),
    );
    const note = await languageNote(message.author.id, locale, services);
    await give(message, { ...inquiry, image, locale }, `${text}${note}`, draft, services);
  } catch (error) {
    await remove(draft, services);
    throw error;
  }
}

async function give(
  message: Message,
  { image, question, locale }: Heard,
  text: string,
  draft: ReplyDraft,
  { conversations, signal }: Services,
): Promise<void> {
  const { id, author, channel } = message;
  const row = answerRow({ image, ...(question && { turnId: id }), askerId: author.id, channel, locale });
  const components = [row, ...pictureRows(image, locale)];
  try {
    const answerIds = await replyToMessage(message, { text, components }, signal, draft);
    await conversations.noteAnswer(id, answerIds);
  } catch (error) {
    // It reached nobody, so that nothing may build on it.
    await conversations.retract(id);
    throw error;
  }
}

/** What went wrong matters more than that half an answer may stay. */
async function remove(draft: ReplyDraft, { log, signal }: Services): Promise<void> {
  try {
    await draft.remove(signal);
  } catch (error) {
    log.warn({ err: error, messageId: draft.messageId }, 'Could not remove the draft of an answer');
  }
}
