// What the benchmark makes of its samples.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readMemory, watchMemory } from '../../bench/engine/memory.ts';
import { parseEngineOptions } from '../../bench/engine/options.ts';
import { drawSummary, ratioTitle, summarise } from '../../bench/engine/report.ts';
import { median, percentile } from '../../bench/table.ts';

const report = (unit: 'ms' | 'tokens/s' | 'bytes', ours: number[], reference: number[]) => ({
  threads: 2,
  where: {},
  answers: { compared: 0, same: 0 },
  rows: [{ what: 'work', unit, samples: { ours, reference } }],
});

describe('a row of a comparison', () => {
  it('calls less time and less memory better', () => {
    for (const unit of ['ms', 'bytes'] as const) {
      const [row] = summarise(report(unit, [10, 20, 10], [20, 30, 80]));
      expect(row).toEqual({
        what: 'work',
        unit,
        ours: 10,
        reference: 30,
        better: { median: 2, least: 1.5, most: 8 },
      });
    }
  });

  it('has the mean of the two in the middle as its median, where their number is even', () => {
    const [row] = summarise(report('ms', [10, 20], [20, 60]));
    expect(row).toMatchObject({ ours: 15, reference: 40, better: { median: 2.5, least: 2, most: 3 } });
  });

  it('calls more tokens a second better', () => {
    const [row] = summarise(report('tokens/s', [30], [20]));
    expect(row?.better?.median).toBe(1.5);
  });
});

describe('the middle of what was measured', () => {
  it('is one of them, or the mean of two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 10, 2])).toBe(3);
    expect(median([7])).toBe(7);
    expect(median([])).toBeNaN();
  });

  it('leaves percentiles as they are: the nearest rank', () => {
    expect(percentile([4, 1, 10, 2], 95)).toBe(10);
    expect(percentile([4, 1, 10, 2], 50)).toBe(2);
  });
});

it('is drawn: a bar for each ratio, by its median', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blipcord-report-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'own.svg');
  const alone = { what: 'ours alone', unit: 'ms', ours: 3 } as const;
  await drawSummary(file, 'tiny', [...summarise(report('ms', [10, 20, 10], [20, 30, 80])), alone]);
  const svg = await readFile(file, 'utf8');
  expect(svg).toContain('>work</text>');
  expect(svg).toContain('>2.00x</text>');
  expect(svg.match(/class="bar/g)).toHaveLength(1);
});

it('is drawn under a title that says on which device, without why on no other', () => {
  expect(ratioTitle('/models/emoji')).toBe('emoji: how many times better than transformers');
  expect(ratioTitle('/models/emoji', 'cpu in f32.')).toBe(
    'emoji on cpu in f32: how many times better than transformers',
  );
  expect(ratioTitle('/models/opt-2.7b', 'webgpu in f32. cuda is not used: there is no card.')).toBe(
    'opt-2.7b on webgpu in f32: how many times better than transformers',
  );
});

describe('the options of the benchmark', () => {
  it.each([
    [['--rounds', '0'], '--rounds is "0". Use a whole number from 1.'],
    [['--repetitions', 'x'], '--repetitions is "x". Use a whole number from 1.'],
    [['--threads', '1.5'], '--threads is "1.5". Use a whole number from 1.'],
    [['--device', 'gpu'], '--device is "gpu". Use one of: auto, cpu, webgpu, cuda, cuda:N'],
    [['--weights', 'int2'], '--weights is "int2". Use one of: auto, f16, int8, int4.'],
    [['--model', '/nowhere'], 'There is no checkpoint in /nowhere. Name a folder that holds a config.json.'],
  ])('%j are refused with a sentence', (args, message) => {
    expect(() => parseEngineOptions(args)).toThrow(message);
  });
});

describe.skipIf(process.platform !== 'linux')('memory of a process', () => {
  it('grows with what it holds, and the peak stays', async () => {
    const holder = spawn(process.execPath, ['-e', holdWhenTold], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    onTestFinished(() => void holder.kill());
    const pid = holder.pid ?? Number.NaN;
    await once(holder, 'message');
    await expect.poll(() => readMemory(pid)).toBeDefined();
    const before = readMemory(pid)?.anonymous ?? Number.NaN;
    const watch = watchMemory(pid);
    holder.send('hold');
    await once(holder, 'message');
    await expect
      .poll(() => (watch.peak?.anonymous ?? 0) - before, { timeout: 10_000 })
      .toBeGreaterThan(200 << 20);
    watch.stop();
    expect((watch.peak?.anonymous ?? 0) - before).toBeGreaterThan(200 << 20);
    expect(watch.peak?.mapped).toBeGreaterThan(1 << 20);
  });
});

/** In a process of its own, of whose memory little is given back meanwhile. */
const holdWhenTold = `
  process.once('message', () => {
    globalThis.held = Buffer.alloc(256 << 20, 1);
    process.send('held');
  });
  process.send('ready');
`;
