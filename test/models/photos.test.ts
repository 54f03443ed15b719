// Pictures of any size and format, from the file to the features, against what test/oracle/photos.py had transformers
// and Pillow make of them.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LocalBackend } from '../../models/local-backend.ts';
import { preprocess } from '../../models/preprocess.ts';
import { EMOJI, GOLDENS } from './support/goldens.ts';

const root = join(import.meta.dirname, '..', '..');
const photos: { file: string; features: string }[] = JSON.parse(
  readFileSync(`${GOLDENS}emoji/photos.json`, 'utf8'),
);

/** Where the pixels differ, as preprocess.test.ts says and measures. */
const OTHERWISE = ['enlarged.avif', 'grey16.png', 'transparent.gif'];
const alike = photos.filter(({ file }) => !OTHERWISE.includes(basename(file)));

let backend: LocalBackend;
beforeAll(async () => {
  backend = await LocalBackend.open(EMOJI, { preprocess });
});
afterAll(() => backend.close());

it.each(alike)('$file is seen as the reference sees it', async ({ file, features }) => {
  const { data } = await backend.encodeImage(readFileSync(join(root, file)));
  const expected = halfFloats(features);
  expect(data.length).toBe(expected.length);
  expect(cosine(data, expected)).toBeGreaterThan(0.999);
});

it('tells the pictures apart', () => {
  const [one, other] = ['bee', 'rocket'].map((name) =>
    photos.find(({ file }) => file.endsWith(`${name}.png`)),
  );
  expect(cosine(halfFloats(one?.features ?? ''), halfFloats(other?.features ?? ''))).toBeLessThan(0.99);
});

function cosine(one: Float32Array, other: Float32Array): number {
  const product = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? Number.NaN), 0);
  return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
}

/** Little-endian f16 in base64. */
function halfFloats(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return Float32Array.from({ length: bytes.length / 2 }, (_, at) => {
    const bits = bytes.readUInt16LE(2 * at);
    const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
    const size = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
    return bits & 0x8000 ? -size : size;
  });
}
