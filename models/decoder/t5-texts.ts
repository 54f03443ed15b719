// Where T5's texts lie, and its graphs' runs over them. Of each text there is what the encoder read, which stays as it is,
// and what was written.
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { T5Config } from '../checkpoint/config.ts';
import { crossNames } from '../graph/cache-names.ts';
import type { WholeText } from './decoder.ts';
import type { Choice, NextToken, Wanted } from './next-token.ts';
import type { TextCache } from './text-cache.ts';

export interface T5Texts {
  /** Of what was written, and of what the encoder read. */
  readonly caches: readonly [written: TextCache, source: TextCache];
  /**
   * New texts, side by side behind those there are.
   * @param prompts (tokens, width) of each, for the encoder
   * @param starts (1, width) of each: what its answer begins with
   */
  begin(
    prompts: readonly Float32Array[],
    starts: readonly Float32Array[],
    wanted: readonly Wanted[],
  ): Promise<readonly NextToken[]>;
  /** @param rows (1, width) of each text there is; none for one that rests */
  goOn(rows: readonly Float32Array[], wanted: readonly Wanted[]): Promise<readonly NextToken[]>;
  /** A whole answer in one run, where the graph has a loop for that. */
  readonly writeAtOnce?: (prompt: T5WholePrompt) => Promise<readonly Choice[]>;
  close(): Promise<void>;
}

export interface T5WholePrompt extends Pick<WholeText, 'limit' | 'least'> {
  /** (tokens, width), for the encoder. */
  readonly prompt: Float32Array;
  /** (1, width): what the answer begins with. */
  readonly start: Float32Array;
}

export interface T5Sessions {
  readonly encoder: InferenceSession;
  readonly decoder: InferenceSession;
}

/** What the decoder reads of the encoder: of each layer, keys before values. */
export const crossFeeds = (tensors: readonly Tensor[]): Record<string, Tensor> =>
  Object.fromEntries(
    tensors.map((tensor, at) => {
      const { keys, values } = crossNames(at >> 1);
      return [at % 2 === 0 ? keys : values, tensor];
    }),
  );

/** Of both caches. */
export const shapeOf = ({ numDecoderLayers: layers, numHeads: heads, dKv: headWidth }: T5Config) => ({
  layers,
  heads,
  headWidth,
});
