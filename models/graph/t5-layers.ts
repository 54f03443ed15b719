// What T5's encoder and decoder have in common. transformers' T5Stack; Raffel et al. 2020,
// https://arxiv.org/abs/1910.10683. No layer has a bias.
import type { T5Config } from '../checkpoint/config.ts';
import type { HeadShape } from './attention.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { activate, add, linear, rmsNorm } from './layers.ts';
import { type Folded, fold } from './steps.ts';

export interface T5Graph {
  readonly graph: GraphBuilder;
  readonly config: T5Config;
  readonly precision: Precision;
  /** For attention, whose width is that of all heads. */
  readonly folded: Folded;
}

/** Scores are not scaled: training made up for that in the weights. */
export const headShape = ({ numHeads: heads, dKv }: T5Config): HeadShape => ({
  width: heads * dKv,
  heads,
  scale: 1,
});

/** A residual block: the norm stands before the branch. */
export function block(
  { graph, config }: T5Graph,
  x: Value,
  name: string,
  branch: (x: Value) => Value,
): Value {
  return add(graph, x, branch(t5Norm(graph, x, `${name}.layer_norm`, config)));
}

export const t5Norm = (graph: GraphBuilder, x: Value, name: string, config: T5Config): Value =>
  rmsNorm(graph, x, name, { width: config.dModel, epsilon: config.layerNormEpsilon });

/** (batch × tokens, width) to (batch, tokens, width of all heads). */
export function project({ graph, config, precision, folded }: T5Graph, x: Value, name: string): Value {
  const shape = { in: config.dModel, out: headShape(config).width, bias: false };
  return fold(graph, linear(graph, x, name, shape, precision), folded);
}

/** (batch × tokens, width of all heads) to (batch × tokens, width). */
export function projectBack({ graph, config, precision }: T5Graph, x: Value, name: string): Value {
  return linear(graph, x, name, { in: headShape(config).width, out: config.dModel, bias: false }, precision);
}

/** The way back is always in f32: it overflows f16 in published checkpoints. */
export function feedForward(t5: T5Graph, x: Value, name: string): Value {
  const { graph, config, precision } = t5;
  const { dModel: width, dFf: inner, isGatedAct, denseActFn } = config;
  const widen = (part: string) =>
    linear(graph, x, `${name}.${part}`, { in: width, out: inner, bias: false }, precision);
  const wide = isGatedAct
    ? graph.node('Mul', [activate(graph, widen('wi_0'), denseActFn), widen('wi_1')])
    : activate(graph, widen('wi'), denseActFn);
  return linear(graph, wide, `${name}.wo`, { in: inner, out: width, bias: false }, 'f32');
}

/**
 * (batch or 1, tokens, source tokens) to (batch or 1, heads, tokens, source tokens): what each head adds to the score of two tokens so
 * far apart. The first layer's table serves all.
 *
 * @param buckets i32
 */
export function positionBias(graph: GraphBuilder, buckets: Value, stack: string, config: T5Config): Value {
  const { relativeAttentionNumBuckets, numHeads } = config;
  const name = `${stack}.block.0.layer.0.SelfAttention.relative_attention_bias.weight`;
  const table = graph.weight(name, [relativeAttentionNumBuckets, numHeads]);
  const looked = graph.node('Gather', [table, buckets], { axis: 0 });
  return graph.node('Transpose', [looked], { perm: [0, 3, 1, 2] });
}
