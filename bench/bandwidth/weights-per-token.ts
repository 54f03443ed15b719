// How many bytes of weights a step of the language model reads: all that its graph asks for.
import type { Checkpoint } from '../../models/checkpoint/checkpoint.ts';
import type { TensorLocation } from '../../models/checkpoint/safetensors.ts';
import { GraphBuilder, type WeightSource } from '../../models/graph/builder.ts';
import { optDecoder } from '../../models/graph/opt-decoder.ts';
import { t5Decoder } from '../../models/graph/t5-decoder.ts';

/** Of which a step looks up one row. */
const LOOKED_UP = /embed_positions/;

export function bytesPerToken({ config, weights }: Checkpoint): number {
  const asked = new Map<string, TensorLocation>();
  const source: WeightSource = {
    has: (name) => weights.has(name),
    get(name, shape) {
      const found = weights.get(name, shape);
      if (!LOOKED_UP.test(name)) asked.set(name, found);
      return found;
    },
    quantised(name, shape) {
      const found = weights.quantised(name, shape);
      if (found === undefined) return undefined;
      const parts = [found.values, found.scales, found.scheme === 'blocks' ? found.zeroPoints : undefined];
      for (const [at, part] of parts.entries()) if (part !== undefined) asked.set(`${name} ${at}`, part);
      return found;
    },
  };
  const graph = new GraphBuilder('decoder', source, '/');
  const { textConfig } = config;
  if (textConfig.modelType === 'opt') optDecoder(graph, textConfig, 'f32');
  else t5Decoder(graph, textConfig, 'f32');
  return [...asked.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
