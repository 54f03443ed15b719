// Beam search as transformers' `_beam_search` does it: the likeliest continuations of all beams go on together, and the
// best of those that ended wins.
import type { Branch, Decoding } from '../decoder/decoder.ts';
import type { Choice } from '../decoder/next-token.ts';
import { logSoftmax, noTokenLeft } from './probabilities.ts';
import type { Search } from './search.ts';

/** A text in the making. */
interface Beam {
  readonly choices: readonly Choice[];
  /** Sum of the choices' logprobs, rounded to f32 after each. */
  readonly total: number;
}

/** A beam that has grown by one token. */
interface Candidate extends Branch, Beam {}

interface Finished extends Beam {
  /** Total / length ^ length penalty. */
  readonly score: number;
}

/** Gives the winner's tokens, each as soon as no other can win; the EOS is the last where there is one. */
export async function* beamSearch(search: Search, decoding: Decoding): AsyncGenerator<Choice, void, void> {
  const { numBeams = 1, lengthPenalty = 1, signal } = search.request;
  if (search.limit < 1) return;
  let running: Candidate[] = [];
  let finished: Finished[] = [];
  let given = 0;
  for (let length = 1; ; length++) {
    signal?.throwIfAborted();
    const candidates = await grow(search, decoding, running);
    signal?.throwIfAborted();
    const score = (beam: Beam) => scoreOf(beam, length, lengthPenalty);
    const ends = (beam: Candidate) => length === search.limit || hasEnded(search, beam);
    const ended = new Set(candidates.filter(ends));
    // The others are there so that enough beams go on, and are too unlikely to win.
    const best = candidates.slice(0, numBeams).filter((beam) => ended.has(beam));
    finished = [...finished, ...best.map((beam) => ({ ...beam, score: score(beam) }))]
      .sort((one, other) => other.score - one.score)
      .slice(0, numBeams);
    running = candidates.filter((beam) => !ended.has(beam)).slice(0, numBeams);
    if (isOver(search, running, finished, length)) break;
    const certain = agreed([...running, ...finished]).slice(given);
    given += certain.length;
    yield* certain;
  }
  const [winner] = finished;
  if (winner === undefined) throw noTokenLeft();
  yield* winner.choices.slice(given);
}

/** transformers' `_check_early_stop_heuristic` and `_beam_search_has_unfinished_sequences`. */
function isOver(
  { request, limit }: Search,
  [likeliest]: readonly Beam[],
  finished: readonly Finished[],
  length: number,
): boolean {
  const { numBeams = 1, lengthPenalty = 1, earlyStopping = false } = request;
  const worst = finished[numBeams - 1];
  if (likeliest === undefined) return true;
  if (worst === undefined) return false;
  if (earlyStopping === true) return true;
  // A total never grows, and divided by more it may still become a better score.
  const bestLength = earlyStopping === 'never' && lengthPenalty > 0 ? limit : length;
  return scoreOf(likeliest, bestLength, lengthPenalty) <= worst.score;
}

const scoreOf = ({ total }: Beam, length: number, lengthPenalty: number): number =>
  Math.fround(total / Math.fround(length ** lengthPenalty));

/** What all begin with. Where two have the same tokens so far, they have them from the same beam. */
function agreed([first, ...others]: readonly Beam[]): readonly Choice[] {
  const choices = first?.choices ?? [];
  const differs = choices.findIndex((choice, at) => others.some((other) => other.choices[at] !== choice));
  return differs < 0 ? choices : choices.slice(0, differs);
}

/** One step of all beams: the likeliest candidates, in order, as many as leave `numBeams` when some end. */
async function grow(search: Search, decoding: Decoding, running: readonly Candidate[]): Promise<Candidate[]> {
  const { request, ids, context, penalties, eosTokenIds } = search;
  const isFirst = running.length === 0;
  const beams: readonly Beam[] = isFirst ? [{ choices: [], total: 0 }] : running;
  const rows = isFirst
    ? [await decoding.prefill(request.features, ids)]
    : await decoding.step(running.map(({ parent, id }) => ({ parent, id })));
  const logprobs = rows.map((row, beam) => {
    const scores = logSoftmax(row);
    penalties(scores, [...context, ...(beams[beam]?.choices ?? []).map(({ id }) => id)]);
    return scores;
  });
  const count = Math.max(2, 1 + eosTokenIds.length) * (request.numBeams ?? 1);
  return likeliest(logprobs, beams, count).map(({ parent, id, total }) => {
    const choice = { id, logprob: logprobs[parent]?.[id] ?? 0 };
    return { parent, id, total, choices: [...(beams[parent]?.choices ?? []), choice] };
  });
}

/** @param logprobs (vocabulary) of each beam */
function likeliest(logprobs: readonly Float32Array[], beams: readonly Beam[], count: number) {
  const best: { parent: number; id: number; total: number }[] = [];
  let least = -Infinity;
  for (const [parent, row] of logprobs.entries()) {
    const before = beams[parent]?.total ?? 0;
    for (let id = 0; id < row.length; id++) {
      const total = Math.fround(before + (row[id] ?? 0));
      if (total <= least) continue;
      const at = best.findIndex((other) => other.total < total);
      best.splice(at < 0 ? best.length : at, 0, { parent, id, total });
      if (best.length > count) best.pop();
      if (best.length === count) least = best[count - 1]?.total ?? least;
    }
  }
  return best;
}

function hasEnded({ request, eosTokenIds, decode }: Search, { id, choices }: Candidate): boolean {
  if (eosTokenIds.includes(id)) return true;
  const stop = (request.stop ?? []).filter((text) => text !== '');
  if (stop.length === 0) return false;
  const text = decode(choices.map((choice) => choice.id));
  return stop.some((end) => text.includes(end));
}
