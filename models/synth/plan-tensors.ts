// Which tensors a checkpoint of some shape has: those that the engine's own graphs ask for.
import type { Blip2Config, TextConfig } from '../checkpoint/config.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { imageEncoder } from '../graph/image-encoder.ts';
import { optDecoder } from '../graph/opt-decoder.ts';
import { wordTable } from '../graph/opt-weights.ts';
import { t5Decoder } from '../graph/t5-decoder.ts';
import { t5Encoder } from '../graph/t5-encoder.ts';
import { tokenEmbedding } from '../graph/token-embedding.ts';

export interface PlannedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** In the order of their names. */
export function planTensors(config: Blip2Config): PlannedTensor[] {
  const shapes = new Map<string, readonly number[]>();
  const graph = new GraphBuilder(
    'plan',
    {
      // A tied head is not stored.
      has: (name) => name !== 'language_model.lm_head.weight' || !config.textConfig.tieWordEmbeddings,
      get: (name, shape) => {
        shapes.set(name, shape);
        return { dtype: 'F32', shape, file: '/', offset: 0, byteLength: 0 };
      },
    },
    '/',
  );
  imageEncoder(graph, config, 'f32');
  languageModel(graph, config.textConfig);
  return [...shapes].map(([name, shape]) => ({ name, shape })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function languageModel(graph: GraphBuilder, text: TextConfig): void {
  if (text.modelType === 'opt') {
    tokenEmbedding(graph, wordTable(graph, text), [text.vocabSize, text.wordEmbedProjDim]);
    optDecoder(graph, text, 'f32');
  } else {
    tokenEmbedding(graph, 'language_model.shared.weight', [text.vocabSize, text.dModel]);
    t5Encoder(graph, text, 'f32');
    t5Decoder(graph, text, 'f32');
  }
}
