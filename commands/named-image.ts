// Which image an answer of the bot's is about, as the buttons under it say.
import type { Message } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { askButtonId, continueButtonId } from './button-ids.ts';
import { channelOfMessage } from './channel-of-message.ts';
import { customIdsOn } from './custom-ids.ts';

/** Undefined where they name none: it hangs on the answer itself. */
export function imageNamedBy(answer: Message): SceneImage | undefined {
  for (const customId of customIdsOn(answer)) {
    const image = parse(customId, answer);
    if (image) return image;
  }
  return undefined;
}

function parse(customId: string, answer: Message): SceneImage | undefined {
  // A picture's key may hold a colon.
  const [id = '', messageId, ...key] = customId.split(':');
  const attachmentId = key.join(':');
  if (![continueButtonId, askButtonId].includes(id) || !messageId || !attachmentId) return undefined;
  const channelId = channelOfMessage(answer, messageId);
  return { channelId, messageId, attachmentId, ...(answer.guildId && { guildId: answer.guildId }) };
}
