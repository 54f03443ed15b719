// What a pull fetches, where to, and what it keeps.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSnapshot } from '../../src/hub/hub-cache.ts';
import { readGolden, readRetrievalGolden, writeCheckpoint } from '../models/support/goldens.ts';
import { deferred } from '../support/deferred.ts';
import { commitOf, readFiles } from '../support/local-hub.ts';
import {
  emoji,
  fileRequests,
  HALF,
  ID,
  isWeights,
  NAME,
  needed,
  openHub,
  size,
  temporaryFolder,
  WEIGHTS,
} from './open-hub.ts';

describe('a pull', () => {
  it('fetches what is needed and nothing else', async () => {
    const { hub, run } = await openHub();
    const { folder, bytes } = await run();
    expect(readdirSync(folder).sort()).toEqual([...needed.keys()].sort());
    for (const [name, content] of needed) expect(readFileSync(join(folder, name)).equals(content)).toBe(true);
    expect(fileRequests(hub).sort()).toEqual([...needed.keys()].sort());
    expect(bytes).toBe([...needed.values()].reduce((sum, { length }) => sum + length, 0));
  });

  it("lays the files out as the hub's other tools do", async () => {
    const { cache, run } = await openHub();
    const { folder } = await run();
    expect(folder).toBe(join(cache, 'models--Org--blip2-emoji', 'snapshots', commitOf(emoji)));
    expect(lstatSync(join(folder, WEIGHTS)).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(cache, 'models--Org--blip2-emoji', 'refs', 'main'), 'utf8')).toBe(
      commitOf(emoji),
    );
    expect(readdirSync(join(cache, 'models--Org--blip2-emoji', 'blobs'))).toHaveLength(needed.size);
  });

  it('fetches the shards that the index names', async () => {
    const folder = temporaryFolder();
    await writeCheckpoint(folder, readGolden('bf16-sharded'));
    const files = readFiles(folder);
    const spare = 'model-00009-of-00009.safetensors';
    const { run } = await openHub({ models: { [NAME]: new Map([...files, [spare, Buffer.alloc(9)]]) } });
    const pulled = await run();
    expect(readdirSync(pulled.folder).sort()).toEqual([...files.keys()].sort());
  });

  it('fetches a checkpoint that matches pictures and texts', async () => {
    const folder = temporaryFolder();
    await writeCheckpoint(folder, readRetrievalGolden('transformers-4-defaults'));
    const files = readFiles(folder);
    const { run } = await openHub({ models: { [NAME]: files } });
    expect(readdirSync((await run()).folder).sort()).toEqual([...files.keys()].sort());
  });

  it('fetches nothing twice', async () => {
    const { hub, run } = await openHub();
    await run();
    const before = fileRequests(hub).length;
    await run();
    expect(fileRequests(hub)).toHaveLength(before);
  });

  it('fetches of a new commit what is new, and keeps the old one', async () => {
    const { cache, hub, run } = await openHub();
    const old = await run();
    const before = fileRequests(hub).length;
    const changed = new Map([...emoji, ['generation_config.json', Buffer.from('{"max_new_tokens":3}')]]);
    hub.commit(NAME, changed);
    const { folder } = await run();
    expect(fileRequests(hub).slice(before)).toEqual(['generation_config.json']);
    expect(findSnapshot(cache, ID)).toEqual({ folder, missing: [] });
    expect(findSnapshot(cache, { name: NAME, revision: old.commit })).toEqual({
      folder: old.folder,
      missing: [],
    });
  });

  it('stays with one commit when another is made meanwhile', async () => {
    const stage = await openHub({
      fault: ({ path }) => {
        if (path.includes('/tree/')) stage.hub.commit(NAME, new Map([...emoji, ['new.json', Buffer.of(1)]]));
        return undefined;
      },
    });
    await stage.run();
    const listed = stage.hub.requests.filter(({ path }) => path.includes('/tree/'));
    expect(new Set(listed.map(({ path }) => /tree\/(\w+)/.exec(path)?.[1]))).toEqual(
      new Set([commitOf(emoji)]),
    );
  });

  it('fetches a commit by its name', async () => {
    const { cache, run } = await openHub();
    const id = { name: NAME, revision: commitOf(emoji) };
    const { folder } = await run({}, id);
    expect(findSnapshot(cache, id)).toEqual({ folder, missing: [] });
    expect(findSnapshot(cache, ID)).toBeUndefined();
  });

  it('tells how far it is', async () => {
    const { run, reports } = await openHub();
    await run();
    const advanced = reports
      .filter(({ kind }) => kind === 'advance')
      .reduce((sum, { bytes }) => sum + bytes, 0);
    expect(reports.at(0)).toEqual({ kind: 'begin', bytes: size, here: 0 });
    expect(advanced).toBe(size);
    expect(reports.at(-1)).toEqual({ kind: 'end', bytes: 0 });
  });
});

describe('two pulls of one model at once', () => {
  it('fetch it once: the second waits for the first', async () => {
    const { hub, run, notes } = await openHub();
    const [first, second] = await Promise.all([run(), run()]);
    expect(first).toEqual(second);
    expect(hub.requests.filter(isWeights)).toHaveLength(1);
    expect(notes).toEqual([`Another blipcord is at work on ${NAME}. Waiting for it.`]);
  });

  it('of which one ends early: the other goes on', async () => {
    const stalled = deferred();
    const { hub, run } = await openHub({
      fault: (request, earlier) => {
        if (!isWeights(request) || earlier.some(isWeights)) return undefined;
        stalled.resolve();
        return { stallAfter: HALF };
      },
    });
    const controller = new AbortController();
    const first = run({ signal: controller.signal });
    await stalled.promise;
    const second = run();
    controller.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    await expect(second).resolves.toBeDefined();
    expect(hub.requests.filter(isWeights)).toHaveLength(2);
  });
});

describe('the token', () => {
  it('goes to the hub, and never to another host', async () => {
    const { hub, run } = await openHub();
    await run({ token: 'hf_secret' });
    const seen = (host: string) =>
      new Set(
        hub.requests.filter((request) => request.host === host).map(({ authorization }) => authorization),
      );
    expect(seen('hub')).toEqual(new Set(['Bearer hf_secret']));
    expect(seen('cdn')).toEqual(new Set([undefined]));
  });
});
