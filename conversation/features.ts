// What the Q-Former said about each image, kept so that one image is encoded once and can be talked about after its
// message is gone: in memory up to a bound of bytes, and in the store up to an age.
import { createHash } from 'node:crypto';
import type Keyv from 'keyv';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type {
  Backend,
  EncodeOptions,
  FrameChoice,
  ImageFeatures,
  RequestOptions,
} from '../models/backend.ts';
import type { Logger } from '../models/logger.ts';
import { joinFrame } from './frames.ts';
import { orAborted } from './or-aborted.ts';
import { orLogged } from './or-logged.ts';
import type { Store } from './store.ts';

export interface FeatureCacheOptions {
  readonly backend: Backend;
  /** Absent: features are kept in memory alone. */
  readonly store?: Store;
  /** Default 64 MiB: about 200 images of the published checkpoints. */
  readonly maxMemoryBytes?: number;
  /** How long the store keeps an image's features after they were made. Default 30 days. */
  readonly keepMs?: number;
  /** How long encoding an image may take, waiting included. Default: as long as it does. */
  readonly deadlineMs?: number;
  /** Hears, each time that an image is looked at, whether what the model saw in it was known. */
  readonly onLook?: (isKnown: boolean) => void;
  /** Hears of a store that fails or holds what it shouldn't; images are encoded again then. */
  readonly log?: Logger;
}

/** Float32 in base64, since Keyv keeps JSON. */
const storedShape = z.object({
  queryTokens: z.int(),
  width: z.int(),
  base64: z.string(),
  frame: z.object({ number: z.int(), count: z.int() }).exactOptional(),
});

/** Who wants to know an image's features, and of which frame. */
type Asking = Pick<EncodeOptions, 'caller' | 'frame' | 'onProgress' | 'signal'>;

/** An image on its way to its features, for all who asked for it meanwhile. */
interface Run {
  readonly imageHash: string;
  readonly made: Promise<Look>;
  /** Who still waits for it. */
  readonly askers: Set<Asking>;
  /** Aborts when nobody does. */
  readonly deserted: AbortController;
}

interface Look {
  readonly features: ImageFeatures;
  /** They were there already. */
  readonly isKnown: boolean;
}

/** What an image goes by, and what the Q-Former said about it. */
export interface SeenImage {
  readonly imageHash: string;
  readonly features: ImageFeatures;
}

type StoredFeatures = z.infer<typeof storedShape>;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The SHA-256 of the file in hex, and behind it the frame where one was asked for. */
export function imageHashOf(image: Uint8Array, frame?: FrameChoice): string {
  return joinFrame(createHash('sha256').update(image).digest('hex'), frame);
}

/** Images go by the SHA-256 of their file and the frame; the features of another checkpoint are never served. */
export class FeatureCache {
  readonly #backend: Backend;
  readonly #stored: Keyv<unknown> | undefined;
  readonly #memory: LRUCache<string, ImageFeatures>;
  readonly #deadline: Pick<RequestOptions, 'deadlineMs'>;
  readonly #log: Logger | undefined;
  readonly #onLook: FeatureCacheOptions['onLook'];
  /** Those that whoever asks can join. */
  readonly #runs = new Map<string, Run>();
  /** Those and the deserted ones that have not ended yet. */
  readonly #underWay = new Set<Run>();

  constructor(options: FeatureCacheOptions) {
    this.#backend = options.backend;
    this.#deadline = options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs };
    this.#log = options.log;
    this.#onLook = options.onLook;
    this.#stored = options.store?.namespace('features', { ttlMs: options.keepMs ?? 30 * DAY_MS });
    this.#memory = new LRUCache({
      maxSize: options.maxMemoryBytes ?? 64 * 1024 * 1024,
      sizeCalculation: (features) => features.data.byteLength,
    });
  }

  /** @param imageHash what `see` gave */
  async find(imageHash: string): Promise<ImageFeatures | undefined> {
    const inMemory = this.#memory.get(imageHash);
    if (inMemory) return inMemory;
    const features = await this.#kept(imageHash);
    if (!features) return undefined;
    this.#memory.set(imageHash, features);
    return features;
  }

  /** Whether an image that was seen before needn't be seen again. @param imageHash what `see` gave */
  async knows(imageHash: string): Promise<boolean> {
    if (!(await this.find(imageHash))) return false;
    this.#onLook?.(true);
    return true;
  }

  /**
   * Encodes an image unless its features are known. Calls for the same image share one run, which waits for its turn as
   * the first of them, goes on when one of them is aborted, and ends when all are.
   * @returns what `imageHashOf` says
   * @throws ImageError when it can't be read
   */
  async see(image: Uint8Array, asking: Asking = {}): Promise<string> {
    return (await this.look(image, asking)).imageHash;
  }

  /** As `see`, and hands the features out, however little is kept in memory. */
  async look(image: Uint8Array, given: Asking = {}): Promise<SeenImage> {
    const asking = { ...given }; // one of its own, however often the same is handed in
    asking.signal?.throwIfAborted();
    const imageHash = imageHashOf(image, asking.frame);
    const others = this.#runs.get(imageHash);
    const run = others ?? this.#begin(image, imageHash, asking);
    run.askers.add(asking);
    try {
      const { features, isKnown } = await orAborted(run.made, asking.signal);
      this.#onLook?.(isKnown || others !== undefined);
      return { imageHash, features };
    } finally {
      run.askers.delete(asking);
      if (run.askers.size === 0) this.#desert(run);
    }
  }

  /** A run under way is waited for, so that it doesn't bring back what is forgotten. @throws StoreError */
  async forget(imageHash: string): Promise<void> {
    const runs = [...this.#underWay].filter((run) => run.imageHash === imageHash);
    await Promise.allSettled(runs.map(({ made }) => made)); // whoever asked for it hears of its failure
    this.#memory.delete(imageHash);
    await this.#stored?.delete(this.#key(imageHash));
  }

  #begin(image: Uint8Array, imageHash: string, { frame, caller }: Asking): Run {
    const deserted = new AbortController();
    const askers = new Set<Asking>();
    const made = this.#make(image, imageHash, {
      ...(frame && { frame }),
      ...(caller !== undefined && { caller }),
      onProgress: (progress) => {
        for (const { onProgress } of askers) onProgress?.(progress);
      },
      signal: deserted.signal,
    });
    const run = { imageHash, made, askers, deserted };
    this.#runs.set(imageHash, run);
    this.#underWay.add(run);
    const end = () => this.#underWay.delete(run);
    made.then(end, end);
    return run;
  }

  /** Whoever asks from now on begins anew. */
  #desert(run: Run): void {
    if (this.#runs.get(run.imageHash) === run) this.#runs.delete(run.imageHash);
    run.deserted.abort();
  }

  async #make(image: Uint8Array, imageHash: string, asking: Asking): Promise<Look> {
    const kept = await this.find(imageHash);
    if (kept) return { features: kept, isKnown: true };
    const features = await this.#backend.encodeImage(image, { ...this.#deadline, ...asking });
    this.#memory.set(imageHash, features);
    await orLogged(async () => this.#stored?.set(this.#key(imageHash), pack(features)), this.#log);
    return { features, isKnown: false };
  }

  async #kept(imageHash: string): Promise<ImageFeatures | undefined> {
    const stored = await orLogged(async () => this.#stored?.get(this.#key(imageHash)), this.#log);
    if (stored === undefined) return undefined;
    const parsed = storedShape.safeParse(stored);
    const features = parsed.success ? unpack(parsed.data) : undefined;
    if (features) return features;
    this.#log?.warn({ imageHash }, 'What was kept of an image is damaged, so it is encoded again.');
    return undefined;
  }

  #key(imageHash: string): string {
    return `${this.#backend.info.fingerprint}:${imageHash}`;
  }
}

function pack({ data, queryTokens, width, frame }: ImageFeatures): StoredFeatures {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return { queryTokens, width, base64: bytes.toString('base64'), ...(frame && { frame }) };
}

/** Undefined where the numbers are not as many as they should be. */
function unpack({ queryTokens, width, base64, frame }: StoredFeatures): ImageFeatures | undefined {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64')); // a copy of its own, aligned for floats
  if (bytes.byteLength !== 4 * queryTokens * width) return undefined;
  return { queryTokens, width, data: new Float32Array(bytes.buffer), ...(frame && { frame }) };
}
