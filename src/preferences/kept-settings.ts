// What each server decided, in the store and in memory: settings are asked for with every message.
import type Keyv from 'keyv';
import { z } from 'zod';
import {
  type Decisions,
  defaultSettings,
  type InForce,
  type Place,
  type ServerSettings,
  type Settings,
  type SettingsInForce,
} from '../../commands/preferences.ts';
import type { Store } from '../../conversation/store.ts';
import type { Logger } from '../../models/logger.ts';

const ids = z.array(z.string());
const decisionsShape = z.object({
  mode: z.enum(['off', 'asked', 'caption', 'thread']).exactOptional(),
  audience: z.object({ roles: ids, people: ids }).exactOptional(),
  nsfw: z.enum(['anywhere', 'only', 'never']).exactOptional(),
  language: z.string().exactOptional(),
  retentionDays: z.int().nonnegative().exactOptional(),
  hourlyAPerson: z.int().nonnegative().exactOptional(),
  hourlyAServer: z.int().nonnegative().exactOptional(),
});
const recordShape = z.object({
  server: decisionsShape,
  /** By channel. */
  channels: z.record(z.string(), decisionsShape),
});

type ServerRecord = z.infer<typeof recordShape>;
type Made = ServerRecord['server'];

const nothingDecided: ServerRecord = { server: {}, channels: {} };

export class KeptSettings implements Settings {
  readonly #kept: Keyv<unknown>;
  readonly #records = new Map<string, ServerRecord>();

  private constructor(store: Store) {
    this.#kept = store.namespace('settings');
  }

  /** @throws StoreError */
  static async open(store: Store, log: Logger): Promise<KeptSettings> {
    const settings = new KeptSettings(store);
    for await (const [guildId, value] of settings.#kept.iterator?.(undefined) ?? []) {
      const parsed = recordShape.safeParse(value);
      if (parsed.success) settings.#records.set(guildId, parsed.data);
      else {
        const problem = z.prettifyError(parsed.error);
        log.warn({ guildId, problem }, "A server's settings are damaged, so the defaults hold there.");
      }
    }
    return settings;
  }

  /** Servers that decided something. */
  get guildIds(): readonly string[] {
    return [...this.#records.keys()];
  }

  inForce({ guildId, channelIds }: Place): SettingsInForce {
    const { server, channels } = this.#records.get(guildId) ?? nothingDecided;
    const lookUp = (name: keyof ServerSettings): InForce<unknown> => {
      for (const channelId of channelIds) {
        const value = channels[channelId]?.[name];
        if (value !== undefined) return { value, from: { channelId } };
      }
      const value = server[name];
      return value === undefined
        ? { value: defaultSettings[name], from: 'default' }
        : { value, from: 'server' };
    };
    const names = Object.keys(defaultSettings) as (keyof ServerSettings)[];
    return Object.fromEntries(names.map((name) => [name, lookUp(name)])) as SettingsInForce;
  }

  async decide(guildId: string, channelId: string | undefined, decisions: Decisions): Promise<void> {
    const { server, channels } = this.#records.get(guildId) ?? nothingDecided;
    const record: ServerRecord =
      channelId === undefined
        ? { server: merge(server, decisions), channels }
        : { server, channels: { ...channels, [channelId]: merge(channels[channelId] ?? {}, decisions) } };
    await this.#kept.set(guildId, record);
    this.#records.set(guildId, record);
  }
}

function merge(made: Made, decisions: Decisions): Made {
  const all = Object.entries({ ...made, ...decisions }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as Made;
}
