// Keys and values of what was read and said, kept for the next prompt that begins alike: it then is read only from
// where it differs. They hold for the same picture and the same tokens at the same positions alone.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ImageFeatures } from '../backend.ts';
import type { KeysAndValues } from './kv-cache.ts';

export interface Prefix {
  /** What `pictureKey` gave. */
  readonly picture: string;
  /** What followed the picture. */
  readonly ids: readonly number[];
  /** (heads, query tokens + ids, head width) of each layer. */
  readonly layers: readonly KeysAndValues[];
}

export interface Match {
  readonly layers: readonly KeysAndValues[];
  /** How many ids it has in common with the prompt. */
  readonly ids: number;
}

/** The least recently used go first. Serves one checkpoint. */
export class PrefixCache {
  private readonly prefixes: LRUCache<number, Prefix>;
  private lastKey = 0;

  /** @param maxBytes that keys and values may take, above 0 */
  constructor(maxBytes: number) {
    this.prefixes = new LRUCache({ maxSize: maxBytes, sizeCalculation: byteLength });
  }

  /** The one with the longest common beginning; with the picture alone in common still worth having. */
  longest(picture: string, ids: readonly number[]): Match | undefined {
    let best: { key: number; prefix: Prefix; common: number } | undefined;
    for (const [key, prefix] of this.prefixes.entries()) {
      if (prefix.picture !== picture) continue;
      const common = commonLength(prefix.ids, ids);
      if (best === undefined || common > best.common) best = { key, prefix, common };
    }
    if (best === undefined) return undefined;
    this.prefixes.get(best.key); // now the most recently used
    return { layers: best.prefix.layers, ids: best.common };
  }

  /** @param read copies the keys and values; only called when they add to what is kept */
  keep({ picture, ids }: Omit<Prefix, 'layers'>, read: () => Prefix['layers']): void {
    for (const [key, kept] of this.prefixes.entries()) {
      if (kept.picture !== picture) continue;
      const common = commonLength(kept.ids, ids);
      if (common === ids.length) return; // all of it is kept already
      if (common === kept.ids.length) this.prefixes.delete(key); // goes on here
    }
    this.prefixes.set(++this.lastKey, { picture, ids, layers: read() });
  }
}

/** Tells pictures apart by what the language model reads of them. */
export function pictureKey({ data }: ImageFeatures): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return createHash('sha256').update(bytes).digest('base64');
}

function commonLength(one: readonly number[], other: readonly number[]): number {
  const differs = one.findIndex((id, at) => id !== other[at]);
  return differs < 0 ? one.length : differs;
}

const byteLength = ({ layers }: Prefix) =>
  layers.reduce((sum, { keys, values }) => sum + keys.byteLength + values.byteLength, 0);
