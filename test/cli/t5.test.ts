// The command line with a T5 checkpoint: tiny and random, so that what it says is compared, not judged.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalBackend } from '../../models/local-backend.ts';
import { preprocess } from '../../models/preprocess.ts';
import { drain } from '../models/support/drain.ts';
import { readGolden, writeCheckpoint } from '../models/support/goldens.ts';
import { blipcord } from '../support/run-in-process.ts';

const folder = join(import.meta.dirname, '..', 'goldens', 'emoji');
const image = 'scene3.png';
const QUERIES = 8;
const EOS = 1;
let model: string;
let backend: LocalBackend;

beforeAll(async () => {
  model = mkdtempSync(join(tmpdir(), 'blipcord-cli-t5-'));
  await writeCheckpoint(model, readGolden('t5-overflowing'));
  backend = await LocalBackend.open(model, { preprocess });
});
afterAll(async () => {
  await backend.close();
  rmSync(model, { recursive: true });
});

const run = (command: string, ...args: string[]) =>
  blipcord([command, ...args, '--model', model, '--device', 'cpu'], { folder });

async function expected(prompt: string, maxNewTokens: number) {
  const features = await backend.encodeImage(readFileSync(join(folder, image)));
  return (await drain(backend.generate({ features, prompt, maxNewTokens }))).result;
}

describe('blipcord generate with T5', () => {
  it('counts query tokens, prompt and EOS, and lets the answer be as long as is asked for', async () => {
    const prompt = 'Question: What is this? Answer:';
    const { tokens, text } = await expected(prompt, 70);
    const { stdout } = await run(
      'generate',
      '--image',
      image,
      '--prompt',
      prompt,
      '--max-new-tokens',
      '70',
      '--json',
    );
    expect(JSON.parse(stdout)).toEqual({ text, tokens, promptTokens: backend.countPromptTokens(prompt) });
    expect(backend.promptIds(prompt).at(-1)).toBe(EOS);
    expect(new Set(tokens).size).toBeGreaterThan(5);
  });

  it('captions from the BOS alone', async () => {
    const { stdout } = await run('generate', '--image', image, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      tokens: (await expected('', 40)).tokens,
      promptTokens: QUERIES + 1,
    });
  });

  it('refuses a prompt that the encoder would take too much memory for', async () => {
    const { code, stderr } = await run('generate', '--image', image, '--prompt', 'what '.repeat(2_100));
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^The prompt takes \d{4} of the 2048 positions of blipcord-cli-t5-\w+\. Shorten it\.\n$/,
    );
  });

  it('takes a prompt that is longer than what T5 was trained on', async () => {
    const prompt = 'what '.repeat(700);
    const { code, stdout } = await run(
      'generate',
      '--image',
      image,
      '--prompt',
      prompt,
      '--max-new-tokens',
      '2',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout).promptTokens).toBeGreaterThan(QUERIES + 700);
  });
});

describe('blipcord caption and ask with T5', () => {
  it('says what the model alone says', async () => {
    const prompt = 'this is a picture of';
    const { text } = await expected(prompt, 40);
    expect((await run('caption', image, '--prompt', prompt)).stdout).toBe(`${prompt} ${text}\n`);
  });

  it('answers each question as the next turn', async () => {
    const first = 'Question: What is this? Answer:';
    const { text } = await expected(first, 40);
    const { stdout } = await run('ask', image, 'What is this?', 'Why?', '--show-prompt');
    expect(stdout.split('\n').slice(0, 3)).toEqual([first, text, `${first} ${text}. Question: Why? Answer:`]);
  });

  it('fills the whole window with the question, as the answer is no part of it', async () => {
    const { stderr } = await run('ask', image, 'really '.repeat(600));
    const room = 512 - backend.countPromptTokens('');
    expect(stderr).toContain(`at most ${room} fit beside the image`);
  });
});
