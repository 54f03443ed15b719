// The command line with the embedded checkpoint, about pictures whose right answers are known.
import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { animated, plain } from '../support/animation.ts';
import { blipcord } from '../support/run-in-process.ts';

const folder = join(import.meta.dirname, '..', 'goldens', 'emoji');
const { pictures } = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8'));
const rocket = 'scene3.png';

describe('blipcord generate', () => {
  it("prints the reference's text, tokens and count as one line of JSON", async () => {
    const picture = pictures.find(({ file }: { file: string }) => file === rocket);
    for (const { prompt, text, tokens, promptTokens } of picture.answers.slice(0, 3)) {
      const run = await generate('--prompt', prompt, '--json');
      expect(run.stdout).toBe(`${JSON.stringify({ text, tokens, promptTokens })}\n`);
    }
  });

  it('prints the text alone without --json', async () => {
    expect((await generate()).stdout).toBe('a rocket on a red background\n');
  });

  it('says on stderr which frame of an animation it looked at, as ask and caption do', async () => {
    const here = await mkdtemp(join(tmpdir(), 'blipcord-'));
    const drawing = await sharp(readFileSync(join(folder, rocket)))
      .resize(128, 128)
      .png()
      .toBuffer();
    await writeFile(join(here, 'party.gif'), await animated([await plain('#fff', 128), drawing]));
    for (const args of [['generate', '--image'], ['caption'], ['ask']]) {
      const question = args[0] === 'ask' ? ['What is this?', 'Is there a bee?'] : [];
      const { stdout, stderr } = await blipcord([...args, 'party.gif', ...question], { folder: here });
      expect(stdout).toMatch(/^a rocket/);
      expect(stderr).toBe('Looked at frame 2 of 2.\n');
    }
    expect((await generate()).stderr).toBe('');
  });

  it('ends after --max-new-tokens', async () => {
    const { tokens } = JSON.parse((await generate('--json', '--max-new-tokens', '3')).stdout);
    expect(tokens).toHaveLength(3);
  });

  it('ends before a text that --stop names, and before none by default', async () => {
    expect((await generate('--stop', ' on a')).stdout).toBe('a rocket\n');
  });

  it('searches with beams and penalties as the reference does', async () => {
    const search = [
      '--num-beams',
      '5',
      '--length-penalty',
      '-1',
      '--min-new-tokens',
      '6',
      '--early-stopping',
      'never',
      '--json',
    ];
    const prompt = 'Question: What is in the picture? Answer:';
    const found = searched(prompt, { numBeams: 5, minNewTokens: 6, lengthPenalty: -1 });
    const args = ['generate', '--image', 'scene1.png', '--prompt', prompt];
    const { text, tokens, ...rest } = JSON.parse((await blipcord([...args, ...search], { folder })).stdout);
    expect(tokens).toEqual(found.tokens.filter((id) => id !== found.eos));
    expect(text).not.toBe('');
    expect(Object.keys(rest)).toEqual(['promptTokens']);
  });

  it('takes every penalty, and draws the same answer with the same seed', async () => {
    const drawn = (seed: string) =>
      generate('--temperature', '4', '--top-k', '300', '--top-p', '0.99', '--seed', seed);
    expect((await drawn('3')).stdout).toBe((await drawn('3')).stdout);
    expect((await drawn('4')).stdout).not.toBe((await drawn('3')).stdout);
    // " on" comes after "rocket" as in the prompt, and " a" was said before.
    const penalties = [
      '--repetition-penalty',
      '1.1',
      '--no-repeat-ngram-size',
      '2',
      '--prompt',
      'a rocket on',
    ];
    const { code, stdout } = await generate(...penalties);
    expect({ code, stdout: stdout.length > 1 }).toEqual({ code: 0, stdout: true });
  });

  it('refuses a shortest answer that is longer than the checkpoint lets answers be', async () => {
    const { code, stderr } = await generate('--min-new-tokens', '41');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^--min-new-tokens is 41, but the answer has at most 40 tokens\. .*\n$/);
  });

  it('refuses a prompt that the decoder has no positions for', async () => {
    const { code, stderr } = await generate('--prompt', 'rocket '.repeat(2_000));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^The prompt takes \d+ of the 1024 positions of emoji\. Shorten it\.\n$/);
  });

  const generate = (...args: string[]) => blipcord(['generate', '--image', rocket, ...args], { folder });
});

describe('blipcord caption', () => {
  it('says what an image shows', async () => {
    expect(await blipcord(['caption', rocket], { folder })).toMatchObject({
      code: 0,
      stdout: 'a rocket on a red background\n',
      stderr: '',
    });
  });

  it('goes on where --prompt ends', async () => {
    const { stdout } = await blipcord(['caption', rocket, '--prompt', 'this is a picture of'], { folder });
    expect(stdout).toBe('this is a picture of a rocket on a red background\n');
  });
});

describe('blipcord ask', () => {
  it('answers each question as the next turn, and shows the exact prompts', async () => {
    const questions = ['What is this?', 'What color is behind it?', 'Is there a car?'];
    const { stdout } = await blipcord(['ask', rocket, ...questions, '--show-prompt'], { folder });
    expect(stdout.split('\n')).toEqual([
      'Question: What is this? Answer:',
      'a rocket',
      'Question: What is this? Answer: a rocket. Question: What color is behind it? Answer:',
      'behind the rocket is red',
      'Question: What is this? Answer: a rocket. Question: What color is behind it? Answer: behind the rocket is red. Question: Is there a car? Answer:',
      'no',
      '',
    ]);
  });

  it('refuses a question that is longer than the window', async () => {
    const { code, stderr } = await blipcord(['ask', rocket, 'really '.repeat(600)], { folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^That is [\d,]+ tokens long, and at most \d+ fit beside the image\./);
  });
});

describe('blipcord chat', () => {
  it('answers line by line until /quit, and goes on after a question that does not fit', async () => {
    const input = `What is this?\n\n${'really '.repeat(600)}\nWhat color is behind it?\n/quit\nIs there a car?\n`;
    const { code, stdout } = await blipcord(['chat', rocket], { folder, input });
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'a rocket',
      expect.stringContaining('fit beside the image'),
      'behind the rocket is red',
      '',
    ]);
  });
});

/** What transformers' beam search gives with these options: made by test/oracle/make_generation_goldens.py. */
function searched(prompt: string, options: object): { tokens: readonly number[]; eos: number } {
  const cases = JSON.parse(readFileSync(join(folder, '..', 'generation', 'emoji.json'), 'utf8'));
  return cases.find((one: { prompt: string; options: object }) => {
    return one.prompt === prompt && isDeepStrictEqual(one.options, options);
  });
}
