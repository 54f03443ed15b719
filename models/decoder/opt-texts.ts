// Where OPT's texts lie, and its graph's runs over them: in JavaScript's memory or in the device's.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { OptConfig } from '../checkpoint/config.ts';
import type { Precision } from '../graph/builder.ts';
import type { OpenSession } from '../sessions.ts';
import { loopFeeds, runAtOnce } from './answer-at-once.ts';
import type { WholeText } from './decoder.ts';
import { DeviceCache } from './device-cache.ts';
import { runOnDevice } from './device-run.ts';
import { DeviceTexts } from './device-texts.ts';
import { type KeysAndValues, KvCache } from './kv-cache.ts';
import type { Choice, NextToken, Wanted } from './next-token.ts';
import type { Part, PrefixCache } from './prefix-cache.ts';
import type { TextCache } from './text-cache.ts';
import { type RunShape, runTexts } from './texts-run.ts';

/** The rest of one prompt, whose beginning may be kept. */
export interface AtOncePrompt extends Pick<WholeText, 'limit' | 'least'> {
  /** (new tokens, word width) */
  readonly rows: Float32Array;
  readonly parts: readonly Part[];
  /** That lie in the parts. */
  readonly positions: number;
}

export interface OptTexts {
  readonly cache: TextCache;
  /** @param rows (new tokens, word width) of each text from the row `first` on */
  run(first: number, rows: readonly Float32Array[], wanted: readonly Wanted[]): Promise<readonly NextToken[]>;
  /** A whole answer in one run, where the graph has a loop for that. @param keep is handed where keys and values of the prompt then lie */
  readonly writeAtOnce?: (
    prompt: AtOncePrompt,
    keep: (read: OptTexts['read']) => void,
  ) => Promise<readonly Choice[]>;
  close(): Promise<void>;
  /** Where keys and values are kept for prompts that begin alike, and the ways there and back. */
  readonly prefixes?: PrefixCache | undefined;
  /** An empty row then begins with so many positions of what was kept. */
  readonly fill?: (row: number, parts: readonly Part[], positions: number) => void;
  readonly read?: (row: number, start: number, end: number) => readonly KeysAndValues[];
}

export class OptTextsOutside implements OptTexts {
  readonly cache: KvCache;
  readonly prefixes: PrefixCache | undefined;
  readonly writeAtOnce?: NonNullable<OptTexts['writeAtOnce']>;
  private readonly session: InferenceSession;
  private readonly width: number;
  private readonly hasLoop: boolean;

  /** @param hasLoop whether the graph can write whole answers */
  constructor(
    session: InferenceSession,
    config: OptConfig,
    { prefixes, hasLoop }: { readonly prefixes: PrefixCache | undefined; readonly hasLoop: boolean },
  ) {
    this.cache = new KvCache(shapeOf(config));
    this.prefixes = prefixes;
    this.session = session;
    this.width = config.wordEmbedProjDim;
    this.hasLoop = hasLoop;
    if (hasLoop) this.writeAtOnce = (prompt, keep) => this.runWhole(prompt, keep);
  }

  readonly fill = (row: number, parts: readonly Part[], positions: number): void =>
    fillRow(this.cache, row, parts, positions);

  readonly read = (row: number, start: number, end: number) => this.cache.read(row, start, end);

  run(first: number, rows: readonly Float32Array[], wanted: readonly Wanted[]): Promise<NextToken[]> {
    const { session, cache, width, hasLoop } = this;
    const more = (shape: RunShape) => ({ ...positionsOf(shape), ...(hasLoop && loopFeeds()) });
    return runTexts({ session, cache, first, rows, width, wanted, more });
  }

  async close(): Promise<void> {
    await this.session.release();
  }

  private async runWhole(
    { parts, positions, ...run }: AtOncePrompt,
    keep: (read: OptTexts['read']) => void,
  ): Promise<readonly Choice[]> {
    const { session, width } = this;
    const cache = new KvCache(this.cache.shape); // its own, as no other text goes on from it
    fillRow(cache, cache.add(), parts, positions);
    const choices = await runAtOnce({ ...run, session, cache, width, more: positionsOf });
    keep((row, start, end) => cache.read(row, start, end));
    return choices;
  }
}

function fillRow(cache: KvCache, row: number, parts: readonly Part[], positions: number): void {
  for (const { layers, positions: count } of parts) {
    cache.write(row, layers, Math.min(count, positions - cache.length(row)));
  }
}

export class OptTextsInside implements OptTexts {
  static async open(
    session: InferenceSession,
    config: OptConfig,
    precision: Precision,
    openSession: OpenSession,
  ): Promise<OptTextsInside> {
    const device = await DeviceTexts.open(shapeOf(config), precision, openSession);
    return new OptTextsInside(session, config, device);
  }

  readonly cache: DeviceCache;
  private readonly device: DeviceTexts;
  private readonly session: InferenceSession;
  private readonly config: OptConfig;

  private constructor(session: InferenceSession, config: OptConfig, device: DeviceTexts) {
    this.session = session;
    this.config = config;
    this.device = device;
    this.cache = new DeviceCache(device);
  }

  run(first: number, rows: readonly Float32Array[], wanted: readonly Wanted[]): Promise<NextToken[]> {
    const { session, cache } = this;
    const { wordEmbedProjDim: width, numAttentionHeads: heads } = this.config;
    return runOnDevice({ session, cache, heads, first, rows, width, wanted, more: positionsOf });
  }

  async close(): Promise<void> {
    this.cache.close();
    await this.device.close();
    await this.session.release();
  }
}

const shapeOf = ({ numHiddenLayers: layers, numAttentionHeads: heads, hiddenSize }: OptConfig) => ({
  layers,
  heads,
  headWidth: hiddenSize / heads,
});

/** `positions` (texts, most): what fills a text up has none, and takes the first. */
function positionsOf({ counts, most, lengths }: RunShape): Record<string, Tensor> {
  const all = counts.flatMap((count, text) =>
    Array.from({ length: most }, (_, at) => Math.max(0, (lengths[text] ?? 0) + at - (most - count))),
  );
  return { positions: new Tensor('int32', Int32Array.from(all), [counts.length, most]) };
}
