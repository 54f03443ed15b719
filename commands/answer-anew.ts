// Answers a question that was answered before, and puts the new answer in the old one's place.
import type { Channel, Client } from 'discord.js';
import type { ReanswerRequest, TurnPlace } from '../conversation/conversations.ts';
import { answerRow } from './answer-row.ts';
import type { Services } from './command.ts';
import { fetchMessage } from './fetch-message.ts';
import { imageNow } from './image-place.ts';
import { lookAt } from './look-at.ts';
import type { Outgoing } from './outgoing.ts';
import { patiently } from './patience.ts';
import { pictureRows } from './picture-menu.ts';
import { rewriteAnswer } from './rewrite-answer.ts';
import { duringRewrite, RewriteDraft } from './rewrite-draft.ts';
import { questionAbove, quoted, toldAnswer } from './told-answer.ts';

export interface Anew extends Pick<ReanswerRequest, 'question' | 'sampling' | 'askedBy'>, TurnPlace {
  /** The message that began the turn. */
  readonly turnId: string;
  /** What asks for it: the message that began the turn, or an interaction. Default: that message. */
  readonly sourceId?: string;
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
  const draft = draftOf(where, anew, services);
  const answer = await duringRewrite(draft, channel, services, (onProgress) =>
    lookAt(image, services, () => conversations.reanswer(turnId, { ...request, onProgress })),
  );
  if (!answer) {
    await draft.putBack(services);
    return false;
  }
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

/** In the first message of the old answer. */
function draftOf(
  { client, channelId }: Where,
  anew: Anew,
  { conversations, signal }: Services,
): RewriteDraft {
  const { turnId, turn, sourceId = turnId, answerId, locale } = anew;
  const firstId = turn.answerIds?.[0] ?? answerId;
  const question = questionAbove(anew, firstId ?? '');
  const above = question === undefined ? '' : `${quoted(question)}\n`;
  const find = async () => {
    // Of an answer that came just now, they are known by now.
    const id = (await conversations.turnOf(turnId))?.turn.answerIds?.[0] ?? firstId;
    const channel = await patiently(() => client.channels.fetch(channelId), signal);
    return id && channel?.isTextBased() ? fetchMessage(channel, id, signal) : undefined;
  };
  return new RewriteDraft({ sourceId, channelId, locale, above, find });
}

function asked({
  question,
  sampling,
  askedBy,
}: Anew): Pick<ReanswerRequest, 'question' | 'sampling' | 'askedBy'> {
  return {
    ...(question !== undefined && { question }),
    ...(sampling && { sampling }),
    ...(askedBy && { askedBy }),
  };
}
