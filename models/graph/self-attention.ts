// A decoder's attention to what was seen before and to the new tokens themselves, by where keys and values are kept;
// within a loop, answer-loop.ts keeps them.
import { type HeadShape, partedAttention, slottedAttention } from './attention.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { cacheNames, slotNames } from './cache-names.ts';
import { convert } from './conversions.ts';
import { cacheLengths } from './steps.ts';

export interface NewTokens {
  /** (batch, new, width) */
  readonly query: Value;
  /** (batch, heads, new, head width) */
  readonly key: Value;
  readonly value: Value;
}

/** @returns (batch, new, width) */
export type SelfAttention = (tokens: NewTokens, layer: number) => Value;

export interface AttentionStep {
  readonly graph: GraphBuilder;
  /** (batch, new, word width) */
  readonly rows: Value;
  /** Added to the scores. */
  readonly bias: Value;
  readonly precision: Precision;
}

/**
 * Kept by whoever runs the graph. Inputs `past_keys.N` and `past_values.N` (batch, heads, capacity, head width), outputs
 * `new_keys.N` and `new_values.N` (batch, heads, new, head width), all f32. The bias is (batch, 1 or heads, new,
 * capacity + new).
 */
export function keptOutside(step: AttentionStep, shape: HeadShape): SelfAttention {
  const { graph, bias, precision } = step;
  const lengths = cacheLengths(graph, step.rows);
  const sides = sidesOf(shape);
  return ({ query, key, value }, layer) => {
    const names = cacheNames(layer);
    graph.output(names.newKeys, key, 'f32', sides('new'));
    graph.output(names.newValues, value, 'f32', sides('new'));
    const pastKey = graph.input(names.pastKeys, 'f32', sides('capacity'));
    const pastValue = graph.input(names.pastValues, 'f32', sides('capacity'));
    const past = { key: pastKey, value: pastValue };
    return partedAttention(graph, { query, parts: [past, { key, value }], bias, lengths }, shape, precision);
  };
}

/**
 * Kept in the device's memory, where the graph writes into it. Inputs `past_keys.N` and `past_values.N` and outputs
 * `keys.N` and `values.N`, all (batch, heads, capacity, head width) in the type of the products, of which each output may
 * be its input; `slots` (batch, heads, new, 3), i64: text, head and position where each head's new ones go. The bias
 * is (batch, 1 or heads, new, capacity).
 */
export function keptInside({ graph, bias, precision }: AttentionStep, shape: HeadShape): SelfAttention {
  const slots = graph.input('slots', 'i64', ['batch', shape.heads, 'new', 3]);
  const sides = sidesOf(shape)('capacity');
  const written = (name: string, past: string, fresh: Value) => {
    const before = graph.input(past, precision, sides);
    return graph.result(
      name,
      'ScatterND',
      [before, slots, convert(graph, fresh, precision)],
      [precision, sides],
    );
  };
  return ({ query, key, value }, layer) => {
    const names = slotNames(layer);
    const keys = written(names.keys, names.pastKeys, key);
    const values = written(names.values, names.pastValues, value);
    return slottedAttention(graph, { query, keys, values, bias }, shape, precision);
  };
}

/** Attention that also notes each layer's new tokens, for what goes on by them in the same graph. */
export function noting(attend: SelfAttention): { attend: SelfAttention; newest: readonly NewTokens[] } {
  const newest: NewTokens[] = [];
  const noted: SelfAttention = (tokens, layer) => {
    newest[layer] = tokens;
    return attend(tokens, layer);
  };
  return { attend: noted, newest };
}

const sidesOf =
  ({ heads, width }: HeadShape) =>
  (tokens: string) =>
    ['batch', heads, tokens, width / heads] as const;
