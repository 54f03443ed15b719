// The likeliest token each time, chosen where the text lies.
import type { GenerateRequest } from '../backend.ts';
import type { GreedyDecoding } from '../decoder/decoder.ts';
import type { Choice } from '../decoder/next-token.ts';
import { isSampled } from './options.ts';
import { notANumber } from './probabilities.ts';
import type { Search } from './search.ts';

/** Whether nothing but the model's own scores decides, save that the answer may have a least length. */
export function isGreedy(request: GenerateRequest): boolean {
  const { numBeams = 1, repetitionPenalty = 1, noRepeatNgramSize = 0 } = request;
  return numBeams === 1 && repetitionPenalty === 1 && noRepeatNgramSize === 0 && !isSampled(request);
}

/** Takes the next step only when it is asked for its next token; the EOS is the last. */
export async function* greedy(search: Search, decoding: GreedyDecoding): AsyncGenerator<Choice, void, void> {
  const { request, ids, limit, eosTokenIds } = search;
  const { minNewTokens = 0 } = request;
  let last: Choice | undefined;
  for (let length = 0; length < limit; length++) {
    request.signal?.throwIfAborted();
    const mayEnd = length >= minNewTokens;
    last =
      last === undefined
        ? await decoding.prefill(request.features, ids, mayEnd)
        : await decoding.step(last.id, mayEnd);
    if (Number.isNaN(last.logprob)) throw notANumber();
    yield last;
    if (eosTokenIds.includes(last.id)) return;
  }
}
