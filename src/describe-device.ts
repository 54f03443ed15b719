// What the model runs on, and why not on something else, for the log and the doctor.
import type { DeviceReport } from '../models/backend.ts';
import { deviceLabel } from '../models/device-choice.ts';
import { heldNodes } from '../models/held-nodes.ts';
import { render } from '../models/saying.ts';

/** `webgpu in f32, which holds 812 of 840 nodes (Concat on cpu). cuda is not used: ...` */
export function describeDevice(report: DeviceReport): string {
  const nodes = heldNodes(report);
  const elsewhere = nodes?.elsewhere.length ? ` (${nodes.elsewhere.join(', ')})` : '';
  const held = nodes === undefined ? '' : `, which holds ${nodes.held} of ${nodes.all} nodes${elsewhere}`;
  const why = report.fallbacks.map((one) => render(one));
  return [`${deviceLabel(report)} in ${report.precision}${held}.`, ...why].join(' ');
}
