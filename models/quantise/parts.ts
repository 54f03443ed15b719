// What weights may be kept in: one choice for the whole model, and exceptions for its parts.
import type { WeightPrecision } from '../backend.ts';
import { CheckpointError } from '../errors.ts';
import type { BlockSize } from './quantise-blocks.ts';

export const PART_TYPES = ['f32', 'f16', 'int8', 'int4'] as const;
export type PartType = (typeof PART_TYPES)[number];
export type Part = keyof typeof TYPES;
export type PartTypes = Readonly<Record<Part, PartType>>;

/** How a model is to be quantised. */
export interface Recipe {
  readonly weights: WeightPrecision;
  readonly parts: PartTypes;
  /** How many weights share a scale. Without it, `defaultBlockSize` of the model. */
  readonly blockSize?: BlockSize;
}

/** With all that depends on the model. */
export interface SettledRecipe extends Recipe {
  readonly blockSize: BlockSize;
}

/** What each part can be. Biases, norms and small tables stay in f32: they are little, and all depends on them. */
const TYPES = {
  /** The linear layers of the vision encoder. */
  vision: ['int8', 'f16', 'f32'],
  /** Those of the Q-Former, and the projections behind it. */
  qformer: ['int8', 'f16', 'f32'],
  /** Those of the language model. */
  decoder: ['int4', 'int8', 'f16', 'f32'],
  /** What the next token is chosen by: (vocabulary, width). */
  head: ['int4', 'int8', 'f16', 'f32'],
  /** Tables of words, of which a few rows are looked up. */
  embeddings: ['f16', 'f32'],
} as const satisfies Record<string, readonly PartType[]>;

export const PARTS = Object.keys(TYPES) as Part[];

/**
 * The head stays in 8 bits where the decoder has 4: each token reads it once, and each error in it is one in the
 * choice of the token. docs/performance.md has the measurements.
 */
const DEFAULTS: Record<WeightPrecision, PartTypes> = {
  f16: { vision: 'f16', qformer: 'f16', decoder: 'f16', head: 'f16', embeddings: 'f16' },
  int8: { vision: 'int8', qformer: 'int8', decoder: 'int8', head: 'int8', embeddings: 'f16' },
  int4: { vision: 'int8', qformer: 'int8', decoder: 'int4', head: 'int8', embeddings: 'f16' },
};

/**
 * @param keep exceptions, `part=type` each
 * @throws CheckpointError for a part or a type that there isn't
 */
export function makeRecipe(
  weights: WeightPrecision,
  keep: readonly string[] = [],
  blockSize?: BlockSize,
): Recipe {
  const parts = Object.fromEntries(keep.map(parseKeep));
  return { weights, parts: { ...DEFAULTS[weights], ...parts }, ...(blockSize && { blockSize }) };
}

/** What `keep` was where a recipe came out, as far as it matters. */
export function exceptionsOf({ weights, parts }: Pick<Recipe, 'weights' | 'parts'>): string[] {
  return PARTS.filter((part) => parts[part] !== DEFAULTS[weights][part]).map(
    (part) => `${part}=${parts[part]}`,
  );
}

function parseKeep(text: string): [Part, PartType] {
  const [name = '', type = '', ...more] = text.split('=');
  const part = PARTS.find((known) => known === name);
  if (part === undefined || more.length > 0) {
    throw new CheckpointError(
      `"${text}" names no part of the model. Write part=type, as in vision=f16; parts are ${PARTS.join(', ')}.`,
    );
  }
  const types: readonly PartType[] = TYPES[part];
  const known = types.find((one) => one === type);
  if (known !== undefined) return [part, known];
  throw new CheckpointError(`"${text}": ${part} can be ${types.join(', ')}. Choose one of them.`);
}
