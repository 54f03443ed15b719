// What the buttons and menus under a message of the bot's say.
import type { Message } from 'discord.js';

export function customIdsOn({ components }: Message): string[] {
  const ids: string[] = [];
  for (const row of components) {
    for (const part of 'components' in row ? row.components : []) {
      if ('customId' in part && part.customId) ids.push(part.customId);
    }
  }
  return ids;
}
