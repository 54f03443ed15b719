// What is quantised for a measurement is not put in the place of what somebody has quantised for use.
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeRecipe } from '../../models/quantise/parts.ts';
import { quantiseCheckpoint } from '../../models/quantise/quantise-checkpoint.ts';
import { EMOJI } from '../models/support/goldens.ts';

const root = join(import.meta.dirname, '..', '..');

it('precision leaves the model as it is, and nothing elsewhere', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blipcord-bench-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [model, temporary] = [join(folder, 'model'), join(folder, 'temporary')];
  for (const path of [model, temporary]) await mkdir(path);
  const names = (await readdir(EMOJI)).filter((name) => /\.json$|^model\.safetensors$/.test(name));
  for (const name of names) await copyFile(join(EMOJI, name), join(model, name));
  const { file } = await quantiseCheckpoint(model, { recipe: makeRecipe('int4') });
  const [content, listing] = [await readFile(file), await readdir(model)];

  const options = ['--weights', 'auto,int4', '--rounds', '0', '--keep', 'head=int4', '--block', '128'];
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(root, 'bench', 'precision.ts'), '--model', model, ...options],
    { encoding: 'utf8', cwd: root, env: { ...process.env, TMPDIR: temporary } },
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/^\| quantising, s \|/m);
  expect(stdout).toMatch(/^\| the same likeliest token, % \|/m);
  expect((await readFile(file)).equals(content)).toBe(true);
  expect(await readdir(model)).toEqual(listing);
  expect((await readdir(temporary)).filter((name) => name.startsWith('blipcord-'))).toEqual([]);
});
