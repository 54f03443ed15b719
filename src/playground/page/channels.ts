// Questions about channels.
import type { PageChannel } from '../page-api.ts';

/** Discord's channel types 10, 11 and 12 are threads. */
export function isThread(channel: PageChannel): boolean {
  return channel.type >= 10 && channel.type <= 12;
}

/** Direct messages with the bot. */
export function isDirect(channel: PageChannel): boolean {
  return channel.type === 1;
}

export function parentOf(channel: PageChannel | undefined): string | undefined {
  return channel && 'parent_id' in channel && isThread(channel)
    ? (channel.parent_id ?? undefined)
    : undefined;
}

/** Direct messages are called after whom they are with. */
export function nameOf(channel: PageChannel): string {
  if (channel.name) return channel.name;
  return 'recipients' in channel ? (channel.recipients?.[0]?.username ?? '') : '';
}

/** As people write it: `#pictures`, `@blipcord`, or a thread's name. */
export function titleOf(channel: PageChannel): string {
  if (isThread(channel)) return nameOf(channel);
  return `${isDirect(channel) ? '@' : '#'}${nameOf(channel)}`;
}
