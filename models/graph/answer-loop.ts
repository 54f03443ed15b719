// A whole answer in one run: the graph goes on by its likeliest token until one ends the text, and what it keeps of the
// answer never leaves the device. For those devices whose outputs are all copied out after a run.
import type { HeadShape, KeysAndValues } from './attention.ts';
import type { GraphBuilder, Value } from './builder.ts';
import { answerNames } from './cache-names.ts';
import { reshape } from './layers.ts';
import { type Ends, likeliestToken } from './likeliest.ts';
import { firstOf } from './steps.ts';

/** What the step around the loop has made, by which the loop goes on. */
export interface Begun extends Ends {
  readonly graph: GraphBuilder;
  /** (batch), i64: the answer's first token. Only the first text's is gone on by. */
  readonly first: Value;
  /** Of each layer, what the answer begins with: (batch, heads, some or none, head width). */
  readonly layers: readonly KeysAndValues[];
  readonly shape: HeadShape;
}

/** One more token of the answer: from the newest one to the logits of the next. */
export interface LoopStep {
  /** The loop's body. */
  readonly body: GraphBuilder;
  /** (1), i64: the newest. */
  readonly token: Value;
  /** A scalar, i64: how many tokens the loop wrote before, which follow the first. */
  readonly written: Value;
  /** A layer's keys and values of the answer, the newest token's the last; that is also what the loop keeps of them. */
  readonly grown: (newest: KeysAndValues, layer: number) => KeysAndValues;
}

/**
 * Inputs, i64 without sides: `more`, how many tokens may follow the first (with 0 a run is a step as ever, and only with it
 * there may be several texts), and `least`, how many the answer has at least. Outputs: `next` (tokens, 1), i64, those that
 * follow the first, the one that ends the text among them; `next_logprobs` (tokens, 1, 1), f32.
 *
 * @param logits (1, vocabulary)
 */
export function answerLoop(begun: Begun, logits: (step: LoopStep) => Value): void {
  const { graph, first, layers, ends } = begun;
  const more = graph.input('more', 'i64', []);
  const least = graph.input('least', 'i64', []);
  const token = firstOf(graph, first);
  const state = [token, ...layers.flatMap(({ key, value }) => [key, value])];
  const body = loopBody(begun, least, logits);
  const goesOn = graph.node('Not', [endsText(graph, token, ends)]);
  const results = graph.split('Loop', [more, goesOn, ...state], state.length + 2, { body });
  const [next = '', logprobs = ''] = results.slice(state.length);
  graph.output('next', next, 'i64', ['next', 1]);
  graph.output('next_logprobs', logprobs, 'f32', ['next', 1, 1]);
}

function loopBody(begun: Begun, least: Value, logits: (step: LoopStep) => Value): GraphBuilder {
  const { shape, ends } = begun;
  const body = begun.graph.body('answer');
  const written = body.input('written', 'i64', []);
  body.input('goes_on', 'bool', []);
  const token = body.input('token', 'i64', [1]);
  const sides = (tokens: string) => ['batch', shape.heads, tokens, shape.width / shape.heads] as const;
  const before = begun.layers.map((_, layer) => {
    const { keys, values } = answerNames(layer);
    return { key: body.input(keys, 'f32', sides('kept')), value: body.input(values, 'f32', sides('kept')) };
  });
  const now: KeysAndValues[] = [];
  const grown = ({ key, value }: KeysAndValues, layer: number): KeysAndValues => {
    const { key: keys, value: values } = before[layer] as KeysAndValues;
    const longer = (kept: Value, newest: Value) => body.node('Concat', [kept, newest], { axis: 2 });
    now[layer] = { key: longer(keys, key), value: longer(values, value) };
    return now[layer];
  };
  const scores = logits({ body, token, written, grown });
  const next = likeliestToken(body, scores, barUntil(body, written, least), begun);
  body.handOn(body.node('Not', [endsText(body, next.token, ends)]), 'bool', []);
  body.handOn(next.token, 'i64', [1]);
  for (const { key, value } of now) for (const each of [key, value]) body.handOn(each, 'f32', sides('grown'));
  body.output('next_token', next.token, 'i64', [1]);
  body.handOn(next.logprob, 'f32', [1, 1]);
  return body;
}

/** A scalar, bool. @param token (1), i64 */
function endsText(graph: GraphBuilder, token: Value, ends: readonly number[]): Value {
  const same = graph.node('Equal', [token, graph.integers(ends.length === 0 ? [-1] : ends)]);
  const any = graph.node('ReduceMax', [graph.cast(same, 'i32')], { keepdims: 0 });
  return graph.cast(any, 'bool');
}

/** (1, 1), f32: 1 as long as the next token, which comes after those of the loop and the first, would end too early. */
function barUntil(graph: GraphBuilder, written: Value, least: Value): Value {
  const count = graph.node('Add', [written, graph.integer(1)]);
  return reshape(graph, graph.cast(graph.node('Less', [count, least]), 'f32'), [1, 1]);
}
