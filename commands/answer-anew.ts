// Answers a question that was answered before, and puts the new answer in the old one's place.
import type { Channel, Client } from 'discord.js';
import type { ReanswerRequest, TurnPlace } from '../conversation/conversations.ts';
import { answerRow } from './answer-row.ts';
import type { Services } from './command.ts';
import { imageNow } from './image-place.ts';
import { lookAt } from './look-at.ts';
import type { Outgoing } from './outgoing.ts';
import { pictureRows } from './picture-menu.ts';
import { rewriteAnswer } from './rewrite-answer.ts';
import { questionAbove, toldAnswer } from './told-answer.ts';
import { duringTyping } from './typing-in.ts';

export interface Anew extends Pick<ReanswerRequest, 'question' | 'sampling'>, TurnPlace {
  /** The message that began the turn. */
  readonly turnId: string;
  /** Of what stands with the answer. */
  readonly locale: string;
  /** Shows the answer, where the turn doesn't know it. */
  readonly answerId?: string;
  /** Small print where the answer is the same. */
  readonly sameNote?: string;
  /** Posts the answer where no message shows it any more. @returns the messages */
  readonly post?: (outgoing: Outgoing) => Promise<readonly string[]>;
}

interface Where {
  readonly client: Client;
  readonly channelId: string;
  readonly channel: Channel | null;
}

/** @returns false where the turn is kept no longer */
export async function answerAnew(where: Where, anew: Anew, services: Services): Promise<boolean> {
  const { client, channelId, channel } = where;
  const { turnId, turn, locale, answerId, sameNote, post } = anew;
  const { conversations, images, signal } = services;
  const image = await imageNow(client, anew.image, signal);
  const request = { ...asked(anew), fetchImage: () => images.fetch(image, signal), signal };
  const answer = await duringTyping(channel, services, () =>
    lookAt(image, services, () => conversations.reanswer(turnId, request)),
  );
  if (!answer) return false;
  // Of an answer that came just now, they are known by now.
  const known = (await conversations.turnOf(turnId))?.turn.answerIds ?? turn.answerIds;
  const messageIds = known ?? (answerId === undefined ? [] : [answerId]);
  const question = questionAbove(anew, messageIds[0] ?? '');
  const text = toldAnswer({
    answer,
    image,
    locale,
    ...(question !== undefined && { question }),
    ...(sameNote !== undefined && answer.text === turn.answer && { note: sameNote }),
  });
  const row = answerRow({ image: anew.image, turnId, askerId: turn.askedBy, channel, locale });
  const outgoing = { text, components: [row, ...pictureRows(image, locale)] };
  const shown = await rewriteAnswer({ client, channelId, messageIds }, outgoing, signal);
  const ids = shown.length === 0 && post ? await post(outgoing) : shown;
  await conversations.noteAnswer(turnId, ids);
  return true;
}

function asked({ question, sampling }: Anew): Pick<ReanswerRequest, 'question' | 'sampling'> {
  return { ...(question !== undefined && { question }), ...(sampling && { sampling }) };
}
