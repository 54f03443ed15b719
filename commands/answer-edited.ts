// Answers a message anew that was edited, in the place of the answer that it has, so far as it asks something else now.
import type { Message } from 'discord.js';
import { ifAllowed } from './allowed.ts';
import { answerAnew } from './answer-anew.ts';
import { answerRow } from './answer-row.ts';
import { answerTo, type Heard } from './answer-to.ts';
import type { AnsweredBefore } from './answered-before.ts';
import { askedNow } from './asked-now.ts';
import type { Services } from './command.ts';
import { conversationAbout } from './conversation-about.ts';
import { fetchMessage } from './fetch-message.ts';
import { type Inquiry, understand } from './inquiry.ts';
import { languageOf } from './language-of.ts';
import { pictureRows } from './picture-menu.ts';
import { takeBackRefusals } from './refusal-told.ts';
import { replyToMessage } from './reply.ts';
import { rewriteAnswer } from './rewrite-answer.ts';
import { duringRewrite, RewriteDraft } from './rewrite-draft.ts';

export async function answerEdited(
  message: Message,
  answered: AnsweredBefore,
  services: Services,
): Promise<void> {
  const inquiry = await inquiryNow(message, answered, services);
  if (inquiry) {
    const locale = await languageOf(message, services);
    // An edit takes an answer of the model as a question does.
    await ifAllowed(message, services, () => answer(message, { ...inquiry, locale }, answered, services));
  }
  if (answered.before) await takeBackRefusals(message, services.signal);
}

/** Undefined where it asks what it did. */
export async function inquiryNow(
  message: Message,
  { before }: AnsweredBefore,
  services: Services,
): Promise<Inquiry | undefined> {
  if (!before) return understand(message, services);
  const { image, question } = await askedNow(message, before.image, services);
  if (isSame(image, before.image) && question === before.question) return undefined;
  const isElsewhere = image.messageId !== before.image.messageId;
  const conversationId = isElsewhere
    ? await conversationAbout(message, image, services)
    : before.conversationId;
  return { conversationId, image, question };
}

async function answer(
  message: Message,
  heard: Heard,
  { answerIds, before, place }: AnsweredBefore,
  services: Services,
): Promise<void> {
  const { image, question, locale } = heard;
  if (place && before && question && isSame(image, before.image)) {
    const post = (outgoing: Parameters<typeof replyToMessage>[1]) =>
      replyToMessage(message, outgoing, services.signal);
    await answerAnew(message, { ...place, turnId: message.id, question, locale, post }, services);
    return;
  }
  const { id: sourceId, channel, channelId } = message;
  const [firstId] = answerIds;
  const find = async () => (firstId ? fetchMessage(channel, firstId, services.signal) : undefined);
  const draft = new RewriteDraft({ sourceId, channelId, locale, find });
  const said = await duringRewrite(draft, channel, services, (onProgress) =>
    answerTo(message, { ...heard, onProgress, isEdited: true }, services),
  );
  await show(message, { ...heard, image: said.image }, { text: said.text, answerIds }, services);
}

async function show(
  message: Message,
  { image, question, locale }: Heard,
  { text, answerIds: messageIds }: { readonly text: string; readonly answerIds: readonly string[] },
  { conversations, signal }: Services,
): Promise<void> {
  const { id, author, client, channel, channelId } = message;
  const row = answerRow({ image, ...(question && { turnId: id }), askerId: author.id, channel, locale });
  const outgoing = { text, components: [row, ...pictureRows(image, locale)] };
  try {
    const shown = await rewriteAnswer({ client, channelId, messageIds }, outgoing, signal);
    await conversations.noteAnswer(
      id,
      shown.length > 0 ? shown : await replyToMessage(message, outgoing, signal),
    );
  } catch (error) {
    // It reached nobody, so that nothing may build on it.
    await conversations.retract(id);
    throw error;
  }
}

function isSame(one: Inquiry['image'], other: Inquiry['image']): boolean {
  return one.messageId === other.messageId && one.attachmentId === other.attachmentId;
}
