// Greedy decoding: the likeliest token each time, until the EOS, a stop string or the limit.
import type { GeneratedToken, GenerateRequest, Generation } from '../backend.ts';
import type { GenerationConfig } from '../checkpoint/generation-config.ts';
import type { PromptTokenizer } from '../checkpoint/tokenizer.ts';
import type { Decoder } from '../decoder/decoder.ts';
import { ModelError } from '../errors.ts';
import { AnswerText } from './answer-text.ts';

export interface Writer {
  readonly decoder: Decoder;
  readonly tokenizer: PromptTokenizer;
  readonly eosTokenIds: GenerationConfig['eosTokenIds'];
  readonly maxPositions: number;
}

/**
 * Token for token what transformers' `Blip2ForConditionalGeneration.generate` adds. A token whose text a later one
 * could change is yielded only after the next is known, so that the yielded texts add up to the answer.
 *
 * @throws ModelError when the prompt leaves no position for an answer
 */
export async function* greedy(
  writer: Writer,
  request: GenerateRequest,
): AsyncGenerator<GeneratedToken, Generation, void> {
  const { features, prompt, stop, signal } = request;
  const ids = writer.tokenizer.promptIds(prompt);
  const promptTokens = features.queryTokens + ids.length;
  const limit = Math.min(request.maxNewTokens, roomFor(promptTokens, writer.maxPositions));
  const answer = new AnswerText((tokens) => writer.tokenizer.decode(tokens), stop);
  const decoding = writer.decoder.begin();
  let waiting: GeneratedToken | undefined;
  let finish: Generation['finish'] = 'length';
  while (answer.tokens.length < limit) {
    signal?.throwIfAborted();
    const last = answer.tokens.at(-1);
    const id = likeliest(await (last === undefined ? decoding.prefill(features, ids) : decoding.step(last)));
    if (writer.eosTokenIds.includes(id)) {
      finish = 'eos';
      break;
    }
    if (waiting !== undefined) yield waiting;
    waiting = { id, text: answer.push(id) };
    if (answer.stopped) {
      finish = 'stop';
      break;
    }
    if (!answer.holdsBack) {
      yield waiting;
      waiting = undefined;
    }
  }
  signal?.throwIfAborted();
  if (waiting !== undefined) yield { id: waiting.id, text: waiting.text + answer.finish() };
  return { tokens: answer.tokens, text: answer.text, promptTokens, finish };
}

function roomFor(promptTokens: number, maxPositions: number): number {
  if (promptTokens < maxPositions) return maxPositions - promptTokens;
  throw new ModelError(
    `The picture and the prompt take ${promptTokens} tokens, but the decoder has ${maxPositions} positions and the answer needs one at least. Shorten the prompt.`,
  );
}

function likeliest(logits: Float32Array): number {
  let best = 0;
  for (let id = 1; id < logits.length; id++) if ((logits[id] ?? 0) > (logits[best] ?? 0)) best = id;
  if (Number.isFinite(logits[best])) return best;
  throw new ModelError('The decoder computed something that is no number. Run it in f32, on the CPU.');
}
