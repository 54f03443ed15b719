// Quantising that was ended goes on to the same file, which is there whole or not at all.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeRecipe } from '../../models/quantise/parts.ts';
import { EMOJI, readGolden, writeCheckpoint } from './support/goldens.ts';
import { quantiseFolder } from './support/quantise-folder.ts';

const plain = readGolden('plain');
const folder = quantiseFolder();
const { quantise, file, leftOvers } = folder;

async function writeEmoji(): Promise<void> {
  const files = (await readdir(EMOJI)).filter((name) => /\.(json|safetensors)$/.test(name));
  for (const name of files) await copyFile(join(EMOJI, name), join(folder.path, name));
}

/** A run in the place of the finished file, ended before it wrote anything. @returns what it left, to be written over */
async function endedRun(): Promise<string> {
  await rm(file());
  await quantise({ signal: AbortSignal.abort(new Error('Enough.')) }).catch(() => undefined);
  const [partial = ''] = await leftOvers();
  return join(folder.path, partial);
}

describe('a run that was ended', () => {
  it('is gone on with, whatever it had written, to the same file', async () => {
    await writeEmoji();
    const { bytes } = await quantise();
    const whole = await readFile(file());
    for (const share of [0, 0.77, 1]) {
      const partial = await endedRun();
      await writeFile(partial, whole);
      await truncate(partial, Math.floor(share * bytes));
      const seen: number[] = [];
      await quantise({ syncBytes: 0, onProgress: (written) => seen.push(written) });
      expect(seen[0]).toBeGreaterThanOrEqual(share * bytes * 0.85);
      expect(seen[0]).toBeLessThanOrEqual(share * bytes);
      expect((await readFile(file())).equals(whole)).toBe(true);
      expect(await leftOvers()).toEqual([]);
    }
  }, 60_000);

  it('is begun anew where the weights were written to since, wherever that was', async () => {
    await writeEmoji();
    const { bytes } = await quantise();
    const before = await readFile(file());
    const partial = await endedRun();
    await writeFile(partial, before.subarray(0, Math.floor(0.77 * bytes)));
    await folder.changeWeight();
    const seen: number[] = [];
    await quantise({ syncBytes: 0, onProgress: (written) => seen.push(written) });
    expect(seen[0]).toBe(0);
    const made = await readFile(file());
    await rm(file());
    await quantise();
    expect((await readFile(file())).equals(made)).toBe(true);
    expect(await leftOvers()).toEqual([]);
  });

  it('writes again what may not have reached the disk', async () => {
    await writeEmoji();
    const { bytes } = await quantise();
    const whole = await readFile(file());
    const partial = await endedRun();
    const lost = Math.floor(bytes / 2);
    await writeFile(partial, Buffer.from(whole).fill(0, bytes - lost));
    await quantise({ syncBytes: lost });
    expect((await readFile(file())).equals(whole)).toBe(true);
  });

  it('by SIGKILL leaves no file, and what it wrote is used', async () => {
    await writeEmoji();
    const script = fileURLToPath(new URL('support/quantise-until-killed.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const text of child.stdout.setEncoding('utf8')) {
      if (Number(String(text).trim().split('\n').at(-1)) > 0.4) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    expect(await readdir(folder.path)).not.toContain('model.int4.safetensors');
    const seen: number[] = [];
    const { bytes } = await quantise({ syncBytes: 0, onProgress: (written) => seen.push(written) });
    expect(seen[0]).toBeGreaterThan(0.3 * bytes);
    const resumed = await readFile(file());
    await rm(file());
    await quantise();
    expect((await readFile(file())).equals(resumed)).toBe(true);
  }, 60_000);

  it('by another recipe leaves nothing behind where there is nothing to do', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise();
    const enough = AbortSignal.abort(new Error('Enough.'));
    await quantise({ recipe: makeRecipe('int4', ['head=f32']), signal: enough }).catch(() => undefined);
    expect(await leftOvers()).toHaveLength(1);
    expect((await quantise()).written).toBe(false);
    expect(await leftOvers()).toEqual([]);
  });

  it('by another recipe is no reason to fail where what it left can not be taken away', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise();
    await mkdir(`${file()}-abc.partial`); // stays, as a file does where the folder can't be written
    expect((await quantise()).written).toBe(false);
    expect((await quantise({ recipe: makeRecipe('int4', ['head=f32']) })).written).toBe(true);
  });

  it('by a full disk keeps what it wrote', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise({ signal: AbortSignal.abort(new Error('Enough.')) }).catch(() => undefined);
    const before = await leftOvers();
    await expect(quantise({ freeBytes: async () => 0 })).rejects.toThrow(/are needed\. Make room\.$/);
    expect(before).toHaveLength(1);
    expect(await leftOvers()).toEqual(before);
  });

  it('by its signal says so, and leaves no file', async () => {
    await writeCheckpoint(folder.path, plain);
    const stop = new AbortController();
    const ended = quantise({ signal: stop.signal, onProgress: () => stop.abort(new Error('Enough.')) });
    await expect(ended).rejects.toThrow('Enough.');
    expect(await readdir(folder.path)).not.toContain('model.int4.safetensors');
  });
});
