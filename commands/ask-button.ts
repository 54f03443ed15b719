// The button "Ask": opens the form in which one asks about the picture that the answer is about.

import { openForm } from './acknowledge.ts';
import { demandAllowed } from './allowed.ts';
import { askFormAbout } from './ask-form.ts';
import { askButtonId } from './button-ids.ts';
import type { Button } from './command.ts';
import { UserError } from './errors.ts';
import { messagesOfAnswer } from './messages-of-answer.ts';
import { imageNamedBy } from './named-image.ts';
import { imageOn } from './pictures.ts';
import { saying } from './texts/texts.ts';

export const askButton: Button = {
  isFree: true,
  id: askButtonId,

  async execute(interaction, services) {
    await demandAllowed(interaction, services);
    const { message } = interaction;
    const { signal } = services;
    const image = imageNamedBy(message) ?? imageOn((await messagesOfAnswer(message, signal))[0]);
    if (!image) throw new UserError(saying('pictureGoneHere'));
    await openForm(interaction, askFormAbout(image, interaction.locale), signal);
  },
};
