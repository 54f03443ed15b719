// Questions about channels.
import type { PageChannel } from '../page-api.ts';

/** Discord's channel types 10, 11 and 12 are threads. */
export function isThread(channel: PageChannel): boolean {
  return channel.type >= 10 && channel.type <= 12;
}

export function parentOf(channel: PageChannel | undefined): string | undefined {
  return channel && isThread(channel) ? (channel.parent_id ?? undefined) : undefined;
}
