// Finds the device that the graphs run on by really running something on it.
import { inspect } from 'node:util';
import type { InferenceSession } from 'onnxruntime-node';
import type { DeviceChoice, DeviceName, DeviceReport } from './backend.ts';
import { type Probe, runProbe } from './device-probe.ts';
import { DeviceError } from './errors.ts';

export interface Device {
  readonly report: DeviceReport;
  /** Spread these into the options of every session of the model. */
  readonly sessionOptions: Pick<InferenceSession.SessionOptions, 'executionProviders' | 'intraOpNumThreads'>;
}

const CHOICES: readonly DeviceChoice[] = ['auto', 'cuda', 'webgpu', 'cpu'];

type Gpu = Exclude<DeviceName, 'cpu'>;

/** Software adapters (SwiftShader, WARP) take 80 times as long as the CPU itself, or more. */
const MAX_SLOWDOWN = 20;

/**
 * Probes CUDA, then WebGPU for `auto` and falls back to the CPU, or takes the one device named. A GPU
 * computes in f16 if a run in f16 comes out right on it.
 *
 * All WebGPU sessions of a process, the probe's included, must live in one thread: call this in the thread
 * that will own the model.
 *
 * @throws DeviceError when a device asked for by name doesn't work here
 */
export async function openDevice(choice: DeviceChoice, probe: Probe = runProbe): Promise<Device> {
  if (!CHOICES.includes(choice)) {
    throw new DeviceError(`device is ${inspect(choice)}. Use one of: ${CHOICES.join(', ')}.`);
  }
  if (choice === 'cpu') return cpu([]);
  return choice === 'auto' ? bestDevice(probe) : openNamed(choice, probe);
}

async function bestDevice(probe: Probe): Promise<Device> {
  const fallbacks: string[] = [];
  for (const device of ['cuda', 'webgpu'] as const) {
    const refusal = await refusalOf(device, probe);
    if (refusal === undefined) return gpu(device, probe, fallbacks);
    fallbacks.push(`${device} is not used: ${refusal}`);
  }
  return cpu(fallbacks);
}

/** Why `auto` passes over a device; undefined when it works and is worth using. */
async function refusalOf(device: Gpu, probe: Probe): Promise<string | undefined> {
  try {
    if (!probe.hasGraphicsHardware()) return 'this machine shows no graphics device.';
    const onDevice = await probe.time(device);
    const onCpu = await probe.time('cpu');
    if (onDevice < MAX_SLOWDOWN * onCpu) return undefined;
    const [slow, fast] = [onDevice, onCpu].map((ms) => ms.toFixed(1));
    return `it is slower than the CPU (${slow} ms against ${fast} ms for a product), as software adapters are.`;
  } catch (error) {
    return sentence(error);
  }
}

async function openNamed(device: Gpu, probe: Probe): Promise<Device> {
  try {
    await probe.check(device, 'f32');
  } catch (error) {
    throw new DeviceError(`The device ${device} doesn't work here: ${sentence(error)} ${REMEDIES[device]}`, {
      cause: error,
    });
  }
  return gpu(device, probe, []);
}

const REMEDIES: Record<Gpu, string> = {
  cuda:
    'CUDA needs Linux on x64, an NVIDIA driver with CUDA 13, and the CUDA libraries of onnxruntime ' +
    '(ONNXRUNTIME_NODE_INSTALL=1 node node_modules/onnxruntime-node/script/install.js). Or choose webgpu, cpu or auto.',
  webgpu:
    'WebGPU needs a graphics driver with Vulkan (on Linux also libvulkan1), Metal or Direct3D 12, whose own words may ' +
    'stand above. Or choose cpu or auto.',
};

async function gpu(device: Gpu, probe: Probe, fallbacks: readonly string[]): Promise<Device> {
  const precision = await probe.check(device, 'f16').then(
    () => 'f16' as const,
    () => 'f32' as const, // passes `create` and fails at `run` where the device has no f16
  );
  return { report: { device, precision, fallbacks }, sessionOptions: { executionProviders: [device] } };
}

function cpu(fallbacks: readonly string[]): Device {
  return {
    report: { device: 'cpu', precision: 'f32', fallbacks },
    sessionOptions: { executionProviders: ['cpu'] },
  };
}

/** The last clause of onnxruntime's message: what comes before names its own source files. */
function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [reason = 'unknown'] = message.trim().split('\n').slice(-1);
  const told = reason.replace(/^.*was false\. /, '').replace(/\.?$/, '.');
  return told.slice(0, 200);
}
