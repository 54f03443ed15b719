// Every temporary folder that a test or a program started by one makes lies in a folder of the run, and goes with it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Called once before all tests; what it returns, after them. */
export default function setUp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'blipcord-tests-'));
  const name = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';
  const before = process.env[name];
  process.env[name] = folder;
  return () => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}
