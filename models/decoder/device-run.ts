// One run of a decoder's graph over several texts whose keys and values lie on the device, where it also chooses.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { slotNames } from '../graph/cache-names.ts';
import { barsOf, chosenNames, chosenTokens } from './chosen-tokens.ts';
import type { DeviceCache } from './device-cache.ts';
import type { TextBlock } from './device-texts.ts';
import type { NextToken, Wanted } from './next-token.ts';
import { filledUp, MASKED, type RunShape } from './texts-run.ts';

export interface DeviceRun {
  readonly session: InferenceSession;
  readonly cache: DeviceCache;
  readonly heads: number;
  /** The first text's row; the others lie behind it. */
  readonly first: number;
  /** (new tokens, width) of each text; none for one that rests. */
  readonly rows: readonly Float32Array[];
  readonly width: number;
  readonly wanted: readonly Wanted[];
  /** What else the graph takes. */
  readonly more: (shape: RunShape) => Record<string, Tensor>;
}

/** As `runTexts`; keys and values of what fills texts up go to the last position, which nobody looks at. */
export async function runOnDevice(run: DeviceRun): Promise<NextToken[]> {
  const { session, cache, heads, first, rows, width, wanted, more } = run;
  const counts = rows.map((each) => each.length / width);
  const lengths = rows.map((_, at) => cache.length(first + at));
  const most = Math.max(...counts);
  return cache.extend(first, counts, async (block) => {
    const shape = { counts, most, lengths, capacity: block.capacity };
    const results = await session.run(
      {
        rows: filledUp(rows, width, most),
        bias: slottedBias(shape),
        slots: slotsOf(shape, heads),
        bar: barsOf(wanted),
        ...named(block, ({ pastKeys, pastValues }) => [pastKeys, pastValues]),
        ...more(shape),
      },
      {
        ...Object.fromEntries(chosenNames(wanted).map((name) => [name, null])),
        // The same tensors: the graph writes into what it read.
        ...named(block, ({ keys, values }) => [keys, values]),
      },
    );
    return chosenTokens(results);
  });
}

function named(
  { tensors }: TextBlock,
  names: (layer: ReturnType<typeof slotNames>) => readonly [keys: string, values: string],
): Record<string, Tensor> {
  return Object.fromEntries(
    tensors.map((tensor, at) => [names(slotNames(at >> 1))[at % 2] as string, tensor]),
  );
}

/** (texts, 1, most, capacity): each token sees itself and what comes before it in its text. */
function slottedBias({ counts, most, lengths, capacity }: RunShape): Tensor {
  const bias = new Float32Array(counts.length * most * capacity);
  for (const [text, count] of counts.entries()) {
    for (let token = 0; token < most; token++) {
      const start = (text * most + token) * capacity;
      const seen = Math.max(0, (lengths[text] ?? 0) + token - (most - count) + 1);
      bias.fill(MASKED, start + seen, start + capacity);
    }
  }
  return new Tensor('float32', bias, [counts.length, 1, most, capacity]);
}

/** (texts, heads, most, 3): text, head and position of what each head makes of each token. */
function slotsOf({ counts, most, lengths, capacity }: RunShape, heads: number): Tensor {
  const slots = new BigInt64Array(counts.length * heads * most * 3);
  let at = 0;
  for (const [text, count] of counts.entries()) {
    for (let head = 0; head < heads; head++) {
      for (let token = 0; token < most; token++) {
        const own = token - (most - count);
        slots[at++] = BigInt(text);
        slots[at++] = BigInt(head);
        slots[at++] = BigInt(own < 0 ? capacity - 1 : (lengths[text] ?? 0) + own);
      }
    }
  }
  return new Tensor('int64', slots, [counts.length, heads, most, 3]);
}
