// How far one model's choice of the next token is from another's.

export interface Comparison {
  /** Kullback-Leibler divergence from the expected distribution, in nats. */
  readonly mean: number;
  readonly most: number;
  /** Share of positions with the same likeliest token. */
  readonly same: number;
  readonly positions: number;
}

/** @param expected (positions, vocabulary), as is `actual` */
export function compareLogits(expected: Float32Array, actual: Float32Array, vocabulary: number): Comparison {
  const positions = expected.length / vocabulary;
  const each = Array.from({ length: positions }, (_, at) => {
    const [p, q] = [expected, actual].map((all) => all.subarray(at * vocabulary, (at + 1) * vocabulary));
    return compare(p as Float32Array, q as Float32Array);
  });
  const divergences = each.map(({ divergence }) => divergence);
  return {
    mean: divergences.reduce((sum, value) => sum + value, 0) / positions,
    most: Math.max(...divergences),
    same: each.filter(({ same }) => same).length / positions,
    positions,
  };
}

/** Σ p · (ln p − ln q) */
function compare(p: Float32Array, q: Float32Array) {
  const [logP, logQ] = [logSoftmax(p), logSoftmax(q)];
  const divergence = logP.reduce((sum, value, at) => sum + Math.exp(value) * (value - (logQ[at] ?? 0)), 0);
  return { divergence, same: likeliest(p) === likeliest(q) };
}

function logSoftmax(logits: Float32Array): Float64Array {
  const most = logits.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY);
  const total = logits.reduce((sum, value) => sum + Math.exp(value - most), 0);
  return Float64Array.from(logits, (value) => value - most - Math.log(total));
}

const likeliest = (logits: Float32Array) =>
  logits.reduce((best, value, at) => (value > (logits[best] ?? 0) ? at : best), 0);
