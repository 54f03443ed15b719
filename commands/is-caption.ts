// Whether an answer of the bot's is a caption: the button under it that would make it anew tells.
import type { Message } from 'discord.js';
import { againButtonId, readAgainId } from './button-ids.ts';
import { customIdsOn } from './custom-ids.ts';

export function isCaption(answer: Message): boolean {
  const again = customIdsOn(answer).find((id) => id.startsWith(`${againButtonId}:`));
  return again !== undefined && 'prompt' in readAgainId(again);
}
