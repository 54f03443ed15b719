// Which way a request's tokens are chosen.
import { setTimeout } from 'node:timers/promises';
import type { Choice } from '../decoder/next-token.ts';
import { beamSearch } from './beam-search.ts';
import { greedy, isGreedy } from './greedy.ts';
import { oneByOne } from './one-by-one.ts';
import { notANumber } from './probabilities.ts';
import type { Search } from './search.ts';

/** The EOS is the last where there is one. */
export async function* chooseTokens(search: Search): AsyncGenerator<Choice, void, void> {
  const { decoder, request, limit } = search;
  const { signal, numBeams = 1 } = request;
  const whole = await writeAtOnce(search);
  if (whole !== undefined) {
    yield* whole;
  } else if (decoder.beginGreedy && isGreedy(request)) {
    const decoding = decoder.beginGreedy(signal, limit);
    yield* endingAll(decoding, greedy(search, decoding));
  } else {
    const decoding = decoder.begin(signal, limit);
    yield* endingAll(decoding, numBeams > 1 ? beamSearch(search, decoding) : oneByOne(search, decoding));
  }
}

/** Undefined where that can't be, or somebody reads along. */
async function writeAtOnce(search: Search): Promise<readonly Choice[] | undefined> {
  const { decoder, request, ids, limit } = search;
  const { features, signal, atOnce = false, minNewTokens: least = 0 } = request;
  if (!atOnce || limit < 1 || !isGreedy(request)) return undefined;
  const choices = await decoder.writeAtOnce?.({ features, ids, limit, least, signal });
  if (choices === undefined) return undefined;
  await setTimeout(0); // a run holds the thread: an abort that came due meanwhile is heard now
  if (choices.some(({ logprob }) => Number.isNaN(logprob))) throw notANumber();
  return choices;
}

async function* endingAll(
  decoding: { readonly end: () => void },
  choices: AsyncGenerator<Choice, void, void>,
): AsyncGenerator<Choice, void, void> {
  try {
    yield* choices;
  } finally {
    decoding.end();
  }
}
