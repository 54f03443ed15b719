// Reads memory as quickly as it can be read: onnxruntime adds up half a gigabyte of f32 on as many threads as are given.
import proto from 'onnx-proto';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const { onnx } = proto;
/** Far more than a processor's caches hold. */
const BYTES = 512 << 20;
/** Parts that the threads share. */
const ROWS = 64;

export interface Reader {
  /** That `read` reads. */
  readonly bytes: number;
  readonly read: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openReader(threads: number): Promise<Reader> {
  const session = await InferenceSession.create(sumGraph(), {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    enableCpuMemArena: false,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const x = new Tensor('float32', new Float32Array(BYTES / 4).fill(1), [ROWS, BYTES / 4 / ROWS]);
  return {
    bytes: BYTES,
    read: async () => void (await session.run({ x })),
    close: () => session.release(),
  };
}

/** x: (rows, numbers); y: (rows) */
function sumGraph(): Uint8Array {
  const elemType = onnx.TensorProto.DataType.FLOAT;
  const value = (name: string, sides: readonly string[]) => ({
    name,
    type: { tensorType: { elemType, shape: { dim: sides.map((dimParam) => ({ dimParam })) } } },
  });
  return onnx.ModelProto.encode({
    irVersion: 9,
    opsetImport: [{ domain: '', version: 20 }],
    graph: {
      name: 'read',
      input: [value('x', ['rows', 'numbers'])],
      output: [value('y', ['rows'])],
      initializer: [
        {
          name: 'axis',
          dims: [1],
          dataType: onnx.TensorProto.DataType.INT64,
          rawData: new Uint8Array(BigInt64Array.of(1n).buffer),
        },
      ],
      node: [
        {
          opType: 'ReduceSum',
          input: ['x', 'axis'],
          output: ['y'],
          attribute: [{ name: 'keepdims', type: onnx.AttributeProto.AttributeType.INT, i: 0 }],
        },
      ],
    },
  }).finish();
}
