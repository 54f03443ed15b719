// A whole answer in one run: the graph goes on by its likeliest token until one ends the text, and what it keeps of the
// answer never leaves the device. For those devices whose outputs are all copied out after a run.
import type { OptConfig } from '../checkpoint/config.ts';
import type { KeysAndValues } from './attention.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { cacheNames } from './cache-names.ts';
import { reshape } from './layers.ts';
import { likeliestToken } from './likeliest.ts';
import { optLogits } from './opt-step.ts';
import { wordTable } from './opt-weights.ts';
import { keptByLoop, type NewTokens } from './self-attention.ts';
import { cacheLengths } from './steps.ts';

/** What the step around the loop has made of the prompt. */
export interface OptPromptStep {
  readonly graph: GraphBuilder;
  readonly config: OptConfig;
  readonly precision: Precision;
  /** Tokens that end a text. */
  readonly ends: readonly number[];
  /** (1, new, word width) */
  readonly rows: Value;
  /** (1, 1, new, capacity + new) */
  readonly bias: Value;
  /** (1, new), i32 */
  readonly positions: Value;
  /** Of each layer. */
  readonly newest: readonly NewTokens[];
  /** (1), i64: the answer's first token. */
  readonly first: Value;
}

/**
 * Inputs, i64 without sides: `more`, how many tokens may follow the first (with 0 a run is a step as ever, and only with it
 * there may be several texts), and `least`, how many the answer has at least. Outputs: `next` (tokens, 1), i64, those that follow the first, the one
 * that ends the text among them; `next_logprobs` (tokens, 1, 1), f32.
 */
export function optLoop(prompt: OptPromptStep): void {
  const { graph, config, ends, first, positions } = prompt;
  const more = graph.input('more', 'i64', []);
  const least = graph.input('least', 'i64', []);
  const layers = Array.from({ length: config.numHiddenLayers }, (_, layer) => layer);
  const [token, position] = [firstText(graph, first), firstText(graph, lastOf(graph, positions, 1))];
  const body = writtenBody(prompt, least);
  const state = [token, position, ...layers.flatMap(() => nothingYet(graph, config))];
  const goesOn = graph.node('Not', [endsText(graph, token, ends)]);
  const results = graph.split('Loop', [more, goesOn, ...state], state.length + 2, { body });
  const [next = '', logprobs = ''] = results.slice(state.length);
  graph.output('next', next, 'i64', ['next', 1]);
  graph.output('next_logprobs', logprobs, 'f32', ['next', 1, 1]);
}

/** One more token of the answer: from the newest one to the next. */
function writtenBody(
  { graph, config, precision, ends, ...prompt }: OptPromptStep,
  least: Value,
): GraphBuilder {
  const { wordEmbedProjDim: wordWidth, hiddenSize: width, numAttentionHeads: heads, vocabSize } = config;
  const bias = lastOf(graph, prompt.bias, 2);
  const lengths = cacheLengths(graph, prompt.rows);
  const body = graph.body('answer');
  const written = body.input('written', 'i64', []);
  body.input('goes_on', 'bool', []);
  const token = body.input('token', 'i64', [1]);
  const position = body.input('position', 'i32', [1, 1]);
  const kept: KeysAndValues[] = [];
  const attend = keptByLoop(
    {
      body,
      bias,
      lengths,
      precision,
      prompt: (layer) => partsOf(layer, prompt.newest),
      keep: (answer, layer) => {
        kept[layer] = answer;
      },
    },
    { width, heads },
  );
  const following = body.node('Add', [position, body.integers([1], 'i32')]);
  const rows = reshape(body, wordRows(body, config, token), [1, 1, wordWidth]);
  const logits = optLogits({ graph: body, config, precision, attend }, rows, following);
  const bar = barUntil(body, written, least);
  const next = likeliestToken(body, logits, bar, { ends, vocabulary: vocabSize });
  body.handOn(body.node('Not', [endsText(body, next.token, ends)]), 'bool', []);
  body.handOn(next.token, 'i64', [1]);
  body.handOn(following, 'i32', [1, 1]);
  const sides = [1, heads, 'written_now', width / heads] as const;
  for (const { key, value } of kept) for (const each of [key, value]) body.handOn(each, 'f32', sides);
  body.output('next_token', next.token, 'i64', [1]);
  body.handOn(next.logprob, 'f32', [1, 1]);
  return body;
}

/** What the prompt's past and its own tokens are in the graph around the loop. */
function partsOf(layer: number, newest: readonly NewTokens[]): readonly [KeysAndValues, KeysAndValues] {
  const { pastKeys: key, pastValues: value } = cacheNames(layer);
  return [{ key, value }, newest[layer] as NewTokens];
}

/** Keys and values (1, heads, 0, head width) of an answer without tokens. */
function nothingYet(graph: GraphBuilder, { numAttentionHeads: heads, hiddenSize }: OptConfig): Value[] {
  const sides = graph.integers([1, heads, 0, hiddenSize / heads]);
  const nothing = graph.node('Expand', [graph.scalar(0), sides]);
  return [nothing, nothing];
}

/** (1) to (1, word width), f32 */
function wordRows(graph: GraphBuilder, config: OptConfig, token: Value): Value {
  const table = graph.storedWeight(wordTable(graph, config), [config.vocabSize, config.wordEmbedProjDim]);
  const rows = graph.node('Gather', [table.value, token], { axis: 0 });
  return table.type === 'f32' ? rows : graph.cast(rows, 'f32');
}

/** The last along an axis, which stays. */
function lastOf(graph: GraphBuilder, x: Value, axis: number): Value {
  const bounds = [[-1], [Number.MAX_SAFE_INTEGER], [axis]].map((bound) => graph.integers(bound));
  return graph.node('Slice', [x, ...bounds]);
}

/** What there is of the first text alone. */
const firstText = (graph: GraphBuilder, x: Value): Value =>
  graph.node('Slice', [x, ...[[0], [1], [0]].map((bound) => graph.integers(bound))]);

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
