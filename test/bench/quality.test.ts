// What a folder of the benchmark of answers holds is gone on with by the same options alone.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { checkMadeWith, keepMadeWith } from '../../bench/quality/made-with.ts';

const root = join(import.meta.dirname, '..', '..');
const options = { model: '/models/emoji', artist: 'twemoji', artwork: '/artwork', scenes: 500 };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blipcord-quality-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

it('goes on with the options that the scenes were made with, and says which is another', async () => {
  await keepMadeWith(folder, options);
  await checkMadeWith(folder, options);
  await expect(checkMadeWith(folder, { ...options, scenes: 5 })).rejects.toThrow(
    `${folder} holds scenes of another run: its --scenes is 500 there, and 5 here. Name another folder with --out, or delete it.`,
  );
  await expect(checkMadeWith(folder, { ...options, artist: 'noto' })).rejects.toThrow(
    '--artist is twemoji there, and noto here',
  );
  await expect(checkMadeWith(folder, { ...options, model: '/other' })).rejects.toThrow(
    '--model is /models/emoji there, and /other here',
  );
});

it('does not guess what scenes were made with that say nothing of it', async () => {
  await expect(checkMadeWith(folder, options)).rejects.toThrow(
    `${folder} holds scenes of another run: its --model is not kept there, and /models/emoji here.`,
  );
});

it('tells a person so in one sentence, and leaves the folder as it is', { timeout: 60_000 }, async () => {
  await keepMadeWith(folder, options);
  await writeFile(join(folder, 'dialogues.json'), '[]');
  const before = await readdir(folder);
  const script = ['--import', 'tsx', join(root, 'bench', 'quality.ts'), '--out', folder, '--scenes', '5'];
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8', cwd: root });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^.* holds scenes of another run: its --model is .*\.\n$/);
  expect(await readdir(folder)).toEqual(before);
});
