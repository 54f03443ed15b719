// Quantised matrices: against a reference that is written out, and against what onnxruntime makes of them.
import proto from 'onnx-proto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { type BlockFormat, quantiseBlocks } from '../../models/quantise/quantise-blocks.ts';
import { quantiseColumns } from '../../models/quantise/quantise-columns.ts';
import { difference } from './support/expect-close.ts';
import { numbers } from './support/formula.ts';

const { onnx } = proto;
const formats: BlockFormat[] = ([4, 8] as const).flatMap((bits) =>
  ([32, 64, 128] as const).flatMap((blockSize) =>
    [true, false].map((zeroPoints) => ({ bits, blockSize, zeroPoints })),
  ),
);

/** (rows, width) of bell-shaped values that lean to one side. */
function matrix(rows: number, width: number): Float32Array {
  const parts = ['a', 'b', 'c', 'd'].map((name) => numbers(name, rows * width, [0, 0, 20]));
  return Float32Array.from({ length: rows * width }, (_, at) =>
    parts.reduce((sum, part) => sum + (part[at] ?? 0), 0.3),
  );
}

/** Code by code, as https://onnxruntime.ai/docs says that MatMulNBits reads them. */
function restored(
  { values, scales, zeroPoints }: ReturnType<typeof quantiseBlocks>,
  rows: number,
  width: number,
  { bits, blockSize }: BlockFormat,
): Float32Array {
  const perRow = Math.ceil(width / blockSize);
  const half = (bytes: Uint8Array, start: number, index: number) => {
    const byte = bytes[start + Math.floor(index / 2)] ?? 0;
    return index % 2 === 0 ? byte % 16 : Math.floor(byte / 16);
  };
  const code = (bytes: Uint8Array, start: number, index: number) =>
    bits === 8 ? (bytes[start + index] ?? 0) : half(bytes, start, index);
  return Float32Array.from({ length: rows * width }, (_, at) => {
    const [row, column] = [Math.floor(at / width), at % width];
    const block = Math.floor(column / blockSize);
    const zero =
      zeroPoints === undefined ? 2 ** (bits - 1) : code(zeroPoints, (row * zeroPoints.length) / rows, block);
    const first = ((row * perRow + block) * blockSize * bits) / 8;
    return (code(values, first, column % blockSize) - zero) * (scales[row * perRow + block] ?? 0);
  });
}

const size = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
/** Of the difference, as a share of the whole. */
const error = (actual: Float32Array, expected: Float32Array) =>
  size(actual.map((value, at) => value - (expected[at] ?? 0))) / size(expected);

describe.each(formats)('$bits bits in blocks of $blockSize, zero points $zeroPoints', (format) => {
  const [rows, width] = [5, 200]; // the last block is not full
  const original = matrix(rows, width);
  const quantised = quantiseBlocks(original, width, format);
  const back = restored(quantised, rows, width, format);

  it('keep every value to half a step, but for those that are cut off', () => {
    const perRow = Math.ceil(width / format.blockSize);
    const far = original.filter((value, at) => {
      const scale =
        quantised.scales[Math.floor(at / width) * perRow + Math.floor((at % width) / format.blockSize)];
      return Math.abs(value - (back[at] ?? 0)) > 0.6 * Math.abs(scale ?? 0);
    });
    expect(far.length).toBeLessThan(original.length / 20);
  });

  it('leave as little error as so many bits can', () => {
    expect(error(back, original)).toBeLessThan(format.bits === 8 ? 0.007 : format.zeroPoints ? 0.09 : 0.11);
  });

  it('are the same whether rows come one by one or all at once', () => {
    const each = Array.from({ length: rows }, (_, row) =>
      quantiseBlocks(original.slice(row * width, (row + 1) * width), width, format),
    );
    for (const part of ['values', 'scales', 'zeroPoints'] as const) {
      const joined = each.flatMap((one) => [...(one[part] ?? [])]);
      expect(joined).toEqual([...(quantised[part] ?? [])]);
    }
  });

  it('are read by onnxruntime as by the reference', async () => {
    const x = numbers('x', 3 * width, [0, 0, 20]);
    const exact = await matMulNBits(x, quantised, { ...format, rows, width, accuracyLevel: 0 });
    expect(difference(exact, product(x, back, width))).toBeLessThan(1e-5);
    const quick = await matMulNBits(x, quantised, { ...format, rows, width, accuracyLevel: 4 });
    expect(difference(quick, product(x, back, width))).toBeLessThan(0.02);
  });
});

describe('blocks', () => {
  it('of zeros stay zeros, and so do values too small for a scale', () => {
    for (const format of formats) {
      for (const value of [0, 1e-42]) {
        const quantised = quantiseBlocks(new Float32Array(64).fill(value), 64, format);
        expect([...restored(quantised, 1, 64, format)]).toEqual(new Array(64).fill(0));
      }
    }
  });

  it('of one value keep it', () => {
    for (const format of formats) {
      for (const value of [-0.7, 3]) {
        const row = new Float32Array(64).fill(value);
        expect(difference(restored(quantiseBlocks(row, 64, format), 1, 64, format), row)).toBeLessThan(1e-6);
      }
    }
  });

  it('tell by their scale that a value is no number', () => {
    for (const format of formats) {
      for (const strange of [Number.NaN, Number.POSITIVE_INFINITY]) {
        const row = Float32Array.of(...new Array(40).fill(1), strange);
        expect(quantiseBlocks(row, 41, format).scales.every(Number.isFinite)).toBe(false);
      }
    }
  });

  it('are cut off where that leaves less error', () => {
    const format = { bits: 4, blockSize: 128, zeroPoints: false } as const;
    const rows = Array.from({ length: 20 }, (_, at) => matrix(20, 128).slice(128 * at, 128 * (at + 1)));
    const [cut, whole] = [restoredRow, uncutRow].map((back) =>
      rows.reduce((sum, row) => sum + error(back(row), row), 0),
    ) as [number, number];
    expect(cut).toBeLessThan(0.99 * whole);

    function restoredRow(row: Float32Array): Float32Array {
      return restored(quantiseBlocks(row, 128, format), 1, 128, format);
    }
  });
});

/** With the best scale that there is for the codes of the whole range. */
function uncutRow(row: Float32Array): Float32Array {
  const farthest = row.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  const codes = row.map((value) => Math.max(-8, Math.min(7, Math.round((value * -8) / farthest))));
  const [product, square] = [row, codes].map((values) =>
    values.reduce((sum, value, at) => sum + value * (codes[at] ?? 0), 0),
  ) as [number, number];
  return codes.map((code) => (code * product) / square);
}

describe('columns', () => {
  const [rows, width] = [37, 50];
  const original = matrix(rows, width);
  const { values, scales } = quantiseColumns(original, width);

  it('hold the transposed matrix, each output with its own scale, to half a step', () => {
    for (let output = 0; output < rows; output++) {
      for (let input = 0; input < width; input++) {
        const scale = scales[output] ?? 0;
        const value = (values[input * rows + output] ?? 0) * scale;
        expect(Math.abs(value - (original[output * width + input] ?? 0))).toBeLessThanOrEqual(0.5001 * scale);
      }
    }
  });

  it('use all levels, and keep outputs of zeros', () => {
    expect(Math.max(...values.map(Math.abs))).toBe(127);
    const empty = quantiseColumns(new Float32Array(6), 3);
    expect([[...empty.values], [...empty.scales]]).toEqual([new Array(6).fill(0), [0, 0]]);
  });

  it('tell by their scale that a value is no number', () => {
    for (const strange of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      expect(quantiseColumns(Float32Array.of(1, strange, 2), 3).scales.every(Number.isFinite)).toBe(false);
    }
  });
});

/** x · weightᵀ */
function product(x: Float32Array, weight: Float32Array, width: number): Float32Array {
  const rows = weight.length / width;
  return Float32Array.from({ length: (x.length / width) * rows }, (_, at) => {
    const [token, row] = [Math.floor(at / rows), at % rows];
    let sum = 0;
    for (let k = 0; k < width; k++) sum += (x[token * width + k] ?? 0) * (weight[row * width + k] ?? 0);
    return sum;
  });
}

async function matMulNBits(
  x: Float32Array,
  { values, scales, zeroPoints }: ReturnType<typeof quantiseBlocks>,
  shape: BlockFormat & { readonly rows: number; readonly width: number; readonly accuracyLevel: number },
): Promise<Float32Array> {
  const { rows, width, bits, blockSize, accuracyLevel } = shape;
  const { FLOAT, UINT8 } = onnx.TensorProto.DataType;
  const blocks = Math.ceil(width / blockSize);
  const value = (name: string, side: number) => ({
    name,
    type: { tensorType: { elemType: FLOAT, shape: { dim: [{ dimParam: 'tokens' }, { dimValue: side }] } } },
  });
  const stored = (name: string, dims: number[], dataType: number, data: Uint8Array | Float32Array) => ({
    name,
    dims,
    dataType,
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  });
  const attributes = { K: width, N: rows, bits, block_size: blockSize, accuracy_level: accuracyLevel };
  const model = onnx.ModelProto.encode({
    irVersion: 9,
    opsetImport: [
      { domain: '', version: 20 },
      { domain: 'com.microsoft', version: 1 },
    ],
    graph: {
      name: 'product',
      input: [value('x', width)],
      output: [value('y', rows)],
      initializer: [
        stored('values', [rows, blocks, (blockSize * bits) / 8], UINT8, values),
        stored('scales', [rows, blocks], FLOAT, scales),
        ...(zeroPoints ? [stored('points', [rows, zeroPoints.length / rows], UINT8, zeroPoints)] : []),
      ],
      node: [
        {
          opType: 'MatMulNBits',
          domain: 'com.microsoft',
          input: ['x', 'values', 'scales', ...(zeroPoints ? ['points'] : [])],
          output: ['y'],
          attribute: Object.entries(attributes).map(([name, i]) => ({
            name,
            type: onnx.AttributeProto.AttributeType.INT,
            i,
          })),
        },
      ],
    },
  }).finish();
  const session = await InferenceSession.create(model);
  const { y } = await session.run({ x: new Tensor('float32', x, [x.length / width, width]) });
  await session.release();
  return y?.data as Float32Array;
}
