// Notices when the connection to Discord stays away. discord.js connects again by itself and tells nobody how long that
// takes; whoever runs the bot should hear of it.
import { type Client, Status } from 'discord.js';
import type { Logger } from '../models/logger.ts';

export interface WatchOptions {
  readonly log: Logger;
  /** How long it may be away before that is said. Default: 3 minutes. */
  readonly patienceMs?: number;
  readonly lookEveryMs?: number;
}

/** @returns a function that ends the watch */
export function watchConnection(client: Pick<Client, 'ws'>, options: WatchOptions): () => void {
  const { log, patienceMs = 3 * 60_000, lookEveryMs = 15_000 } = options;
  let awaySince: number | undefined;
  let isTold = false;
  const look = () => {
    const isAway = !isConnected(client);
    if (isAway) awaySince ??= Date.now();
    const awayMs = Date.now() - (awaySince ?? Date.now());
    if (isAway && !isTold && awayMs >= patienceMs) {
      isTold = true;
      log.error(
        { awayMs },
        `There has been no connection to Discord for ${inMinutes(awayMs)}. I keep trying; check the network and https://discordstatus.com.`,
      );
    }
    if (isAway) return;
    if (isTold) log.info({ awayMs }, `Connected to Discord again, after ${inMinutes(awayMs)}.`);
    awaySince = undefined;
    isTold = false;
  };
  const timer = setInterval(look, lookEveryMs).unref();
  return () => clearInterval(timer);
}

function isConnected({ ws }: Pick<Client, 'ws'>): boolean {
  return ws.shards.size > 0 && ws.shards.every(({ status }) => status === Status.Ready);
}

function inMinutes(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}
