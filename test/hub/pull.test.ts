// A pull from a local hub with all that goes wrong on the way from the real one.
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import { findSnapshot, repositoryFolder } from '../../src/hub/hub-cache.ts';
import type { ModelId } from '../../src/hub/model-id.ts';
import { type Pulled, type PullOptions, pull } from '../../src/hub/pull.ts';
import { EMOJI, readGolden, readRetrievalGolden, writeCheckpoint } from '../models/support/goldens.ts';
import { deferred } from '../support/deferred.ts';
import {
  commitOf,
  type Files,
  type HubRequest,
  type LocalHub,
  type LocalHubOptions,
  readFiles,
  startLocalHub,
} from '../support/local-hub.ts';

const NAME = 'Org/blip2-emoji';
const ID: ModelId = { name: NAME, revision: 'main' };
const WEIGHTS = 'model.safetensors';
const HALF = 3_000_000;
const needed = readFiles(EMOJI);
const size = needed.get(WEIGHTS)?.length ?? 0;
/** As real repositories have it beside what is needed. */
const emoji: Files = new Map([
  ...needed,
  ['README.md', Buffer.from('# A model')],
  ['onnx/model.onnx', Buffer.alloc(200_000)],
  ['pytorch_model.bin', Buffer.alloc(200_000)],
  ['tf_model.h5', Buffer.alloc(200_000)],
]);

describe('a pull', () => {
  it('fetches what is needed and nothing else', async () => {
    const { hub, run } = await open();
    const { folder, bytes } = await run();
    expect(readdirSync(folder).sort()).toEqual([...needed.keys()].sort());
    for (const [name, content] of needed) expect(readFileSync(join(folder, name)).equals(content)).toBe(true);
    expect(fileRequests(hub).sort()).toEqual([...needed.keys()].sort());
    expect(bytes).toBe([...needed.values()].reduce((sum, { length }) => sum + length, 0));
  });

  it("lays the files out as the hub's other tools do", async () => {
    const { cache, run } = await open();
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
    const { run } = await open({ models: { [NAME]: new Map([...files, [spare, Buffer.alloc(9)]]) } });
    const pulled = await run();
    expect(readdirSync(pulled.folder).sort()).toEqual([...files.keys()].sort());
  });

  it('fetches a checkpoint that matches pictures and texts', async () => {
    const folder = temporaryFolder();
    await writeCheckpoint(folder, readRetrievalGolden('transformers-4-defaults'));
    const files = readFiles(folder);
    const { run } = await open({ models: { [NAME]: files } });
    expect(readdirSync((await run()).folder).sort()).toEqual([...files.keys()].sort());
  });

  it('fetches nothing twice', async () => {
    const { hub, run } = await open();
    await run();
    const before = fileRequests(hub).length;
    await run();
    expect(fileRequests(hub)).toHaveLength(before);
  });

  it('fetches of a new commit what is new, and keeps the old one', async () => {
    const { cache, hub, run } = await open();
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
    const stage = await open({
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
    const { cache, run } = await open();
    const id = { name: NAME, revision: commitOf(emoji) };
    const { folder } = await run({}, id);
    expect(findSnapshot(cache, id)).toEqual({ folder, missing: [] });
    expect(findSnapshot(cache, ID)).toBeUndefined();
  });

  it('tells how far it is', async () => {
    const { run, reports } = await open();
    await run();
    const advanced = reports
      .filter(({ kind }) => kind === 'advance')
      .reduce((sum, { bytes }) => sum + bytes, 0);
    expect(reports.at(0)).toEqual({ kind: 'begin', bytes: size, here: 0 });
    expect(advanced).toBe(size);
    expect(reports.at(-1)).toEqual({ kind: 'end', bytes: 0 });
  });
});

describe('a pull in fewer bits', () => {
  const SMALL = 'model.int8.safetensors';
  const blobs = (cache: string) => readdirSync(join(repositoryFolder(cache, NAME), 'blobs'));

  it('keeps those alone, which then are the model, and fetches nothing twice', async () => {
    const { cache, hub, run, reports } = await open();
    const { folder, bytes } = await run({ weights: 'int8' });
    const kept = [...needed.keys()].filter((name) => name !== WEIGHTS);
    expect(readdirSync(folder).sort()).toEqual([...kept, SMALL].sort());
    expect(blobs(cache)).toHaveLength(needed.size - 1);
    expect(bytes).toBe(readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0));
    expect(findSnapshot(cache, ID)).toEqual({ folder, missing: [] });
    expect((await readCheckpoint(folder)).weights.quantisation?.weights).toBe('int8');
    expect(reports.filter(({ kind }) => kind === 'begin').map((report) => report.bytes)).toEqual([
      size,
      statSync(join(folder, SMALL)).size,
    ]);
    const before = fileRequests(hub).length;
    expect(await run({ weights: 'int8' })).toMatchObject({ folder, bytes });
    expect(fileRequests(hub)).toHaveLength(before);
  });

  it('leaves the weights that were there before', async () => {
    const { cache, run } = await open();
    const { folder } = await run();
    await run({ weights: 'int8' });
    expect(readdirSync(folder).sort()).toEqual([...needed.keys(), SMALL].sort());
    expect(blobs(cache)).toHaveLength(needed.size);
  });

  it('leaves weights that another revision has as well', async () => {
    const { cache, hub, run } = await open();
    const old = await run();
    hub.commit(NAME, new Map([...emoji, ['generation_config.json', Buffer.from('{"max_new_tokens":3}')]]));
    const { folder } = await run({ weights: 'int8' });
    expect(existsSync(join(folder, WEIGHTS))).toBe(false);
    expect(readFileSync(join(old.folder, WEIGHTS)).length).toBe(size);
    expect(findSnapshot(cache, { name: NAME, revision: old.commit })?.missing).toEqual([]);
  });

  it('goes on after it was ended while it wrote, and still keeps nothing else', async () => {
    const { hub, run } = await open();
    const controller = new AbortController();
    const ended = run({
      weights: 'int8',
      signal: controller.signal,
      reporter: {
        begin: (_total, _here, work) => work === 'writing' && controller.abort(new Error('enough')),
        advance: () => {},
        end: () => {},
        note: () => {},
      },
    });
    await expect(ended).rejects.toThrow('enough');
    const before = fileRequests(hub).length;
    const { folder } = await run({ weights: 'int8' });
    expect(fileRequests(hub)).toHaveLength(before);
    expect(readdirSync(folder)).toContain(SMALL);
    expect(readdirSync(folder).filter((name) => name === WEIGHTS || name.includes('partial'))).toEqual([]);
  });
});

describe('a connection that breaks', () => {
  it('is made again, and the file goes on where it stopped', async () => {
    const { hub, run } = await open({
      fault: (request, earlier) =>
        isWeights(request) && !earlier.some(isWeights) ? { cutAfter: HALF } : undefined,
    });
    await run();
    const ranges = hub.requests.filter(isWeights).map(({ range }) => range);
    expect(ranges[0]).toBeUndefined();
    expect(Number(/^bytes=(\d+)-$/.exec(ranges[1] ?? '')?.[1])).toBeGreaterThan(0);
    expect(ranges).toHaveLength(2);
  });

  it('may break any number of times while something comes', async () => {
    const { hub, run } = await open({
      fault: (request) => (isWeights(request) ? { cutAfter: 500_000 } : undefined),
    });
    await run();
    expect(hub.requests.filter(isWeights).length).toBeGreaterThan(10);
  });

  it('is given up when nothing comes any more', async () => {
    const { hub, run } = await open({
      fault: (request) => (isWeights(request) ? { cutAfter: 0 } : undefined),
    });
    await expect(run()).rejects.toThrow(
      `The connection broke at byte 0 of ${size} of ${WEIGHTS}. Pull again to go on from there.`,
    );
    expect(hub.requests.filter(isWeights)).toHaveLength(6);
  });

  it('starts the file anew where the server knows no ranges', async () => {
    const { hub, run, reports } = await open({
      fault: (request, earlier) => {
        if (!isWeights(request)) return undefined;
        return earlier.some(isWeights) ? { ignoreRange: true } : { cutAfter: HALF };
      },
    });
    await run();
    expect(hub.requests.filter(isWeights)).toHaveLength(2);
    const advanced = reports
      .filter(({ kind }) => kind === 'advance')
      .reduce((sum, { bytes }) => sum + bytes, 0);
    expect(advanced).toBe(size);
  });

  it('that was never there is explained', async () => {
    const { hub, run } = await open();
    await hub.close();
    await expect(run()).rejects.toThrow(
      `${new URL(hub.endpoint).host} can't be reached (ECONNREFUSED). Check the connection, and HF_ENDPOINT if it is set.`,
    );
  });
});

describe('a pull that is broken off', () => {
  it('leaves no model, and the next one goes on from there', async () => {
    const { cache, hub, reports, run } = await open({
      fault: (request, earlier) =>
        isWeights(request) && !earlier.some(isWeights) ? { stallAfter: HALF } : undefined,
    });
    const controller = new AbortController();
    const stopped = run({ signal: controller.signal });
    await expect.poll(() => reports.some(({ kind }) => kind === 'advance')).toBe(true);
    controller.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
    expect(findSnapshot(cache, ID)).toBeUndefined();
    expect(findSnapshot(cache, { name: NAME, revision: commitOf(emoji) })?.missing).toEqual([WEIGHTS]);

    reports.length = 0;
    const { folder } = await run();
    const [, second] = hub.requests.filter(isWeights);
    const from = Number(/^bytes=(\d+)-$/.exec(second?.range ?? '')?.[1]);
    expect(from).toBeGreaterThan(0);
    expect(reports[0]).toEqual({ kind: 'begin', bytes: size, here: from });
    expect(findSnapshot(cache, ID)).toEqual({ folder, missing: [] });
  });
});

describe('content with another hash than was listed', () => {
  it.each([WEIGHTS, 'tokenizer.json'])('is deleted, and said: %s', async (wrong) => {
    let broken = true;
    const { cache, run } = await open({
      fault: ({ path }) => {
        const content = Buffer.from(needed.get(wrong) ?? '');
        content[1000] = (content[1000] ?? 0) ^ 1;
        return broken && path === wrong && content.length > 0 ? { content } : undefined;
      },
    });
    await expect(run()).rejects.toThrow(
      /^\S+ came with the sha\d+ \w+, but Org\/blip2-emoji lists \w+\. It is deleted; pull again\.$/,
    );
    expect(findSnapshot(cache, ID)).toBeUndefined();
    expect(
      readdirSync(join(repositoryFolder(cache, NAME), 'blobs')).filter((name) => name.includes('.')),
    ).toEqual([]);
    broken = false;
    await run();
    expect(findSnapshot(cache, ID)?.missing).toEqual([]);
  });

  it('is read no further when it is longer', async () => {
    const content = Buffer.concat([needed.get(WEIGHTS) ?? Buffer.of(), Buffer.alloc(size)]);
    const { run, reports } = await open({
      fault: (request) => (isWeights(request) ? { content } : undefined),
    });
    await expect(run()).rejects.toThrow('It is deleted');
    expect(reports.reduce((sum, { kind, bytes }) => sum + (kind === 'advance' ? bytes : 0), 0)).toBeLessThan(
      1.5 * size,
    );
  });
});

describe('a hub that is busy', () => {
  it.each([429, 500, 503])('with status %i is asked again, for the list as for a file', async (status) => {
    const failed = new Set<string>();
    const { run, notes } = await open({
      fault: ({ host, path }) => {
        if (failed.has(host + path)) return undefined;
        failed.add(host + path);
        return { status };
      },
    });
    const { folder } = await run();
    expect(existsSync(join(folder, WEIGHTS))).toBe(true);
    expect(notes.length).toBe(failed.size);
    expect(notes[0]).toContain(`(status ${status})`);
  });

  it('is left alone for as long as it asks', async () => {
    const started = Date.now();
    const { run } = await open({
      fault: (_, earlier) =>
        earlier.length === 0 ? { status: 429, headers: { 'Retry-After': '1' } } : undefined,
    });
    await run();
    expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
  });

  it.each([
    { 'Retry-After': '7200' },
    { 'Retry-After': new Date(Date.now() + 7_200_000).toUTCString() },
    { RateLimit: '"resolvers";r=0;t=7200' },
  ])('is not waited for longer than makes sense: %o', async (headers) => {
    const { hub, run } = await open({ fault: () => ({ status: 429, headers }) });
    await expect(run()).rejects.toThrow(
      /says that it gets too many requests \(status 429\)\. Try again later/,
    );
    expect(hub.requests).toHaveLength(1);
  });

  it('is given up in the end', async () => {
    const { hub, run } = await open({ fault: () => ({ status: 503 }) });
    await expect(run()).rejects.toThrow(/is out of order \(status 503\)\. Try again later/);
    expect(hub.requests).toHaveLength(6);
  });
});

describe('a refusal', () => {
  const gated = { status: 401, headers: { 'X-Error-Code': 'GatedRepo' } };
  const forbidden = { status: 403, headers: { 'X-Error-Code': 'GatedRepo' } };

  it('of a gated model names the licence and HF_TOKEN', async () => {
    const { hub, run } = await open({ fault: ({ path }) => (path === 'config.json' ? gated : undefined) });
    await expect(run()).rejects.toThrow(
      `${NAME} is gated. Accept its licence at ${hub.endpoint}/${NAME}, then set HF_TOKEN to a token of that account`,
    );
  });

  it('of a gated model to an account names the account', async () => {
    const { run } = await open({ fault: ({ path }) => (path === 'config.json' ? forbidden : undefined) });
    await expect(run({ token: 'hf_abc' })).rejects.toThrow(
      'the account of HF_TOKEN may not read it. Accept its licence',
    );
  });

  it('of a token says so', async () => {
    const { run } = await open({ fault: () => ({ status: 401 }) });
    await expect(run({ token: 'hf_abc' })).rejects.toThrow("doesn't know HF_TOKEN. Set one from");
  });

  it('for a model that is not there says so, once', async () => {
    const { hub, run } = await open();
    await expect(run({}, { name: 'Org/absent', revision: 'main' })).rejects.toThrow(
      'shows no model Org/absent. Check the name. Set HF_TOKEN if the model is private.',
    );
    expect(hub.requests).toHaveLength(1);
  });

  it('for a revision that is not there names it', async () => {
    const { run } = await open();
    await expect(run({}, { name: NAME, revision: 'v9' })).rejects.toThrow(
      `${NAME} has no revision "v9". See which`,
    );
  });
});

describe('the token', () => {
  it('goes to the hub, and never to another host', async () => {
    const { hub, run } = await open();
    await run({ token: 'hf_secret' });
    const seen = (host: string) =>
      new Set(
        hub.requests.filter((request) => request.host === host).map(({ authorization }) => authorization),
      );
    expect(seen('hub')).toEqual(new Set(['Bearer hf_secret']));
    expect(seen('cdn')).toEqual(new Set([undefined]));
  });
});

describe('a model that can not be used', () => {
  const without = (...names: string[]) => new Map([...emoji].filter(([name]) => !names.includes(name)));

  it('because its weights are pickles is refused before anything is fetched', async () => {
    const { hub, run } = await open({ models: { [NAME]: without(WEIGHTS) } });
    await expect(run()).rejects.toThrow(
      `${NAME} has its weights only as pickles (pytorch_model.bin), which can run any code and are not read here. Load it with transformers, save it with save_pretrained(safe_serialization=True), and name that folder with --model.`,
    );
    expect(fileRequests(hub)).toEqual([]);
  });

  it.each([
    [['config.json'], 'has no config.json'],
    [['tokenizer.json'], 'has no tokenizer.json'],
    [
      ['preprocessor_config.json', 'processor_config.json'],
      'has no preprocessor_config.json or processor_config.json',
    ],
    [[WEIGHTS, 'pytorch_model.bin'], 'has no weights as model.safetensors'],
  ])('because it lacks %o is refused', async (names, says) => {
    const { run } = await open({ models: { [NAME]: without(...names) } });
    await expect(run()).rejects.toThrow(says);
  });

  it('because it is another architecture is refused before its weights are fetched', async () => {
    const bert = new Map([...emoji, ['config.json', Buffer.from('{"model_type":"bert"}')]]);
    const { hub, run } = await open({ models: { [NAME]: bert } });
    await expect(run()).rejects.toThrow('model_type is "bert"');
    expect(hub.requests.filter(isWeights)).toEqual([]);
  });

  it('because its index names what is not there is refused', async () => {
    const index = Buffer.from(JSON.stringify({ weight_map: { a: '../../secrets.safetensors' } }));
    const files = new Map([...without(WEIGHTS), ['model.safetensors.index.json', index]]);
    const { run } = await open({ models: { [NAME]: files } });
    await expect(run()).rejects.toThrow('lists no ../../secrets.safetensors, which its index');
  });
});

describe('a disk with too little room', () => {
  it('is noticed before the weights are fetched', async () => {
    const { cache, hub, run } = await open();
    await expect(run({ freeBytes: async () => 1_000_000 })).rejects.toThrow(
      `${NAME} needs 10.7 MB more, but ${cache} has room for 1.0 MB. Free some, or set HF_HUB_CACHE to a folder on another disk.`,
    );
    expect(hub.requests.filter(isWeights)).toEqual([]);
  });

  it('has enough for what an earlier pull left to fetch', async () => {
    let cut = true;
    const { run } = await open({
      fault: (request) => (cut && isWeights(request) ? { cutAfter: HALF } : undefined),
    });
    const controller = new AbortController();
    const note = () => controller.abort();
    await expect(run({ signal: controller.signal }, ID, note)).rejects.toThrow();
    cut = false;
    await expect(run({ freeBytes: async () => size - 1 })).resolves.toBeDefined();
  });
});

describe('two pulls of one model at once', () => {
  it('fetch it once: the second waits for the first', async () => {
    const { hub, run, notes } = await open();
    const [first, second] = await Promise.all([run(), run()]);
    expect(first).toEqual(second);
    expect(hub.requests.filter(isWeights)).toHaveLength(1);
    expect(notes).toEqual([`Another blipcord is at work on ${NAME}. Waiting for it.`]);
  });

  it('of which one ends early: the other goes on', async () => {
    const stalled = deferred();
    const { hub, run } = await open({
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

interface Report {
  readonly kind: 'begin' | 'advance' | 'end';
  readonly bytes: number;
  readonly here?: number;
}

interface Stage {
  readonly hub: LocalHub;
  readonly cache: string;
  readonly reports: Report[];
  readonly notes: string[];
  readonly run: (options?: Partial<PullOptions>, id?: ModelId, onNote?: () => void) => Promise<Pulled>;
}

async function open({ models = { [NAME]: emoji }, fault }: Partial<LocalHubOptions> = {}): Promise<Stage> {
  const hub = await startLocalHub({ models, ...(fault && { fault }) });
  const cache = temporaryFolder();
  onTestFinished(() => hub.close());
  const reports: Report[] = [];
  const notes: string[] = [];
  const run: Stage['run'] = (options, id = ID, onNote = () => {}) =>
    pull(id, {
      endpoint: hub.endpoint,
      token: undefined,
      cache,
      signal: new AbortController().signal,
      pauseMs: 1,
      reporter: {
        begin: (bytes, here) => reports.push({ kind: 'begin', bytes, here }),
        advance: (bytes) => reports.push({ kind: 'advance', bytes }),
        end: () => reports.push({ kind: 'end', bytes: 0 }),
        note(text) {
          notes.push(text);
          onNote();
        },
      },
      ...options,
    });
  return { hub, cache, reports, notes, run };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'blipcord-hub-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** From the host that sends the bytes. */
const isWeights = ({ host, path }: HubRequest) => host === 'cdn' && path === WEIGHTS;

/** Files that were asked for at the hub. */
function fileRequests({ requests }: LocalHub): string[] {
  return requests.filter(({ host, path }) => host === 'hub' && !path.startsWith('/')).map(({ path }) => path);
}
