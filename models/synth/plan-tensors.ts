// Which tensors a checkpoint of some shape has: those that the engine's own graphs ask for.
import type { Blip2Config } from '../checkpoint/config.ts';
import { wholeModel } from '../graph/whole-model.ts';

export interface PlannedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

const SHARED_WORDS = 'language_model.shared.weight';
const HEAD = 'language_model.lm_head.weight';

/** In the order of their names. */
export function planTensors(config: Blip2Config): PlannedTensor[] {
  const shapes = new Map<string, readonly number[]>();
  const tied = config.textConfig.tieWordEmbeddings;
  wholeModel(config, {
    // One table of words, and a tied head is not stored.
    has: (name) => name === SHARED_WORDS || (name === HEAD && !tied),
    get: (name, shape) => {
      shapes.set(name, shape);
      return { dtype: 'F32', shape, file: '/', offset: 0, byteLength: 0 };
    },
    quantised: () => undefined,
  });
  return [...shapes].map(([name, shape]) => ({ name, shape })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
