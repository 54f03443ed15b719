// Which of some messages are still there, asked of Discord in as few requests as their number and distance allow.
import { type APIMessage, DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { patiently } from '../../commands/patience.ts';
import { isNewer } from '../../conversation/message-order.ts';

/** A message in neither list may be there or not: the bot may not read it. */
export interface Looked {
  readonly found: ReadonlyMap<string, APIMessage>;
  readonly missing: readonly string[];
  /** The channel itself is missing. */
  readonly isChannelGone: boolean;
}

/** What Discord gives at once, at most. */
const pageSize = 100;

/** @throws when Discord fails, or `signal` aborts */
export async function lookFor(
  rest: Pick<REST, 'get'>,
  channelId: string,
  messageIds: readonly string[],
  signal: AbortSignal,
): Promise<Looked> {
  const found = new Map<string, APIMessage>();
  const missing: string[] = [];
  let open = [...messageIds].sort((a, b) => (isNewer(a, b) ? -1 : 1));
  try {
    while (open.length > 0) {
      const page = await read(rest, channelId, open, signal);
      for (const message of page) found.set(message.id, message);
      const oldest = page.length < pageSize ? undefined : page.at(-1)?.id;
      const isBehind = (id: string) => oldest !== undefined && isNewer(oldest, id);
      missing.push(...open.filter((id) => !isBehind(id) && !found.has(id)));
      open = open.filter(isBehind);
    }
  } catch (error) {
    if (!isRefused(error)) throw error;
    const isChannelGone = error.code === RESTJSONErrorCodes.UnknownChannel;
    return { found, missing, isChannelGone };
  }
  return { found, missing, isChannelGone: false };
}

/** The newest of them and what was written before it. */
async function read(
  rest: Pick<REST, 'get'>,
  channelId: string,
  [newest = '', ...others]: readonly string[],
  signal: AbortSignal,
): Promise<readonly APIMessage[]> {
  if (others.length > 0) {
    const query = new URLSearchParams({ before: String(BigInt(newest) + 1n), limit: String(pageSize) });
    const page = await get(rest, Routes.channelMessages(channelId), { query, signal });
    // Without the permission to read the history, it is empty as well.
    if ((page as APIMessage[]).length > 0) return page as APIMessage[];
  }
  try {
    return [(await get(rest, Routes.channelMessage(channelId, newest), { signal })) as APIMessage];
  } catch (error) {
    if (isRefused(error) && error.code === RESTJSONErrorCodes.UnknownMessage) return [];
    throw error;
  }
}

type GetOptions = Pick<NonNullable<Parameters<REST['get']>[1]>, 'query' | 'signal'>;

function get(rest: Pick<REST, 'get'>, route: `/${string}`, options: GetOptions): Promise<unknown> {
  return patiently(() => rest.get(route, options), options.signal ?? undefined);
}

function isRefused(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && (error.status === 403 || error.status === 404);
}
