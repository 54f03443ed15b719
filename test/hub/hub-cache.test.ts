// What is found in the hub's cache, and what is said where it can't be read.
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { listCachedModels } from '../../src/hub/cached-models.ts';
import { findSnapshot, repositoryFolder } from '../../src/hub/hub-cache.ts';

const NAME = 'Org/blip2-emoji';
const cantBeRead =
  /can't be read \(ELOOP\)\. Check its permissions, or set HF_HUB_CACHE to another folder\.$/;

/** What opens it is led round and round. */
function unreadable(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(path, path);
  return path;
}

it('A cache that is not there, or is a file, holds no models', () => {
  const folder = mkdtempSync(join(tmpdir(), 'blipcord-cache-'));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const cache of [join(folder, 'absent'), file]) {
    expect(listCachedModels(cache)).toEqual([]);
    expect(findSnapshot(cache, { name: NAME, revision: 'main' })).toBeUndefined();
  }
});

it('A cache that can not be read is told apart from an empty one', () => {
  const cache = unreadable(join(mkdtempSync(join(tmpdir(), 'blipcord-cache-')), 'hub'));
  expect(() => listCachedModels(cache)).toThrow(cantBeRead);
});

it('A revision that can not be read is told apart from one that was never pulled', () => {
  const cache = mkdtempSync(join(tmpdir(), 'blipcord-cache-'));
  unreadable(join(repositoryFolder(cache, NAME), 'refs', 'main'));
  expect(() => findSnapshot(cache, { name: NAME, revision: 'main' })).toThrow(cantBeRead);
  expect(findSnapshot(cache, { name: NAME, revision: 'v1' })).toBeUndefined();
});
