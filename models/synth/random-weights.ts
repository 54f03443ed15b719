// Random weights at the speed of a look-up: standard normal numbers are drawn once, and each tensor picks from them.
import { createHash } from 'node:crypto';
import type { WeightType } from '../checkpoint/safetensors.ts';
import { seededRandom } from '../generation/random.ts';
import { toBf16, toF16 } from '../half-floats.ts';
import type { PlannedTensor } from './plan-tensors.ts';

type Table = Float32Array | Uint16Array;
/** Fills the elements with the tensor's next ones. */
export type Fill = (target: Table) => void;

const TABLE_SIZE = 65_536;
/** What a layer adds to a hidden state is smaller than it, or the last of many layers knew nothing of the words. */
const BRANCH_GAIN = 0.3;

export interface RandomWeights {
  /** To be filled in one call or in several. */
  fill(tensor: PlannedTensor): Fill;
  /** Room for so many elements. */
  allocate(count: number): Table;
}

/** The same seed gives the same weights; a tensor's depend on its name, not on its place. */
export function randomWeights(seed: number, dtype: WeightType): RandomWeights {
  const normal = standardNormal(seed);
  return {
    fill(tensor) {
      const { mean, deviation } = distribution(tensor);
      const table = stored(
        normal.map((value) => mean + deviation * value),
        dtype,
      );
      let state = stateOf(seed, tensor.name);
      return (target) => {
        state = pick(table, target, state);
      };
    },
    allocate: (count) => (dtype === 'F32' ? new Float32Array(count) : new Uint16Array(count)),
  };
}

/** Such that hidden states stay of size 1, and the next word depends on those before it. */
function distribution({ name, shape }: PlannedTensor): { mean: number; deviation: number } {
  const width = shape.at(-1) ?? 1;
  // Signs of its own: a tied head would otherwise find the word again that went in. Its rows are of size √width.
  if (name.endsWith('model.decoder.final_layer_norm.weight'))
    return { mean: 0, deviation: 3 * width ** -0.5 };
  if (/norm.*weight$/i.test(name)) return { mean: 1, deviation: 0.1 };
  if (name.endsWith('.bias')) return { mean: 0, deviation: 0.02 };
  if (/embed_tokens|embed_positions|\.shared\.|relative_attention_bias/.test(name))
    return { mean: 0, deviation: 1 };
  if (/embedding|query_tokens/.test(name)) return { mean: 0, deviation: width ** -0.5 };
  const gain = /\.(out_proj|fc2|projection)\.weight$/.test(name) ? BRANCH_GAIN : 1;
  return { mean: 0, deviation: gain * elements(shape.slice(1)) ** -0.5 };
}

export const elements = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

/** Box and Muller 1958, https://doi.org/10.1214/aoms/1177706645. */
function standardNormal(seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from(
    { length: TABLE_SIZE },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}

function stored(values: Float32Array, dtype: WeightType): Table {
  if (dtype === 'F32') return values;
  return Uint16Array.from(values, dtype === 'F16' ? toF16 : toBf16);
}

/** Never 0, where the generator would stay. */
function stateOf(seed: number, name: string): number {
  return createHash('sha256').update(`${seed} ${name}`).digest().readInt32LE() || 1;
}

/** Marsaglia's xorshift32, https://doi.org/10.18637/jss.v008.i14: quick, and good enough for weights. */
function pick(table: Table, target: Table, seed: number): number {
  let state = seed;
  for (let at = 0; at < target.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    target[at] = table[state >>> 16] as number;
  }
  return state;
}
