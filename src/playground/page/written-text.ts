// Text as people write it, "@mia look :wave:", and as Discord keeps it, with ids in it.
import type { APIUser } from 'discord.js';
import type { PageEmoji } from '../page-api.ts';
import { encodeMentions } from './mentions.ts';

/** What has a name in texts. */
export interface Words {
  readonly users: readonly APIUser[];
  readonly emoji: readonly PageEmoji[];
}

export function encodeText(text: string, { users, emoji }: Words): string {
  return encodeMentions(text, users).replace(/(?<!<a?):(\w+):(?!\d+>)/g, (written, name: string) => {
    const found = emoji.find((one) => one.name === name);
    return found ? `<${found.animated ? 'a' : ''}:${name}:${found.id}>` : written;
  });
}

export function decodeText(content: string, { users, emoji }: Words): string {
  return content
    .replace(/<@!?(\d+)>/g, (kept, id: string) => {
      const user = users.find((one) => one.id === id);
      return user ? `@${user.username}` : kept;
    })
    .replace(/<a?:\w+:(\d+)>/g, (kept, id: string) => {
      const found = emoji.find((one) => one.id === id);
      return found ? `:${found.name}:` : kept;
    });
}
