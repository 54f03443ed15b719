// The tiny run that shows whether a device works, how fast, and in which precision.
import { readdirSync } from 'node:fs';
import proto from 'onnx-proto';
import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import type { DeviceName, DeviceReport } from './backend.ts';
import type { NamedDevice } from './device-choice.ts';
import { type CudaFiles, findCudaFiles } from './device-remedies.ts';
import { DeviceError } from './errors.ts';
import { builtInDevices, providerOptions } from './providers.ts';

export interface Probe {
  /** Rejects where the device doesn't work or computes wrongly. */
  readonly check: (device: NamedDevice, precision: Precision) => Promise<void>;
  /** Milliseconds of a run that is warmed up, in f32. Rejects as `check` does. */
  readonly time: (device: NamedDevice) => Promise<number>;
  /** Those that onnxruntime's library knows here. */
  readonly offered: () => readonly DeviceName[];
  /** False only where it is certain that there is none. */
  readonly hasHardware: (device: DeviceName) => boolean;
  readonly cudaFiles: () => CudaFiles;
}

type Precision = DeviceReport['precision'];

const { onnx } = proto;
const SIDE = 512;

export const runProbe: Probe = {
  check: (device, precision) =>
    withSession(device, precision, async (session) => void (await product(session))),

  time: (device) =>
    withSession(device, 'f32', async (session) => {
      await product(session); // compiles the shaders
      return Math.min(await product(session), await product(session));
    }),

  offered: builtInDevices,

  /** Asked first on Linux, as Vulkan's loader writes warnings to stderr where there is no driver. */
  hasHardware(device) {
    if (process.platform !== 'linux') return true;
    const names = [...listFolder('/dev'), ...listFolder('/dev/dri')];
    return names.some((name) => (device === 'cuda' ? NVIDIA : GRAPHICS).test(name));
  },

  cudaFiles: findCudaFiles,
};

const NVIDIA = /^(nvidia\d+|dxg)$/;
const GRAPHICS = /^(renderD\d+|nvidia\d+|dxg|mali\d+|kgsl-.*)$/;

function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return []; // it isn't there
  }
}

async function withSession<T>(
  named: NamedDevice,
  precision: Precision,
  use: (session: InferenceSession) => Promise<T>,
): Promise<T> {
  env.logLevel = 'fatal'; // what fails is thrown as well; it needn't stand on stderr, too
  const session = await InferenceSession.create(productGraph(precision), {
    ...providerOptions(named),
    extra: { session: { disable_cpu_ep_fallback: named.device === 'cpu' ? '0' : '1' } },
  });
  try {
    return await use(session);
  } finally {
    await session.release();
  }
}

/** Milliseconds for a matrix of halves times itself: every sum is SIDE / 4, exact in f16. */
async function product(session: InferenceSession): Promise<number> {
  const x = new Tensor('float32', new Float32Array(SIDE * SIDE).fill(0.5), [SIDE, SIDE]);
  const start = performance.now();
  const { y } = await session.run({ x });
  const elapsedMs = performance.now() - start;
  const values = (await y?.getData()) as Float32Array | undefined;
  if (values?.every((value) => value === SIDE / 4)) return elapsedMs;
  throw new DeviceError(`A product of two matrices came out as ${values?.[0]}, not ${SIDE / 4}.`);
}

/** y = x · x, computed in the precision given. x, y: (SIDE, SIDE) in f32 */
function productGraph(precision: Precision): Uint8Array {
  const { FLOAT, FLOAT16 } = onnx.TensorProto.DataType;
  const dim = [{ dimValue: SIDE }, { dimValue: SIDE }];
  const matrix = (name: string) => ({ name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } });
  const cast = (input: string, output: string, to: number) => ({
    opType: 'Cast',
    input: [input],
    output: [output],
    attribute: [{ name: 'to', type: onnx.AttributeProto.AttributeType.INT, i: to }],
  });
  const inner = precision === 'f16' ? FLOAT16 : FLOAT;
  return onnx.ModelProto.encode({
    irVersion: 9,
    opsetImport: [{ domain: '', version: 20 }],
    graph: {
      name: 'probe',
      input: [matrix('x')],
      output: [matrix('y')],
      node: [
        cast('x', 'inner', inner),
        { opType: 'MatMul', input: ['inner', 'inner'], output: ['product'] },
        cast('product', 'y', FLOAT),
      ],
    },
  }).finish();
}
