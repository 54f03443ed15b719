// Which messages were answered, kept across restarts, so that none is answered twice; and in which channels people write
// to the bot directly, since Discord lists those to nobody.
import type Keyv from 'keyv';
import { orLogged } from '../../conversation/or-logged.ts';
import type { Store } from '../../conversation/store.ts';
import type { Logger } from '../../models/logger.ts';

export interface AnsweredMessage {
  readonly id: string;
  readonly channelId: string;
  /** Null in direct messages. */
  readonly guildId: string | null;
}

const hourMs = 60 * 60_000;

/** A store that fails is logged, and costs nobody an answer. */
export class AnsweredMessages {
  /** Bounded by age: longer ago than the catching up looks, nobody asks for them. */
  readonly #ids: Keyv<true>;
  /** When somebody was answered there last (ms). */
  readonly #directChannels: Keyv<unknown>;
  readonly #log: Logger;

  constructor(store: Store, log: Logger) {
    this.#ids = store.namespace('answered-messages', { ttlMs: hourMs });
    this.#directChannels = store.namespace('direct-channels', { ttlMs: 30 * 24 * hourMs });
    this.#log = log;
  }

  async has(messageId: string): Promise<boolean> {
    return (await orLogged(() => this.#ids.get(messageId), this.#log)) !== undefined;
  }

  async add({ id, channelId, guildId }: AnsweredMessage): Promise<void> {
    const isDirect = guildId === null;
    await Promise.all([
      orLogged(() => this.#ids.set(id, true), this.#log),
      isDirect && orLogged(() => this.#directChannels.set(channelId, Date.now()), this.#log),
    ]);
  }

  /** Ids of the channels of direct messages in which somebody was answered within the last month, the latest last. */
  async directChannels(): Promise<string[]> {
    const found: { readonly id: string; readonly at: number }[] = [];
    await orLogged(async () => {
      const pairs = this.#directChannels.iterator?.(undefined) ?? [];
      for await (const [id, at] of pairs) found.push({ id: String(id), at: Number(at) });
    }, this.#log);
    return found.sort((a, b) => a.at - b.at).map(({ id }) => id);
  }
}
