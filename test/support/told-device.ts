import type { DeviceReport } from '../../models/backend.ts';
import { render } from '../../models/saying.ts';

/** A report with its sentences in English. */
export function toldDevice({ fallbacks, ...report }: DeviceReport) {
  return { ...report, fallbacks: fallbacks.map((one) => render(one)) };
}
