import type { DeviceReport } from '../../models/backend.ts';
import { deviceLabel } from '../../models/device-choice.ts';
import type { Saying } from '../../models/saying.ts';
import { describeDevice } from '../describe-device.ts';
import { type CliIo, printLine } from './cli-io.ts';

/** Says on stderr, in one line, which devices were passed over and what the one that was taken can't do; else nothing. */
export function tellDevice(report: DeviceReport, { stderr }: Pick<CliIo, 'stderr'>): void {
  const { fallbacks } = report;
  if (fallbacks.length === 0) return;
  const text = fallbacks.every(isAbsent) ? withoutHardware(report) : describeDevice(report);
  printLine(stderr, `The model runs on ${text}`);
}

/** There is nothing to mend. */
const isAbsent = ({ key }: Saying) => key === 'deviceWithoutCard' || key === 'deviceMissing';

/** `cpu: this machine shows no device for cuda or webgpu.` Short, as it comes with each call. */
function withoutHardware(report: DeviceReport): string {
  const absent = report.fallbacks.map(({ values }) => String(values.device));
  const names = new Intl.ListFormat('en', { type: 'disjunction' }).format(absent);
  return `${deviceLabel(report)}: this machine shows no device for ${names}.`;
}
