// What a hub refuses, and what is refused of what it has: each with a remedy.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HubError } from '../../src/hub/hub-error.ts';
import { describeFile, type Fault, type HubRequest } from '../support/local-hub.ts';
import { emoji, fileRequests, isWeights, NAME, openHub, WEIGHTS } from './open-hub.ts';

describe('a hub that is busy', () => {
  it.each([429, 500, 503])('with status %i is asked again, for the list as for a file', async (status) => {
    const failed = new Set<string>();
    const { run, notes } = await openHub({
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
    const { run } = await openHub({
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
    const { hub, run } = await openHub({ fault: () => ({ status: 429, headers }) });
    await expect(run()).rejects.toThrow(
      /says that it gets too many requests \(status 429\)\. Try again later/,
    );
    expect(hub.requests).toHaveLength(1);
  });

  it('is given up in the end', async () => {
    const { hub, run } = await openHub({ fault: () => ({ status: 503 }) });
    await expect(run()).rejects.toThrow(/is out of order \(status 503\)\. Try again later/);
    expect(hub.requests).toHaveLength(6);
  });
});

describe('a refusal', () => {
  const gated = { status: 401, headers: { 'X-Error-Code': 'GatedRepo' } };
  const forbidden = { status: 403, headers: { 'X-Error-Code': 'GatedRepo' } };

  it('of a gated model names the licence and HF_TOKEN', async () => {
    const { hub, run } = await openHub({ fault: ({ path }) => (path === 'config.json' ? gated : undefined) });
    await expect(run()).rejects.toThrow(
      `${NAME} is gated. Accept its licence at ${hub.endpoint}/${NAME}, then set HF_TOKEN to a token of that account`,
    );
  });

  it('of a gated model to an account names the account', async () => {
    const { run } = await openHub({ fault: ({ path }) => (path === 'config.json' ? forbidden : undefined) });
    await expect(run({ token: 'hf_abc' })).rejects.toThrow(
      'the account of HF_TOKEN may not read it. Accept its licence',
    );
  });

  it('of a token says so', async () => {
    const { run } = await openHub({ fault: () => ({ status: 401 }) });
    await expect(run({ token: 'hf_abc' })).rejects.toThrow("doesn't know HF_TOKEN. Set one from");
  });

  it('for a model that is not there says so, once', async () => {
    const { hub, run } = await openHub();
    await expect(run({}, { name: 'Org/absent', revision: 'main' })).rejects.toThrow(
      'shows no model Org/absent. Check the name. Set HF_TOKEN if the model is private.',
    );
    expect(hub.requests).toHaveLength(1);
  });

  it('for a revision that is not there names it', async () => {
    const { run } = await openHub();
    await expect(run({}, { name: NAME, revision: 'v9' })).rejects.toThrow(
      `${NAME} has no revision "v9". See which`,
    );
  });
});

describe('what is no hub', () => {
  const isInfo = ({ path }: HubRequest) => path.includes('/revision/');
  const isListing = ({ path }: HubRequest) => path.includes('/tree/');
  const listing = (change: object) => {
    const [first, ...others] = [...emoji].map(describeFile);
    return { json: [{ ...first, ...change }, ...others] };
  };
  const first = [...emoji.keys()][0];

  it.each<[string, (request: HubRequest) => Fault | undefined, string]>([
    ['a page in place of the model', (request) => (isInfo(request) ? { status: 200 } : undefined), '.'],
    ['null in place of the model', (request) => (isInfo(request) ? { json: null } : undefined), '.'],
    ['a page in place of the files', (request) => (isListing(request) ? { status: 200 } : undefined), '.'],
    ['an object in place of the files', (request) => (isListing(request) ? { json: {} } : undefined), '.'],
    ['null in place of a file', (request) => (isListing(request) ? { json: [null] } : undefined), '.'],
    [
      'no commit',
      (request) => (isInfo(request) ? { json: { id: NAME } } : undefined),
      `: it names no commit of ${NAME}.`,
    ],
    [
      'a commit that leads elsewhere',
      (request) => (isInfo(request) ? { json: { id: NAME, sha: '../../evil' } } : undefined),
      `: it names no commit of ${NAME}.`,
    ],
    [
      'a file without a hash',
      (request) => (isListing(request) ? listing({ oid: undefined, lfs: undefined }) : undefined),
      `: it lists ${first} without its hash.`,
    ],
    [
      'a hash that leads elsewhere',
      (request) => (isListing(request) ? listing({ oid: '../../evil', lfs: undefined }) : undefined),
      `: it lists ${first} without its hash.`,
    ],
  ])('answers with %s, which is told, and nothing is kept', async (_what, fault, why) => {
    const { cache, hub, run } = await openHub({ fault });
    const { host } = new URL(hub.endpoint);
    await expect(run()).rejects.toThrow(
      new HubError(
        `${host} doesn't answer as a hub of models does${why} Check HF_ENDPOINT if it is set, and whether this network wants you to sign in.`,
      ),
    );
    expect(readdirSync(cache)).toEqual([]);
  });
});

describe('a model that can not be used', () => {
  const without = (...names: string[]) => new Map([...emoji].filter(([name]) => !names.includes(name)));

  it('because its weights are pickles is refused before anything is fetched', async () => {
    const { hub, run } = await openHub({ models: { [NAME]: without(WEIGHTS) } });
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
    const { run } = await openHub({ models: { [NAME]: without(...names) } });
    await expect(run()).rejects.toThrow(says);
  });

  it('because it is another architecture is refused before its weights are fetched', async () => {
    const bert = new Map([...emoji, ['config.json', Buffer.from('{"model_type":"bert"}')]]);
    const { hub, run } = await openHub({ models: { [NAME]: bert } });
    await expect(run()).rejects.toThrow('model_type is "bert"');
    expect(hub.requests.filter(isWeights)).toEqual([]);
  });

  it('because its index names what is not there is refused', async () => {
    const index = Buffer.from(JSON.stringify({ weight_map: { a: '../../secrets.safetensors' } }));
    const files = new Map([...without(WEIGHTS), ['model.safetensors.index.json', index]]);
    const { run } = await openHub({ models: { [NAME]: files } });
    await expect(run()).rejects.toThrow('lists no ../../secrets.safetensors, which its index');
  });
});
