// Numbers in 16 bits, rounded to the nearest, of two equally near ones to the even one.

const f32 = new Float32Array(1);
const bits = new Uint32Array(f32.buffer);

/** The first half of an f32. */
export function toBf16(value: number): number {
  f32[0] = value;
  const all = bits[0] ?? 0;
  return (all + 0x7fff + ((all >>> 16) & 1)) >>> 16;
}

/** IEEE 754 binary16. */
export function toF16(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65_520) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 1e-30)));
  // Counted in steps of the last bit, a carry goes over into the exponent as it should.
  const steps = roundToEven(size / 2 ** (exponent - 10));
  return sign | (((exponent + 14) << 10) + steps);
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
