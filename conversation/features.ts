// What the Q-Former said about each image, kept so that one image is encoded once and can be talked about after its
// message is gone: in memory up to a bound of bytes, and in the store up to an age.
import { createHash } from 'node:crypto';
import type Keyv from 'keyv';
import { LRUCache } from 'lru-cache';
import type { Backend, ImageFeatures } from '../models/backend.ts';
import type { Store } from './store.ts';

export interface FeatureCacheOptions {
  readonly backend: Backend;
  readonly store: Store;
  /** Default 64 MiB: about 200 images of the published checkpoints. */
  readonly maxMemoryBytes?: number;
  /** How long the store keeps an image's features after they were made. Default 30 days. */
  readonly keepMs?: number;
}

/** Float32 in base64, since Keyv keeps JSON. */
interface StoredFeatures {
  readonly queryTokens: number;
  readonly width: number;
  readonly base64: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Images go by the SHA-256 of their file; the features of another checkpoint are never served. */
export class FeatureCache {
  readonly #backend: Backend;
  readonly #stored: Keyv<StoredFeatures>;
  readonly #memory: LRUCache<string, ImageFeatures>;
  readonly #encoding = new Map<string, Promise<void>>();

  constructor(options: FeatureCacheOptions) {
    this.#backend = options.backend;
    this.#stored = options.store.namespace('features', { ttlMs: options.keepMs ?? 30 * DAY_MS });
    this.#memory = new LRUCache({
      maxSize: options.maxMemoryBytes ?? 64 * 1024 * 1024,
      sizeCalculation: (features) => features.data.byteLength,
    });
  }

  /** @param imageHash what `see` gave */
  async find(imageHash: string): Promise<ImageFeatures | undefined> {
    const inMemory = this.#memory.get(imageHash);
    if (inMemory) return inMemory;
    const stored = await this.#stored.get(this.#key(imageHash));
    if (!stored) return undefined;
    const features = unpack(stored);
    this.#memory.set(imageHash, features);
    return features;
  }

  /**
   * Encodes an image unless its features are known. Calls for the same image share one run, which goes on when one of
   * them is aborted.
   * @returns the SHA-256 of the file in hex
   * @throws ImageError when it can't be read
   */
  async see(image: Uint8Array, signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    const imageHash = createHash('sha256').update(image).digest('hex');
    let run = this.#encoding.get(imageHash);
    if (!run) {
      run = this.#encode(image, imageHash).finally(() => this.#encoding.delete(imageHash));
      this.#encoding.set(imageHash, run);
    }
    await orAborted(run, signal);
    return imageHash;
  }

  async #encode(image: Uint8Array, imageHash: string): Promise<void> {
    if (await this.find(imageHash)) return;
    const features = await this.#backend.encodeImage(image);
    this.#memory.set(imageHash, features);
    await this.#stored.set(this.#key(imageHash), pack(features));
  }

  #key(imageHash: string): string {
    return `${this.#backend.info.fingerprint}:${imageHash}`;
  }
}

function pack({ data, queryTokens, width }: ImageFeatures): StoredFeatures {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return { queryTokens, width, base64: bytes.toString('base64') };
}

function unpack({ queryTokens, width, base64 }: StoredFeatures): ImageFeatures {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64')); // a copy of its own, aligned for floats
  return { queryTokens, width, data: new Float32Array(bytes.buffer) };
}

/** Waits for a run that others may be waiting for, too: aborting ends the waiting, not the run. */
async function orAborted(run: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return run;
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    await Promise.race([run, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
