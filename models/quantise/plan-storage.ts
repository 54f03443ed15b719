// What becomes of each tensor of a checkpoint: which part of the model it belongs to decides.
import type { Blip2Config } from '../checkpoint/config.ts';
import { quantisedNames } from '../checkpoint/quantised-matrix.ts';
import type { RetrievalConfig } from '../checkpoint/retrieval-config.ts';
import type { CodeType, TensorLocation, WeightType } from '../checkpoint/safetensors.ts';
import type { Weights } from '../checkpoint/weights.ts';
import { wholeModel } from '../graph/whole-model.ts';
import type { Part, PartType, SettledRecipe } from './parts.ts';
import { type BlockFormat, blockSides } from './quantise-blocks.ts';

export interface StoredAs {
  readonly name: string;
  readonly dtype: WeightType | CodeType;
  readonly shape: readonly number[];
}

/** A tensor of the checkpoint, and the tensors of the new file that stand for it. */
export interface PlannedTensor {
  /** In the checkpoint. */
  readonly name: string;
  /** Whose type the recipe says; undefined for what stays in f32. */
  readonly part: Part | undefined;
  readonly source: TensorLocation;
  readonly form: 'numbers' | 'columns' | BlockFormat;
  readonly tensors: readonly StoredAs[];
}

/** Linear layers with fewer outputs save nothing. */
const LEAST_OUTPUTS = 32;

/**
 * Those that the engine's graphs ask for, in the order of their names. A table that words are looked up in and that is
 * the head as well is stored for each of the two.
 *
 * @throws CheckpointError when a tensor is missing or has another shape than config.json says
 */
export function planStorage(
  config: Blip2Config | RetrievalConfig,
  weights: Pick<Weights, 'has' | 'get'>,
  recipe: SettledRecipe,
): PlannedTensor[] {
  const { matrices, others } = askedFor(config, weights);
  const plan = new Map<string, PlannedTensor>();
  for (const [name, shape] of others) {
    const part = WORDS.test(name) ? 'embeddings' : undefined;
    const type = part === undefined ? 'f32' : recipe.parts[part];
    plan.set(name, asNumbers({ name, part, source: weights.get(name, shape) }, type));
  }
  for (const [name, shape] of matrices) {
    const planned = planMatrix(name, weights.get(name, shape), recipe);
    const [first] = planned.tensors;
    // Looked up as well, and neither quantised: stored once, as the wider of the two.
    if (first?.name !== name || plan.get(name)?.tensors[0]?.dtype !== 'F32')
      plan.set(first?.name ?? name, planned);
  }
  return [...plan].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, planned]) => planned);
}

function askedFor(config: Blip2Config | RetrievalConfig, weights: Pick<Weights, 'has' | 'get'>) {
  const matrices = new Map<string, readonly number[]>();
  const others = new Map<string, readonly number[]>();
  wholeModel(config, {
    has: (name) => weights.has(name),
    get(name, shape) {
      others.set(name, shape);
      return weights.get(name, shape);
    },
    quantised(name, shape) {
      matrices.set(name, shape);
      const scales = { dtype: 'F32', shape, file: '/', offset: 0, byteLength: 0 } as const;
      return { scheme: 'columns', name, scales, values: { ...scales, dtype: 'I8' } };
    },
  });
  return { matrices, others };
}

/** Tables that words are looked up in; as matrices, heads. */
const WORDS = /(^|\.)(embed_tokens|shared|lm_head|word_embeddings)\.weight$/;

function partOf(name: string): Part {
  if (name.startsWith('vision_model.')) return 'vision';
  if (!name.startsWith('language_model.')) return 'qformer';
  return WORDS.test(name) ? 'head' : 'decoder';
}

function planMatrix(
  name: string,
  source: TensorLocation,
  { parts, blockSize }: SettledRecipe,
): PlannedTensor {
  const [out = 0, width = 0] = source.shape;
  const part = partOf(name);
  const type = out < LEAST_OUTPUTS ? 'f32' : parts[part];
  const known = { name, part, source };
  if (type === 'f32' || type === 'f16') return asNumbers(known, type);
  const names = quantisedNames(name);
  if (part === 'vision') {
    const tensors: StoredAs[] = [
      { name: names.values, dtype: 'I8', shape: [width, out] },
      { name: names.scales, dtype: 'F32', shape: [out] },
    ];
    return { ...known, form: 'columns', tensors };
  }
  // With so few codes it pays to have none too many on one side; with 256 it doesn't show.
  const form = { bits: type === 'int4' ? 4 : 8, blockSize, zeroPoints: type === 'int4' } as const;
  const sides = blockSides(out, width, form);
  const tensors: StoredAs[] = [
    { name: names.values, dtype: 'U8', shape: sides.values },
    { name: names.scales, dtype: 'F32', shape: sides.scales },
  ];
  if (form.zeroPoints) tensors.push({ name: names.zeroPoints, dtype: 'U8', shape: sides.zeroPoints });
  return { ...known, form, tensors };
}

function asNumbers(known: Pick<PlannedTensor, 'name' | 'part' | 'source'>, type: PartType): PlannedTensor {
  const { name, source } = known;
  const dtype = type === 'f16' ? 'F16' : 'F32';
  return { ...known, form: 'numbers', tensors: [{ name, dtype, shape: source.shape }] };
}
