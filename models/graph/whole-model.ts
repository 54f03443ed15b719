// All graphs of a model in one, never to be run: to learn which tensors they ask for, and what as.
import type { Blip2Config, TextConfig } from '../checkpoint/config.ts';
import type { RetrievalConfig } from '../checkpoint/retrieval-config.ts';
import { GraphBuilder, type WeightSource } from './builder.ts';
import { imageEncoder } from './image-encoder.ts';
import { optDecoder } from './opt-decoder.ts';
import { wordTable } from './opt-weights.ts';
import { imageTower, matchingHead, textTower } from './retrieval.ts';
import { t5Decoder } from './t5-decoder.ts';
import { t5Encoder } from './t5-encoder.ts';
import { decoderWords, encoderWords } from './t5-weights.ts';
import { tokenEmbedding } from './token-embedding.ts';

/** Asks `weights` for all that the model needs. */
export function wholeModel(config: Blip2Config | RetrievalConfig, weights: WeightSource): void {
  const graph = new GraphBuilder('plan', weights, '/');
  if ('textConfig' in config) {
    imageEncoder(graph, config, 'f32');
    languageModel(graph, config.textConfig);
  } else {
    imageTower(graph, config, 'f32');
    textTower(graph, config);
    matchingHead(graph, config);
  }
}

function languageModel(graph: GraphBuilder, text: TextConfig): void {
  if (text.modelType === 'opt') {
    tokenEmbedding(graph, wordTable(graph, text), [text.vocabSize, text.wordEmbedProjDim]);
    optDecoder(graph, text, 'f32');
  } else {
    const sides = [text.vocabSize, text.dModel] as const;
    for (const table of [encoderWords(graph), decoderWords(graph)]) tokenEmbedding(graph, table, sides);
    t5Encoder(graph, text, 'f32');
    t5Decoder(graph, text, 'f32');
  }
}
