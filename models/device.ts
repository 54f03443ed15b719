// Finds the device that the graphs run on by really running something on it.
import { inspect } from 'node:util';
import type { DeviceChoice, DeviceName, DeviceReport } from './backend.ts';
import {
  deviceChoices,
  deviceLabel,
  isDeviceChoice,
  type NamedDevice,
  namedDevice,
} from './device-choice.ts';
import { type Probe, runProbe } from './device-probe.ts';
import { deviceIsElsewhere, explainFailure, hardwareIsAbsent, reasonOf } from './device-remedies.ts';
import { DeviceError } from './errors.ts';
import { problem } from './problems.ts';
import { type ProviderOptions, providerOptions } from './providers.ts';
import type { Saying } from './saying.ts';

export interface Device {
  readonly report: DeviceReport;
  /** Spread these into the options of every session of the model. */
  readonly sessionOptions: ProviderOptions;
  /** False where a whole answer in one run of the graph has failed: then it is written step by step. */
  readonly writesWhole?: boolean;
  /** What comes next where the model doesn't run on this one; none where it was asked for by name. */
  readonly fallBack?: (fallbacks: readonly Saying[]) => Promise<Device>;
}

type Gpu = NamedDevice & { readonly device: Exclude<DeviceName, 'cpu'> };

/** Those that `auto` tries, in this order, where onnxruntime's library has them. */
const AUTOMATIC = ['cuda', 'webgpu', 'directml', 'coreml'] as const;

/** Software adapters (SwiftShader, WARP) take 80 times as long as the CPU itself, or more. */
const MAX_SLOWDOWN = 20;

/**
 * For `auto` probes the GPU's devices in turn and falls back to the CPU, else takes the one device named. A GPU computes
 * in f16 if a run in f16 comes out right on it.
 *
 * All WebGPU sessions of a process, the probe's included, must live in one thread: call this in the thread
 * that will own the model.
 *
 * @throws DeviceError when a device asked for by name doesn't work here
 */
export async function openDevice(choice: DeviceChoice, probe: Probe = runProbe): Promise<Device> {
  if (!isDeviceChoice(choice)) {
    throw new DeviceError(`device is ${inspect(choice)}. Use one of: ${deviceChoices}.`);
  }
  if (choice === 'auto') {
    const offered = probe.offered();
    const devices = AUTOMATIC.filter((name) => offered.includes(name));
    return bestDevice(devices, probe, []);
  }
  const named = namedDevice(choice);
  return named.device === 'cpu' ? cpu([]) : openNamed(named as Gpu, probe);
}

/** The first of these that works, and those after it where the model doesn't run on that one. */
async function bestDevice(
  [device, ...others]: readonly Gpu['device'][],
  probe: Probe,
  fallbacks: readonly Saying[],
): Promise<Device> {
  if (device === undefined) return cpu(fallbacks);
  const refusal = await refusalOf({ device }, probe);
  if (refusal !== undefined) return bestDevice(others, probe, [...fallbacks, refusal]);
  const found = await gpu({ device }, probe, fallbacks);
  return { ...found, fallBack: (fallbacks) => bestDevice(others, probe, fallbacks) };
}

/** Why `auto` passes over a device; undefined when it works and is worth using. */
async function refusalOf(named: Gpu, probe: Probe): Promise<Saying | undefined> {
  const { device } = named;
  try {
    if (!probe.hasHardware(device)) {
      return device === 'cuda'
        ? problem('deviceWithoutCard', { device })
        : problem('deviceMissing', { device });
    }
    const onDevice = await probe.time(named);
    const onCpu = await probe.time({ device: 'cpu' });
    if (onDevice < MAX_SLOWDOWN * onCpu) return undefined;
    return problem('deviceSlow', { device, slow: onDevice.toFixed(1), fast: onCpu.toFixed(1) });
  } catch (error) {
    return problem('deviceFails', { device, reason: explainFailure(named, error, probe.cudaFiles()) });
  }
}

async function openNamed(named: Gpu, probe: Probe): Promise<Device> {
  const doesNotWork = `The device ${deviceLabel(named)} doesn't work here:`;
  if (!probe.offered().includes(named.device)) {
    throw new DeviceError(`${doesNotWork} ${deviceIsElsewhere(named)} Choose cpu or auto.`);
  }
  try {
    await probe.check(named, 'f32');
  } catch (error) {
    const absent = probe.hasHardware(named.device) ? '' : `${hardwareIsAbsent(named)} `;
    const why = `${absent}${explainFailure(named, error, probe.cudaFiles())}`;
    throw new DeviceError(`${doesNotWork} ${why} Or choose cpu or auto.`, { cause: error });
  }
  return gpu(named, probe, []);
}

async function gpu(named: Gpu, probe: Probe, fallbacks: readonly Saying[]): Promise<Device> {
  const sessionOptions = providerOptions(named);
  try {
    await probe.check(named, 'f16'); // passes `create` and fails at `run` where the device has no f16
    return { report: { ...named, precision: 'f16', fallbacks }, sessionOptions };
  } catch (error) {
    const inF32 = problem('deviceInF32', { device: deviceLabel(named), reason: reasonOf(error) });
    return { report: { ...named, precision: 'f32', fallbacks: [...fallbacks, inF32] }, sessionOptions };
  }
}

function cpu(fallbacks: readonly Saying[]): Device {
  return {
    report: { device: 'cpu', precision: 'f32', fallbacks },
    sessionOptions: providerOptions({ device: 'cpu' }),
  };
}
