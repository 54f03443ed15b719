// The button under an answer: goes on in a thread on the image that the answer is about.
import { type ButtonInteraction, type Message, MessageFlags } from 'discord.js';
import { acknowledge } from './acknowledge.ts';
import { answerInteraction } from './answer-interaction.ts';
import { continueButtonId } from './button-ids.ts';
import type { Button, Services } from './command.ts';
import { UserError } from './errors.ts';
import { fetchMessage } from './fetch-message.ts';
import { InteractionDraft } from './interaction-draft.ts';
import { messagesOfAnswer } from './messages-of-answer.ts';
import { imageNamedBy } from './named-image.ts';
import { imageById, imageOn } from './pictures.ts';
import { saying } from './texts/texts.ts';
import { openVisualChat } from './visual-chat.ts';

export const continueInThread: Button = {
  id: continueButtonId,

  async execute(interaction, services) {
    await acknowledge(interaction, { flags: MessageFlags.Ephemeral }, services.signal);
    const message = await imageMessage(interaction, services);
    const named = imageNamedBy(interaction.message);
    const image = message && (named ? imageById(message, named.attachmentId) : imageOn(message));
    if (!image) throw new UserError(saying('pictureGone'));
    const { locale, user } = interaction;
    const text = await services.drafts.during(new InteractionDraft(interaction), (onProgress) =>
      openVisualChat(message, image, services, { askedBy: user.id, locale, isNamed: true, onProgress }),
    );
    await answerInteraction(interaction, { text }, services.signal);
  },
};

/** Where the button names no image, it hangs on the answer itself. */
async function imageMessage(
  { message, channel }: ButtonInteraction,
  { signal }: Services,
): Promise<Message | undefined> {
  const image = imageNamedBy(message);
  return image
    ? fetchMessage(channel, image.messageId, signal)
    : (await messagesOfAnswer(message, signal))[0];
}
