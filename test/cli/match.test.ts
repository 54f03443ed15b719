// The command line with a checkpoint that matches: tiny and random, so that what it says is compared, not judged.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GOLDENS, readRetrievalGolden, writeCheckpoint } from '../models/support/goldens.ts';
import { blipcord } from '../support/run-in-process.ts';

/** Made by test/oracle/make_retrieval_goldens.py. */
interface GoldenMatches {
  readonly file: string;
  readonly texts: readonly { readonly text: string; readonly itc: number; readonly itm: number }[];
}

const folder = join(GOLDENS, 'emoji');
const golden: GoldenMatches = JSON.parse(readFileSync(join(folder, 'match.json'), 'utf8'));
const texts = golden.texts.map(({ text }) => text);
let model: string;

beforeAll(async () => {
  model = mkdtempSync(join(tmpdir(), 'blipcord-cli-match-'));
  await writeCheckpoint(model, readRetrievalGolden('plain'));
});
afterAll(() => rmSync(model, { recursive: true }));

const match = (...args: string[]) =>
  blipcord(['match', '--model', model, '--device', 'cpu', '--image', golden.file, ...args], { folder });

describe('blipcord match', () => {
  it('prints both scores as one line of JSON, the same as transformers computes', async () => {
    const { code, stdout, stderr } = await match('--text', texts[0] ?? '', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\{"itc":[\d.]+,"itm":[\d.]+\}\n$/);
    const { itc, itm } = JSON.parse(stdout);
    expect(itc).toBeCloseTo(golden.texts[0]?.itc ?? Number.NaN, 5);
    expect(itm).toBeCloseTo(golden.texts[0]?.itm ?? Number.NaN, 5);
  });

  it('prints a line for each of several texts, in their order', async () => {
    const { stdout } = await match('--json', '--text', ...texts);
    const found = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(found).toEqual(
      golden.texts.map(({ itc, itm }) => ({ itc: expect.closeTo(itc, 5), itm: expect.closeTo(itm, 5) })),
    );
  });

  it('says it in words without --json', async () => {
    const { stdout } = await match('--text', ...texts);
    expect(stdout).toBe(
      'a rocket: matches with 47.2 %, cosine 0.720\nIs there a dog?: matches with 46.2 %, cosine 0.578\n',
    );
  });
});

describe('bad input ends with exit code 2 and one sentence', () => {
  const rows: [name: string, run: () => ReturnType<typeof match>, says: string][] = [
    ['no text', () => match('--json'), "Required option '--text <text...>' not specified."],
    ['an empty text', () => match('--text', 'a rocket', ' '), 'A text is empty. Write what to look for.'],
    [
      'a text that is too long',
      () => match('--text', 'a '.repeat(70)),
      'The text has 72 tokens, but the model reads at most 64. Shorten it.',
    ],
    [
      'a model that answers',
      () => blipcord(['match', '--device', 'cpu', '--image', golden.file, '--text', 'a'], { folder }),
      "answers and can't match pictures and texts; use one of Blip2ForImageTextRetrieval, such as Salesforce/blip2-itm-vit-g.",
    ],
    [
      'a model that matches where one has to answer',
      () => blipcord(['caption', golden.file, '--device', 'cpu', '--model', model], { folder }),
      "matches pictures and texts and can't answer; use one of Blip2ForConditionalGeneration, such as Salesforce/blip2-opt-2.7b.",
    ],
  ];

  it.each(rows)('%s', async (_, run, says) => {
    const { code, stdout, stderr } = await run();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).toMatch(/^[^\n]{10,}\n$/);
  });
});
