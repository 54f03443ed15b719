// What the commands that answer say on stderr of devices.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeviceReport } from '../../models/backend.ts';
import { runProbe } from '../../models/device-probe.ts';
import { problem } from '../../models/problems.ts';
import { tellDevice } from '../../src/cli/tell-device.ts';
import { GOLDENS, readRetrievalGolden, writeCheckpoint } from '../models/support/goldens.ts';
import { blipcord } from '../support/run-in-process.ts';

const noCard = problem('deviceWithoutCard', { device: 'cuda' });
const noGraphics = problem('deviceMissing', { device: 'webgpu' });
const fails = problem('deviceFails', { device: 'cuda', reason: 'no driver.' });
const inF32 = problem('deviceInF32', { device: 'webgpu', reason: 'no f16.' });

const onCpu = (...fallbacks: DeviceReport['fallbacks']): DeviceReport => ({
  device: 'cpu',
  precision: 'f32',
  fallbacks,
});

function told(report: DeviceReport): string {
  let text = '';
  const stderr = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  tellDevice(report, { stderr });
  return text;
}

describe('of devices that were passed over', () => {
  it('one short line names those that the machine has not', () => {
    expect(told(onCpu(noCard, noGraphics))).toBe(
      'The model runs on cpu: this machine shows no device for cuda or webgpu.\n',
    );
    expect(told({ ...onCpu(noCard), device: 'webgpu', precision: 'f16' })).toBe(
      'The model runs on webgpu: this machine shows no device for cuda.\n',
    );
  });

  it('one line says why where one does not work, as the log of start does', () => {
    expect(told(onCpu(fails, noGraphics))).toBe(
      'The model runs on cpu in f32. cuda is not used: no driver. webgpu is not used: this machine shows no graphics device.\n',
    );
  });

  it('nothing is said where none was', () => {
    expect(told(onCpu())).toBe('');
  });

  it('one line says what the one that was taken, or asked for, does not do', () => {
    expect(told({ ...onCpu(inF32), device: 'webgpu' })).toBe(
      'The model runs on webgpu in f32. webgpu computes in f32, which costs speed and memory alone, as f16 fails there: no f16.\n',
    );
  });
});

const isSkipped = runProbe.hasHardware('cuda') || runProbe.hasHardware('webgpu');

describe.skipIf(isSkipped)('on a machine without a GPU (skipped, as this one may have one)', () => {
  const here = mkdtempSync(join(tmpdir(), 'blipcord-tell-'));
  const folder = join(GOLDENS, 'emoji');
  const picture = 'scene3.png';
  beforeAll(async () => {
    await writeCheckpoint(here, readRetrievalGolden('plain'));
    writeFileSync(join(here, 'lines.jsonl'), JSON.stringify({ image: picture, maxNewTokens: 2 }));
    const item = { image: picture, question: 'What is this?', accepts: ['rocket'] };
    writeFileSync(join(here, 'items.json'), JSON.stringify([item]));
  });
  afterAll(() => rmSync(here, { recursive: true }));

  it.each([
    ['caption', picture],
    ['ask', picture, 'What is this?', 'Is there a bee?'],
    ['chat', picture],
    ['generate', '--image', picture],
    ['batch', '--input', join(here, 'lines.jsonl')],
    ['match', '--model', here, '--image', picture, '--text', 'a rocket'],
    ['eval', join(here, 'items.json'), '--images', folder],
  ])('%s says so once on stderr, and nothing more on stdout', async (...args) => {
    const automatic = await blipcord([...args, '--device', 'auto'], { folder });
    const named = await blipcord([...args, '--device', 'cpu'], { folder });
    const line = /^The model runs on cpu: this machine shows no device for .*\.$/;
    expect(automatic.stderr.split('\n').filter((one) => line.test(one))).toHaveLength(1);
    expect(named.stderr).not.toContain('runs on');
    expect(automatic).toMatchObject({ code: 0, stdout: named.stdout });
  });
});
