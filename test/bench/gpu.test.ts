// The benchmark for whoever has a GPU, tried where there is none.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

async function benchGpu(...args: readonly string[]): Promise<string> {
  const script = ['--import', 'tsx', join(root, 'bench', 'gpu.ts')];
  const few = ['--rounds', '1', '--repetitions', '1'];
  const { stdout } = await promisify(execFile)(process.execPath, [...script, ...few, ...args], { cwd: root });
  return stdout;
}

it('measures the engine on the device that is named, and says what it really ran on', async () => {
  const stdout = await benchGpu('--alone', '--device', 'cpu', '--only', 'caption', '--json');
  const { where, rows } = JSON.parse(stdout) as { where: object; rows: { what: string; ours: number }[] };
  expect(where).toEqual({ ours: 'cpu in f32.' });
  const caption = rows.find(({ what }) => what === 'caption of 20 tokens');
  expect(caption?.ours).toBeGreaterThan(0);
}, 120_000);

it('says why there is nothing to measure, and what can be tried', async () => {
  const failure = await benchGpu('--alone', '--device', 'directml').catch((error: Error) => error.message);
  expect(failure).toMatch(
    process.platform === 'win32'
      ? /runs on directml/
      : /The device directml doesn't work here: .* only for Windows/,
  );
}, 120_000);
