// The command line of synthetic checkpoints.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blipcord } from '../support/run-in-process.ts';

const image = join(import.meta.dirname, '..', 'fixtures', 'scene1.png');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'blipcord-cli-synth-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => blipcord(args, { folder });

describe('blipcord synth', () => {
  it('writes a model that the other commands take', async () => {
    const made = await run('synth', '--like', 'tiny', '--out', 'mine', '--dtype', 'f16', '--seed', '3');
    expect(made).toEqual({ code: 0, stdout: `${join(folder, 'mine')}\n`, stderr: '' });
    const { code, stdout } = await run('generate', '--model', 'mine', '--image', image, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).tokens).toHaveLength(40);
  });

  it.each([
    [['--out', 'a'], "Required option '--like <shape>' not specified."],
    [['--like', 'tiny'], "Required option '--out <folder>' not specified."],
    [['--like', 'huge', '--out', 'a'], 'Allowed choices are opt-2.7b, opt-6.7b, flan-t5-xl, '],
    [['--like', 'tiny', '--out', 'a', '--dtype', 'int8'], 'Allowed choices are f32, f16, bf16.'],
    [['--like', 'tiny', '--out', 'a', '--seed', '-1'], 'Use a whole number from 0.'],
    [['--like', 'tiny', '--out', 'no/a'], 'There is no folder'],
  ])('says in one sentence what is wrong with %j', async (args, message) => {
    const { code, stdout, stderr } = await run('synth', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });
});
