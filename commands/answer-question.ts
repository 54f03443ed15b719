// Answers a question that came by a command or a form. It shows above the answer, as nobody has written it in the chat.
import type { SceneImage } from '../conversation/conversations.ts';
import { aboutNamedPicture } from './about-named-picture.ts';
import { answerInteraction } from './answer-interaction.ts';
import { answerRow } from './answer-row.ts';
import type { AskedBy } from './asked-by.ts';
import type { PostedImage, Services } from './command.ts';
import { conversationAbout } from './conversation-about.ts';
import { InteractionDraft } from './interaction-draft.ts';
import { languageNote } from './language-of.ts';
import { lookAtReadable } from './look-at-readable.ts';
import { letGoLater } from './named-avatar.ts';
import { aboutNamedFrame } from './named-frame.ts';
import type { PostedFile } from './outgoing.ts';
import { patiently } from './patience.ts';
import { pictureRows } from './picture-menu.ts';
import { namedPicture } from './picture-number.ts';
import { withoutLinks } from './question-text.ts';
import { oneLine, quoted, toldAnswer } from './told-answer.ts';

export const maxQuestionCharacters = 300;

export interface Question {
  readonly image: SceneImage | PostedImage;
  readonly question: string;
  /** Where it was fetched already. */
  readonly bytes?: Uint8Array;
  /** The avatar that it is about, to be posted with the answer. */
  readonly files?: readonly PostedFile[];
}

/** For one that names but a picture or a frame. */
const whatIsThere = 'What is in the picture?';

/** @param interaction acknowledged for all to see, since what is said is remembered for all */
export async function answerQuestion(
  interaction: AskedBy,
  { image: about, question, bytes, files }: Question,
  services: Services,
): Promise<void> {
  const { conversations, drafts, images, signal } = services;
  const named = await aboutNamedPicture({ image: about, question }, services);
  const { image: meant, question: asked } = await aboutNamedFrame(named.image, named.question, services);
  const conversationId = await conversationAbout(interaction, meant, services);
  // The turn goes by the answer's id: no message has asked.
  const { id: messageId } = await patiently(() => interaction.fetchReply(), signal);
  const { channel, locale, user } = interaction;
  const request = {
    question: oneLine(withoutLinks(asked)) || whatIsThere,
    askedBy: user.id,
    messageId,
    signal,
  };
  const isNamed = namedPicture(question) !== undefined;
  const draft = new InteractionDraft(interaction, `${quoted(question)}\n`);
  const looked = await drafts.during(draft, (onProgress) =>
    lookAtReadable(meant, { locale, isNamed }, services, (one) => {
      const fetchImage = async () => bytes ?? images.fetch(one, signal);
      return conversations.ask(conversationId, { ...request, image: one, fetchImage, onProgress });
    }),
  );
  const { image, seen: answer, note: unreadable } = looked;
  const note = await languageNote(user.id, locale, services);
  const text = `${toldAnswer({ answer, image, locale, question })}${unreadable}${note}`;
  const row = answerRow({ image, turnId: messageId, askerId: user.id, channel, locale });
  const components = [row, ...pictureRows(image, locale)];
  try {
    const answerIds = await answerInteraction(
      interaction,
      { text, components, ...(files && { files }) },
      signal,
    );
    await conversations.noteAnswer(messageId, answerIds);
    if (files?.length && 'url' in image) await letGoLater(image, messageId, services);
  } catch (error) {
    // It reached nobody, so that nothing may build on it.
    await conversations.retract(messageId);
    throw error;
  }
}
