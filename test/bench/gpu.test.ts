// The benchmark for whoever has a GPU, tried where there is none.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { deviceToMeasure } from '../../bench/engine/device-to-measure.ts';
import type { Probe } from '../../models/device-probe.ts';

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

it('says in one line that the device that is named does not work, before anything is measured', async () => {
  const away = process.platform === 'win32' ? 'coreml' : 'directml';
  const failure = await benchGpu('--alone', '--device', away).catch((error: object) => error);
  expect(failure).toMatchObject({ code: 2, stdout: '' });
  expect((failure as { stderr: string }).stderr).toMatch(
    new RegExp(`^The device ${away} doesn't work here: .* only for .*\\. Choose cpu or auto\\.\\n$`),
  );
}, 120_000);

it('says why no GPU works, and what can be tried', async () => {
  const probe: Probe = {
    offered: () => ['cpu', 'webgpu', 'cuda'],
    hasHardware: () => false,
    cudaFiles: () => ({ areInstalled: false, command: 'node install.js' }),
    check: () => Promise.reject(new Error('absent')),
    time: () => Promise.reject(new Error('absent')),
  };
  await expect(deviceToMeasure('auto', probe)).rejects.toThrow(
    'No GPU works here. cuda is not used: this machine shows no NVIDIA card. webgpu is not used: this machine shows no graphics device. Name one with --device, or try the benchmark itself with --device cpu.',
  );
});
