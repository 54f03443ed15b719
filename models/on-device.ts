// Opens a model on its device, or on what comes next where it doesn't run there: a card's memory may be too small, or
// what the model computes too large for f16.

import type { Device } from './device.ts';
import { deviceLabel } from './device-choice.ts';
import { CheckpointError, DeviceError, WholeAnswerError } from './errors.ts';
import { problem } from './problems.ts';

/**
 * Whole answers in one run fall back to steps, f16 to f32, and what `auto` found to the next that works, last the CPU; each leaves a sentence in the report.
 *
 * @throws DeviceError where nothing comes next
 */
export async function onDevice<Model>(
  device: Device,
  open: (device: Device) => Promise<Model>,
): Promise<Model> {
  try {
    return await open(device);
  } catch (error) {
    if (device.report.device === 'cpu' || error instanceof CheckpointError) throw error;
    return onDevice(await nextAfter(device, error), open);
  }
}

async function nextAfter({ report, ...device }: Device, error: unknown): Promise<Device> {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.trim().replace(/\s+/g, ' ').slice(0, 300);
  const reason = line.replace(/[.…]?$/, '.'); // others may follow
  const label = deviceLabel(report);
  if (error instanceof WholeAnswerError) {
    const stepwise = problem('deviceStepByStep', { device: label, reason });
    return {
      ...device,
      report: { ...report, fallbacks: [...report.fallbacks, stepwise] },
      writesWhole: false,
    };
  }
  const fallbacks = [
    ...report.fallbacks,
    problem('modelNotOnDevice', { device: label, precision: report.precision, reason }),
  ];
  if (report.precision === 'f16') return { ...device, report: { ...report, precision: 'f32', fallbacks } };
  const next = await device.fallBack?.(fallbacks);
  if (next !== undefined) return next;
  throw new DeviceError(`The model doesn't run on ${label}: ${reason} Choose cpu or auto.`, { cause: error });
}
