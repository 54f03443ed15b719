// Whether the CPU adds products of whole numbers up exactly: x64 without VNNI cuts sums of two of them off at 16 bits.
import proto from 'onnx-proto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { DeviceName } from './backend.ts';
import type { Weights } from './checkpoint/weights.ts';
import type { IntegerProducts } from './graph/builder.ts';
import { CPU } from './sessions.ts';

const { onnx } = proto;
const COUNT = 64;
const OUTPUTS = 16;
/** The largest of each type. */
const [BYTE, SIGNED] = [255, 127];

/** Asked by a tiny product of the largest numbers there are, and only where the weights need to know. */
export async function integerProducts(device: DeviceName, weights: Weights): Promise<IntegerProducts> {
  if (device !== 'cpu') return 'none';
  if (weights.quantisation?.parts.vision !== 'int8') return 'exact';
  const session = await InferenceSession.create(productGraph(), CPU);
  try {
    const x = new Tensor('uint8', new Uint8Array(COUNT).fill(BYTE), [1, COUNT]);
    const { y } = await session.run({ x });
    const sums = y?.data as Int32Array | undefined;
    return sums?.every((sum) => sum === COUNT * BYTE * SIGNED) ? 'exact' : 'saturating';
  } finally {
    await session.release();
  }
}

/** x: (1, COUNT), without a sign; y: (1, OUTPUTS) */
function productGraph(): Uint8Array {
  const { UINT8, INT8, INT32 } = onnx.TensorProto.DataType;
  const matrix = (name: string, elemType: number, side: number) => ({
    name,
    type: { tensorType: { elemType, shape: { dim: [{ dimValue: 1 }, { dimValue: side }] } } },
  });
  return onnx.ModelProto.encode({
    irVersion: 9,
    opsetImport: [{ domain: '', version: 20 }],
    graph: {
      name: 'integer-products',
      input: [matrix('x', UINT8, COUNT)],
      output: [matrix('y', INT32, OUTPUTS)],
      initializer: [
        {
          name: 'w',
          dims: [COUNT, OUTPUTS],
          dataType: INT8,
          rawData: new Uint8Array(COUNT * OUTPUTS).fill(SIGNED),
        },
      ],
      node: [{ opType: 'MatMulInteger', input: ['x', 'w'], output: ['y'] }],
    },
  }).finish();
}
