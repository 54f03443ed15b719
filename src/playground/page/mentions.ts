// Mentions in the composer: what is being typed after an "@", and names turned into Discord's <@id>.
import type { APIUser } from 'discord.js';

export interface MentionQuery {
  readonly start: number;
  readonly query: string;
}

/** The name that is being typed right before the caret. */
export function mentionQuery(text: string, caret: number): MentionQuery | undefined {
  const found = /(?:^|\s)@([\w.-]*)$/.exec(text.slice(0, caret));
  if (!found) return undefined;
  const query = found[1] ?? '';
  return { query, start: caret - query.length - 1 };
}

/** Replaces every "@name" of a known user by what Discord sends for it. */
export function encodeMentions(text: string, users: readonly APIUser[]): string {
  return text.replace(/(?<![\w<])@([\w.-]+)/g, (written, name: string) => {
    const user = users.find(({ username }) => username.toLowerCase() === name.toLowerCase());
    return user ? `<@${user.id}>` : written;
  });
}
