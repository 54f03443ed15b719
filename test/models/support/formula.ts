// Weights and pixels from a formula, the same as in test/oracle/formula.py, so that none are committed.

/** base, exponent, bits: base + u · 2^exponent with u in [-1, 1) in steps of 2^(1 - bits). */
export type Formula = readonly [base: number, exponent: number, bits: number];

export function numbers(name: string, count: number, [base, exponent, bits]: Formula): Float32Array {
  const seed = fnv1a(name);
  const half = 2 ** (bits - 1);
  const step = 2 ** (exponent - bits + 1);
  return Float32Array.from({ length: count }, (_, index) => {
    const level = (mix(seed + Math.imul(index, 0x9e3779b9)) >>> (32 - bits)) - half;
    return base + level * step;
  });
}

function fnv1a(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value;
}

function mix(seed: number): number {
  let x = seed >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
