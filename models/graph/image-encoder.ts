// From pixels to the rows that stand for pictures in the decoder's input: one graph.
import { type Blip2Config, inputWidth } from '../checkpoint/config.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { linear, reshape } from './layers.ts';
import { qformer } from './qformer.ts';
import { pictureTokens, visionEncoder } from './vision-encoder.ts';

/**
 * Inputs: `pixels` (pictures, 3, side, side). Outputs: `features` (pictures, queries, decoder's input width). Both f32.
 */
export function imageEncoder(graph: GraphBuilder, config: Blip2Config, precision: Precision): void {
  const { visionConfig, qformerConfig, textConfig, numQueryTokens: queries } = config;
  const side = visionConfig.imageSize;
  const pixels = graph.input('pixels', 'f32', ['pictures', 3, side, side]);
  const tokens = visionEncoder(graph, pixels, visionConfig, precision);
  const { hiddenSize } = visionConfig;
  const picture = { tokens, side: 'patches', count: pictureTokens(visionConfig), width: hiddenSize };
  const answers = qformer(graph, { looking: { queries, picture, batch: pixels } }, qformerConfig);
  const shape = { in: qformerConfig.hiddenSize, out: textConfig.hiddenSize };
  const flat = linear(graph, answers, 'language_projection', shape, 'f32');
  const width = inputWidth(textConfig);
  // (pictures, numbers of one picture in reading order)
  const inOrder = reshape(graph, flat, ['pictures', queries * textConfig.hiddenSize]);
  const kept = width === textConfig.hiddenSize ? inOrder : cut(graph, inOrder, queries * width);
  graph.output('features', reshape(graph, kept, ['pictures', queries, width]), 'f32', [
    'pictures',
    queries,
    width,
  ]);
}

/**
 * Where words are narrower than hidden states, transformers scatters the projection's numbers in reading order into the
 * rows of the narrower width, and what is left over is dropped.
 */
function cut(graph: GraphBuilder, x: Value, count: number): Value {
  const bounds = [[0], [count], [1]].map((bound) => graph.integers(bound));
  return graph.node('Slice', [x, ...bounds]);
}
