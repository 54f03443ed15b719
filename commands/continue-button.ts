// The button under an answer. Its custom id says which image the answer is about, so that after a restart a click,
// or a reply to the answer, still finds it.
import { ButtonBuilder, ButtonStyle, type Message } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { askButtonId } from './button-ids.ts';
import { channelOfMessage } from './image-place.ts';

export const continueButtonId = 'continue';

/** @param image absent where the image hangs on the answer itself */
export function continueButton(image?: SceneImage): ButtonBuilder {
  const target = image ? `:${image.messageId}:${image.attachmentId}` : '';
  return new ButtonBuilder()
    .setCustomId(`${continueButtonId}${target}`)
    .setLabel('Continue in thread')
    .setStyle(ButtonStyle.Secondary);
}

/** The image that an answer of the bot's is about, by the buttons under it. */
export function imageNamedBy(answer: Message): SceneImage | undefined {
  for (const row of answer.components) {
    if (!('components' in row)) continue;
    for (const component of row.components) {
      const image = 'customId' in component && parse(component.customId, answer);
      if (image) return image;
    }
  }
  return undefined;
}

function parse(customId: string | null, answer: Message): SceneImage | undefined {
  // A picture's key may hold a colon.
  const [id = '', messageId, ...key] = customId?.split(':') ?? [];
  const attachmentId = key.join(':');
  if (![continueButtonId, askButtonId].includes(id) || !messageId || !attachmentId) return undefined;
  const channelId = channelOfMessage(answer, messageId);
  return { channelId, messageId, attachmentId, ...(answer.guildId && { guildId: answer.guildId }) };
}
