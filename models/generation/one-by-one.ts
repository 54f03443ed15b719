// One token after the other: the likeliest, or one drawn by chance.
import type { GenerationOptions } from '../backend.ts';
import type { Decoding } from '../decoder/decoder.ts';
import type { Choice } from '../decoder/next-token.ts';
import { isSampled } from './options.ts';
import { likeliest, logSumExp } from './probabilities.ts';
import { seededRandom } from './random.ts';
import { draw, warp } from './sampling.ts';
import type { Search } from './search.ts';

/** Takes the next step only when it is asked for its next token; the EOS is the last. */
export async function* oneByOne(search: Search, decoding: Decoding): AsyncGenerator<Choice, void, void> {
  const { request, ids, context, limit, eosTokenIds, penalties } = search;
  const choose = chooser(request);
  const seen = [...context];
  let last: number | undefined;
  for (let length = 0; length < limit; length++) {
    request.signal?.throwIfAborted();
    const scores =
      last === undefined ? await decoding.prefill(request.features, ids) : await next(decoding, last);
    penalties(scores, seen);
    const choice = choose(scores);
    yield choice;
    if (eosTokenIds.includes(choice.id)) return;
    last = choice.id;
    seen.push(last);
  }
}

async function next(decoding: Decoding, id: number): Promise<Float32Array> {
  const [scores] = await decoding.step([{ parent: 0, id }]);
  return scores as Float32Array;
}

function chooser(options: GenerationOptions): (scores: Float32Array) => Choice {
  if (!isSampled(options)) return (scores) => choice(scores, likeliest(scores));
  const random = seededRandom(options.seed);
  return (scores) => {
    warp(scores, options);
    return choice(scores, draw(scores, random()));
  };
}

const choice = (scores: Float32Array, id: number): Choice => ({
  id,
  logprob: (scores[id] ?? Number.NaN) - logSumExp(scores),
});
