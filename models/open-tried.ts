// Opens a model's sessions on its device, and where that is no CPU runs the model once, to see that it works and who holds
// its nodes.
import { parse } from 'node:path';
import type { DeviceReport } from './backend.ts';
import type { StoredModel } from './checkpoint/checkpoint.ts';
import type { Device } from './device.ts';
import { deviceLabel } from './device-choice.ts';
import { DeviceError } from './errors.ts';
import { type PlacedNodes, Placement } from './placement.ts';
import { type OpenSession, openAll, type ProfileOptions, sessionOpener } from './sessions.ts';

export interface Opening<Parts> {
  readonly open: (open: OpenSession) => Promise<Parts>;
  /** Rejects where they don't work, or compute what is no number. */
  readonly warmUp: (parts: Parts) => Promise<void>;
}

/**
 * Of an attempt that fails all is given back, as the next one may need that memory.
 *
 * @throws DeviceError when the device holds none of the graphs
 */
export async function openTried<Parts>(
  { weights, folder }: Pick<StoredModel, 'weights' | 'folder'>,
  { report, sessionOptions }: Device,
  { open, warmUp }: Opening<Parts>,
): Promise<{ readonly parts: Parts; readonly report: DeviceReport }> {
  const access = { root: parse(folder).root, mapped: report.precision === 'f32' && weights.canBeMapped };
  const opener = (profile: ProfileOptions) => sessionOpener(access, { ...sessionOptions, ...profile });
  if (report.device === 'cpu') return { parts: await openAll(opener({}), open), report };
  const placement = await Placement.begin();
  return openAll(placement.watch(opener), async (watched) => {
    try {
      const parts = await open(watched);
      await warmUp(parts);
      return { parts, report: { ...report, nodes: checkHeld(report, await placement.end()) } };
    } catch (error) {
      await placement.end().catch(() => {}); // the folder goes all the same
      throw error;
    }
  });
}

/** (3, side, side): a picture of waves. */
export const waves = (side: number): Float32Array =>
  Float32Array.from({ length: 3 * side ** 2 }, (_, at) => Math.sin(at));

function checkHeld(report: DeviceReport, nodes: PlacedNodes): PlacedNodes {
  if (nodes[report.device] !== undefined) return nodes;
  throw new DeviceError(`onnxruntime placed no node of the model on ${deviceLabel(report)}.`);
}
