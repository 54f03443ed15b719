// A folder that stands for a model's: what is quantised there leaves the model's own files as they are.
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of links to all that the model has; it goes when the process ends, by a signal, too. */
export function linkModel(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'blipcord-precision-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
  // To go on with what a run left that was ended would be to write to it.
  const names = readdirSync(source).filter((name) => !name.endsWith('.partial') && !name.startsWith('.'));
  for (const name of names) symlinkSync(join(source, name), join(folder, name));
  return folder;
}
