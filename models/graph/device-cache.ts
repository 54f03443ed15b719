// Graphs that move keys and values about on a device: (texts, heads, capacity, head width) each, one of a layer a run.
import type { GraphBuilder, Precision } from './builder.ts';

export interface LayerShape {
  readonly heads: number;
  readonly headWidth: number;
  readonly precision: Precision;
}

const sides = ({ heads, headWidth }: LayerShape, texts: string, capacity: string) =>
  [texts, heads, capacity, headWidth] as const;

/** Input `sides` (4), i64: the shape. Output `y`: zeros. */
export function blankTexts(graph: GraphBuilder, shape: LayerShape): void {
  const wanted = graph.input('sides', 'i64', [4]);
  const zero = graph.scalar(0);
  const typed = shape.precision === 'f32' ? zero : graph.cast(zero, shape.precision);
  graph.result('y', 'Expand', [typed, wanted], [shape.precision, sides(shape, 'texts', 'capacity')]);
}

/** Inputs `x` and `texts` (chosen), i32. Output `y`: those texts of x, in that order. */
export function chosenTexts(graph: GraphBuilder, shape: LayerShape): void {
  const x = graph.input('x', shape.precision, sides(shape, 'texts', 'capacity'));
  const texts = graph.input('chosen', 'i32', ['chosen']);
  graph.result('y', 'Gather', [x, texts], [shape.precision, sides(shape, 'chosen', 'capacity')], { axis: 0 });
}

/** Inputs `x` and `z`. Output `y`: one behind the other, along the texts or the positions. */
export function joinedTexts(graph: GraphBuilder, shape: LayerShape, along: 'texts' | 'positions'): void {
  const ofTexts = along === 'texts';
  const x = graph.input('x', shape.precision, sides(shape, 'texts', 'capacity'));
  const z = graph.input(
    'z',
    shape.precision,
    sides(shape, ofTexts ? 'more' : 'texts', ofTexts ? 'capacity' : 'more'),
  );
  const joined = sides(shape, ofTexts ? 'all' : 'texts', ofTexts ? 'capacity' : 'all');
  graph.result('y', 'Concat', [x, z], [shape.precision, joined], { axis: ofTexts ? 0 : 2 });
}
