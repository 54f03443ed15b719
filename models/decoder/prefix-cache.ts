// Keys and values of what was read and said, kept for the next prompt that begins alike: it then is read only from
// where it differs. They hold for the same picture and the same tokens at the same positions alone.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ImageFeatures, PromptReuse } from '../backend.ts';
import type { KeysAndValues } from './kv-cache.ts';

/** Keys and values of some positions, one after the other. Texts that begin alike share theirs. */
export interface Part {
  readonly positions: number;
  /** (heads, positions, head width) of each layer. */
  readonly layers: readonly KeysAndValues[];
}

/** What a text is kept by. */
export interface TextKey {
  /** What `pictureKey` gave. */
  readonly picture: string;
  readonly queryTokens: number;
  /** What followed the picture. */
  readonly ids: readonly number[];
}

interface Prefix extends TextKey {
  /** Of query tokens and ids together, in order; the picture's is the first. */
  readonly parts: readonly Part[];
}

export interface Match {
  readonly parts: readonly Part[];
  /** How many ids it has in common with the prompt. */
  readonly ids: number;
}

/** The least recently used go first. Serves one checkpoint. */
export class PrefixCache {
  private readonly prefixes: LRUCache<number, Prefix>;
  private lastKey = 0;
  private counted: PromptReuse = { positions: 0, reused: 0 };

  /** @param maxBytes that keys and values may take, above 0; what texts share counts for each of them */
  constructor(maxBytes: number) {
    this.prefixes = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ parts }) => byteLength(parts) });
  }

  get reuse(): PromptReuse {
    return this.counted;
  }

  /** As if nothing had been read. */
  clear(): void {
    this.prefixes.clear();
    this.counted = { positions: 0, reused: 0 };
  }

  /** A prompt is read from what was kept of its first positions. */
  count(positions: number, reused: number): void {
    this.counted = {
      positions: this.counted.positions + positions,
      reused: this.counted.reused + reused,
    };
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
    return { parts: best.prefix.parts, ids: best.common };
  }

  /**
   * Of a text that takes more than all the room a beginning is kept.
   *
   * @param read copies the keys and values of some positions; only called for those that aren't kept yet
   */
  keep(
    { picture, queryTokens, ids: all }: TextKey,
    read: (start: number, end: number) => Part['layers'],
  ): void {
    const part = (start: number, end: number): Part => ({ positions: end - start, layers: read(start, end) });
    const others = [...this.prefixes.entries()].filter(([, kept]) => kept.picture === picture);
    const first = others[0]?.[1].parts[0] ?? part(0, queryTokens);
    const ids = all.slice(0, Math.max(0, this.fitting(queryTokens + all.length, first) - queryTokens));
    let shared: readonly Part[] = [first];
    for (const [key, kept] of others) {
      const common = commonLength(kept.ids, ids);
      if (common === ids.length) return; // all of it is kept already
      const parts = wholeParts(kept.parts, queryTokens + common);
      if (positionsOf(parts) > positionsOf(shared)) shared = parts;
      if (common === kept.ids.length) this.prefixes.delete(key); // goes on here
    }
    const parts = [...shared, part(positionsOf(shared), queryTokens + ids.length)];
    this.prefixes.set(++this.lastKey, { picture, queryTokens, ids, parts });
  }

  /** Of so many positions those that are kept: all, or as many as fill half the room, so that other texts stay. */
  private fitting(positions: number, first: Part): number {
    const room = Math.floor((this.prefixes.maxSize * first.positions) / byteLength([first]));
    return positions <= room ? positions : Math.floor(room / 2);
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

/** Those that lie within the first so many positions. */
function wholeParts(parts: readonly Part[], positions: number): readonly Part[] {
  let end = 0;
  return parts.filter((part) => {
    end += part.positions;
    return end <= positions;
  });
}

const positionsOf = (parts: readonly Part[]) => parts.reduce((sum, { positions }) => sum + positions, 0);

const byteLength = (parts: readonly Part[]) =>
  parts
    .flatMap(({ layers }) => layers)
    .reduce((sum, { keys, values }) => sum + keys.byteLength + values.byteLength, 0);
