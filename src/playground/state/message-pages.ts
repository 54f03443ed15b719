// Reading a channel back, a page at a time.
import { compareSnowflakes } from './snowflake.ts';
import type { StoredMessage, World } from './world.ts';

export interface Page {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly around?: string | undefined;
  readonly limit: number;
}

/** Newest first, as Discord lists them. */
export function listMessages(world: World, channelId: string, page: Page): StoredMessage[] {
  const all = [...(world.messages.get(channelId)?.values() ?? [])]
    .filter(({ viewerId }) => viewerId === undefined)
    .reverse();
  if (page.around !== undefined) {
    const half = Math.floor(page.limit / 2);
    const at = all.findIndex(({ message }) => compareSnowflakes(message.id, page.around ?? '') <= 0);
    const start = Math.max(0, (at === -1 ? all.length : at) - half);
    return all.slice(start, start + page.limit);
  }
  if (page.after !== undefined) {
    return all
      .filter(({ message }) => compareSnowflakes(message.id, page.after ?? '') > 0)
      .slice(-page.limit);
  }
  if (page.before !== undefined) {
    return all
      .filter(({ message }) => compareSnowflakes(message.id, page.before ?? '') < 0)
      .slice(0, page.limit);
  }
  return all.slice(0, page.limit);
}
