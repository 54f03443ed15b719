// A decoder's attention to what was seen before and to the new tokens themselves, by where keys and values are kept.
import { type HeadShape, type KeysAndValues, partedAttention, slottedAttention } from './attention.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { answerNames, cacheNames, slotNames } from './cache-names.ts';
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

export interface LoopStep extends Pick<AttentionStep, 'precision'> {
  /** The loop's body. */
  readonly body: GraphBuilder;
  /** (batch, 1 or heads, 1, capacity + new): which positions of the prompt the answer sees. */
  readonly bias: Value;
  /** capacity, new */
  readonly lengths: Value;
  /** What the graph around the loop made of the prompt, and what it was given of its past. */
  readonly prompt: (layer: number) => readonly [past: KeysAndValues, own: KeysAndValues];
  /** Takes what a layer has of the answer once its newest token is there: the loop's state, (batch, heads, so many, head width). */
  readonly keep: (answer: KeysAndValues, layer: number) => void;
}

/** Kept by the loop that writes an answer. Inputs of its body: `answer_keys.N` and `answer_values.N`, f32. */
export function keptByLoop(
  { body, bias, lengths, prompt, keep, precision }: LoopStep,
  shape: HeadShape,
): SelfAttention {
  const grown = (name: string, fresh: Value) => {
    const before = body.input(name, 'f32', sidesOf(shape)('written'));
    return body.node('Concat', [before, fresh], { axis: 2 });
  };
  return ({ query, key, value }, layer) => {
    const names = answerNames(layer);
    const seen = { key: grown(names.keys, key), value: grown(names.values, value) };
    keep(seen, layer);
    const own = body.node('Shape', [seen.key], { start: 2, end: 3 });
    const all = body.node('Concat', [lengths, own], { axis: 0 });
    return partedAttention(body, { query, parts: prompt(layer), bias, seen, lengths: all }, shape, precision);
  };
}

const sidesOf =
  ({ heads, width }: HeadShape) =>
  (tokens: string) =>
    ['batch', heads, tokens, width / heads] as const;
