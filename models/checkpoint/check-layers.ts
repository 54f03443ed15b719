// Whether config.json counts all layers that the weights have: with fewer of them a model would answer nonsense.
import { CheckpointError } from '../errors.ts';
import type { TextConfig } from './config.ts';
import type { QFormerConfig, VisionConfig } from './picture-config.ts';
import type { Weights } from './weights.ts';

interface Counted {
  readonly visionConfig: VisionConfig;
  readonly qformerConfig: QFormerConfig;
  /** Absent where pictures and texts are only matched. */
  readonly textConfig?: TextConfig;
}

/**
 * Other tensors that no graph uses are left alone, as published checkpoints have some: buffers, heads, embeddings.
 *
 * @throws CheckpointError naming a tensor of a layer beyond the last
 */
export function checkLayers(config: Counted, weights: Weights): void {
  for (const [prefix, field, count] of layersOf(config)) {
    const beyond = weights.names.find((name) => name.startsWith(prefix) && layerOf(name, prefix) >= count);
    if (beyond === undefined) continue;
    throw new CheckpointError(
      `config.json: ${field} is ${count}, but the weights have ${beyond}. Use the config.json that was saved with these weights.`,
    );
  }
}

/** What a layer's number follows in its tensors' names, and the field that counts them. */
function layersOf({ visionConfig, qformerConfig, textConfig: text }: Counted) {
  const layers: [prefix: string, field: string, count: number][] = [
    ['vision_model.encoder.layers.', 'vision_config.num_hidden_layers', visionConfig.numHiddenLayers],
    ['qformer.encoder.layer.', 'qformer_config.num_hidden_layers', qformerConfig.numHiddenLayers],
  ];
  if (text?.modelType === 'opt') {
    const prefix = 'language_model.model.decoder.layers.';
    layers.push([prefix, 'text_config.num_hidden_layers', text.numHiddenLayers]);
  }
  if (text?.modelType === 't5') {
    layers.push(['language_model.encoder.block.', 'text_config.num_layers', text.numLayers]);
    layers.push(['language_model.decoder.block.', 'text_config.num_decoder_layers', text.numDecoderLayers]);
  }
  return layers;
}

const layerOf = (name: string, prefix: string) => Number.parseInt(name.slice(prefix.length), 10);
