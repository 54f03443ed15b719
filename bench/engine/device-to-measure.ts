// Which device a benchmark is of, known before anything is measured.
import type { DeviceChoice } from '../../models/backend.ts';
import { openDevice } from '../../models/device.ts';
import { deviceLabel } from '../../models/device-choice.ts';
import type { Probe } from '../../models/device-probe.ts';
import { DeviceError } from '../../models/errors.ts';
import { render } from '../../models/saying.ts';

/**
 * The one that was asked for, or the best GPU: by name, so that both contenders take the same.
 *
 * @throws DeviceError where that doesn't work here, or there is no GPU
 */
export async function deviceToMeasure(choice: DeviceChoice = 'auto', probe?: Probe): Promise<DeviceChoice> {
  const { report } = await openDevice(choice, probe);
  if (choice !== 'auto' || report.device !== 'cpu') return deviceLabel(report) as DeviceChoice;
  const why = report.fallbacks.map((one) => render(one)).join(' ');
  throw new DeviceError(
    `No GPU works here. ${why} Name one with --device, or try the benchmark itself with --device cpu.`,
  );
}
