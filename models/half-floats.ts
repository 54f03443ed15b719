// Numbers in 16 bits, rounded to the nearest, of two equally near ones to the even one.

const f32 = new Float32Array(1);
const bits = new Uint32Array(f32.buffer);

/** The first half of an f32. */
export function toBf16(value: number): number {
  f32[0] = value;
  const all = bits[0] ?? 0;
  return (all + 0x7fff + ((all >>> 16) & 1)) >>> 16;
}

/** What f16 can't hold becomes an infinity, so that `isFiniteF16` tells it. */
export function toF16(value: number): number {
  f32[0] = value;
  const all = bits[0] ?? 0;
  const sign = (all >>> 16) & 0x8000;
  const size = all & 0x7fffffff;
  if (size > 0x7f800000) return sign | 0x7e00; // no number
  if (size >= 0x47800000) return sign | 0x7c00;
  if (size < 0x38800000) return sign | subnormal(Math.abs(value));
  // Counted in steps of the last bit, a carry goes over into the exponent as it should.
  return sign | ((size - 0x38000000 + 0xfff + ((size >>> 13) & 1)) >>> 13);
}

export const isFiniteF16 = (half: number): boolean => (half & 0x7c00) !== 0x7c00;

/** Beside 0.5 an f32 has the steps of f16's smallest numbers, and rounds to them by itself. */
function subnormal(size: number): number {
  f32[0] = size + 0.5;
  return (bits[0] ?? 0) - 0x3f000000;
}

/** IEEE 754 binary16. */
export function fromF16(half: number): number {
  const exponent = (half >>> 10) & 31;
  const fraction = half & 1023;
  const sign = half & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
