// From pixels to the rows that stand for the picture in the decoder's input: one graph.
import { type Blip2Config, inputWidth } from '../checkpoint/config.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { linear, reshape } from './layers.ts';
import { qformer } from './qformer.ts';
import { visionEncoder } from './vision-encoder.ts';

/**
 * Inputs: `pixels` (1, 3, side, side). Outputs: `features` (queries, decoder's input width). Both f32.
 */
export function imageEncoder(graph: GraphBuilder, config: Blip2Config, precision: Precision): void {
  const { visionConfig, qformerConfig, textConfig, numQueryTokens: queries } = config;
  const side = visionConfig.imageSize;
  const pixels = graph.input('pixels', 'f32', [1, 3, side, side]);
  const tokens = visionEncoder(graph, pixels, visionConfig, precision);
  const picture = { tokens, width: visionConfig.hiddenSize };
  const answers = qformer(graph, { looking: { queries, picture } }, qformerConfig);
  const shape = { in: qformerConfig.hiddenSize, out: textConfig.hiddenSize };
  const projected = linear(graph, answers, 'language_projection', shape, 'f32');
  const width = inputWidth(textConfig);
  const features = width === textConfig.hiddenSize ? projected : refill(graph, projected, queries, width);
  graph.output('features', features, 'f32', [queries, width]);
}

/**
 * Where words are narrower than hidden states, transformers scatters the projection's numbers in reading order
 * into the rows of the narrower width, and what is left over is dropped.
 */
function refill(graph: GraphBuilder, x: Value, queries: number, width: number): Value {
  const bounds = [[0], [queries * width], [0]].map((bound) => graph.integers(bound));
  const kept = graph.node('Slice', [reshape(graph, x, [-1]), ...bounds]);
  return reshape(graph, kept, [queries, width]);
}
