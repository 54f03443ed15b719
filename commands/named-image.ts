// Which image an answer of the bot's is about, as the buttons under it say.
import type { Message } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { askButtonId, continueButtonId } from './button-ids.ts';
import { channelOfMessage } from './channel-of-message.ts';
import { customIdsOn } from './custom-ids.ts';
import { readPictureInId } from './picture-in-id.ts';

/** Undefined where they name none: it hangs on the answer itself. */
export function imageNamedBy(answer: Message): SceneImage | undefined {
  for (const customId of customIdsOn(answer)) {
    const image = parse(customId, answer);
    if (image) return image;
  }
  return undefined;
}

function parse(customId: string, answer: Message): SceneImage | undefined {
  const [id = ''] = customId.split(':');
  const picture = [continueButtonId, askButtonId].includes(id) ? readPictureInId(customId) : undefined;
  if (!picture) return undefined;
  const channelId = channelOfMessage(answer, picture.messageId);
  return { channelId, ...picture, ...(answer.guildId && { guildId: answer.guildId }) };
}
