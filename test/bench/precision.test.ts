// What is quantised for a measurement is not put in the place of what somebody has quantised for use.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeRecipe } from '../../models/quantise/parts.ts';
import { quantiseCheckpoint } from '../../models/quantise/quantise-checkpoint.ts';
import { EMOJI } from '../models/support/goldens.ts';

const root = join(import.meta.dirname, '..', '..');

async function modelFolders() {
  const folder = await mkdtemp(join(tmpdir(), 'blipcord-bench-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [model, temporary] = [join(folder, 'model'), join(folder, 'temporary')];
  for (const path of [model, temporary]) await mkdir(path);
  const names = (await readdir(EMOJI)).filter((name) => /\.json$|^model\.safetensors$/.test(name));
  for (const name of names) await copyFile(join(EMOJI, name), join(model, name));
  const leftOvers = async () => (await readdir(temporary)).filter((name) => name.startsWith('blipcord-'));
  const command = ['--import', 'tsx', join(root, 'bench', 'precision.ts'), '--model', model];
  return { model, command, leftOvers, env: { ...process.env, TMPDIR: temporary } };
}

it('precision leaves the model as it is, and nothing elsewhere', { timeout: 120_000 }, async () => {
  const { model, command, leftOvers, env } = await modelFolders();
  const { file } = await quantiseCheckpoint(model, { recipe: makeRecipe('int4') });
  const [content, listing] = [await readFile(file), await readdir(model)];

  const options = ['--weights', 'auto,int4', '--rounds', '0', '--keep', 'head=int4', '--block', '128'];
  const { status, stdout } = spawnSync(process.execPath, [...command, ...options], {
    encoding: 'utf8',
    cwd: root,
    env,
  });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^\| quantising, s \|/m);
  expect(stdout).toMatch(/^\| the same likeliest token, % \|/m);
  expect((await readFile(file)).equals(content)).toBe(true);
  expect(await readdir(model)).toEqual(listing);
  expect(await leftOvers()).toEqual([]);
});

it.each([
  ['SIGINT', 130, 'before it compares', []],
  ['SIGTERM', 143, 'while it compares', ['int4.f32']],
] as const)(
  'precision, ended by %s, exits with %i and leaves nothing: %s',
  { timeout: 120_000 },
  async (signal, code, _, awaited) => {
    const { command, leftOvers, env } = await modelFolders();
    const options = ['--weights', 'int4,int8', '--rounds', '0'];
    const child = spawn(process.execPath, [...command, ...options], { cwd: root, env, stdio: 'ignore' });
    const ended = once(child, 'exit');
    const seen = async () =>
      (await readdir(env.TMPDIR, { recursive: true })).map((path) => basename(path)).join('\n');
    const names = ['config.json', ...awaited];
    await expect
      .poll(seen, { timeout: 60_000 })
      .toSatisfy((all: string) => names.every((name) => all.includes(name)));
    child.kill(signal);
    expect(await ended).toEqual([code, null]);
    expect(await leftOvers()).toEqual([]);
  },
);
