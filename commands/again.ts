// The button "Again": asks the same once more, with the tokens drawn by chance, and puts what comes in the old answer's
// place, in its message as in the memory.
import type { ButtonInteraction, Message } from 'discord.js';
import { acknowledgeBeside } from './acknowledge.ts';
import { altTextOf } from './alt-text.ts';
import { answerAnew } from './answer-anew.ts';
import { answerRow } from './answer-row.ts';
import { begun, promptHeld, tellBegun } from './begun.ts';
import { againButtonId, readAgainId } from './button-ids.ts';
import type { Button, Services } from './command.ts';
import { askerOf } from './delete-answer.ts';
import { describeFiles } from './describe-files.ts';
import { UserError } from './errors.ts';
import { imageNow } from './image-place.ts';
import { languageOfAnswer } from './language-of.ts';
import { lookAt } from './look-at.ts';
import { messagesOfAnswer } from './messages-of-answer.ts';
import { imageNamedBy } from './named-image.ts';
import type { Outgoing } from './outgoing.ts';
import { pictureRows } from './picture-menu.ts';
import { imageOn } from './pictures.ts';
import { spoken } from './plain-text.ts';
import { rewriteAnswer } from './rewrite-answer.ts';
import { duringRewrite, RewriteDraft } from './rewrite-draft.ts';
import { say, saying } from './texts/texts.ts';
import { oneLine, toldCaption } from './told-answer.ts';

/** Unlikely words stay out, and what is left keeps its share. */
const byChance = { temperature: 1, topP: 0.95 };

export const again: Button = {
  id: againButtonId,

  async execute(interaction, services) {
    const what = readAgainId(interaction.customId);
    await ('turnId' in what
      ? answerAgain(interaction, what.turnId, services)
      : captionAgain(interaction, what.prompt, services));
  },
};

async function answerAgain(
  interaction: ButtonInteraction,
  turnId: string,
  services: Services,
): Promise<void> {
  const place = await services.conversations.turnOf(turnId);
  if (!place) throw new UserError(saying('questionForgotten'));
  await acknowledgeBeside(interaction, services.signal);
  const { id: answerId } = interaction.message;
  const locale = languageOfAnswer(interaction, services);
  const anew = {
    ...place,
    turnId,
    sourceId: interaction.id,
    askedBy: interaction.user.id,
    answerId,
    sampling: byChance,
    sameNote: say(locale, 'sameAgain'),
    locale,
  };
  if (!(await answerAnew(interaction, anew, services))) throw new UserError(saying('questionForgotten'));
}

async function captionAgain(interaction: ButtonInteraction, held: string, services: Services): Promise<void> {
  const { conversations, images, signal } = services;
  const { client, channelId, channel, message } = interaction;
  const locale = languageOfAnswer(interaction, services);
  await acknowledgeBeside(interaction, signal);
  const shown = await messagesOfAnswer(message, signal);
  const prompt = promptHeld(held, shown[0].content);
  if (prompt === undefined) throw new UserError(saying('questionForgotten'));
  const named = imageNamedBy(message);
  const image = named ? await imageNow(client, named, signal) : imageOn(shown[0]);
  if (!image) throw new UserError(saying('pictureGoneHere'));
  const fetchImage = () => images.fetch(image, signal);
  const askedBy = interaction.user.id;
  const request = { image, fetchImage, askedBy, sampling: byChance, signal, ...(prompt && { prompt }) };
  const find = async () => shown[0];
  const draft = new RewriteDraft({ sourceId: interaction.id, channelId, locale, find });
  const caption = await duringRewrite(draft, channel, services, (onProgress) =>
    lookAt(image, services, () =>
      conversations.caption({ ...request, onProgress: tellBegun(prompt, onProgress) }),
    ),
  );
  const whole = begun(prompt, caption.text);
  const note = isShown(spoken(whole, locale), shown) ? `\n-# ${say(locale, 'sameAgain')}` : '';
  const text = `${toldCaption({ ...caption, text: whole }, locale, image)}${note}`;
  const askerId = askerOf(message) ?? interaction.user.id;
  const row = answerRow({ ...(named && { image: named }), prompt, askerId, channel, locale });
  const outgoing: Outgoing = { text, components: [row, ...pictureRows(image, locale, prompt)] };
  const messageIds = shown.map(({ id }) => id);
  await rewriteAnswer({ client, channelId, messageIds }, outgoing, signal);
  const description = altTextOf(whole, locale);
  if (description) await describeFiles(shown[0], description, services);
}

/** Whether messages read so, but for the small print. */
function isShown(text: string, messages: readonly Message[]): boolean {
  const lines = messages.flatMap(({ content }) => content.split('\n'));
  return oneLine(lines.filter((line) => !line.startsWith('-# ')).join(' ')) === oneLine(text);
}
