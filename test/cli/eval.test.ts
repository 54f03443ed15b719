// `blipcord eval` with the embedded checkpoint, whose answers about these pictures are known.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Row } from '../../src/eval/report.ts';
import { packageRoot } from '../../src/package-root.ts';
import { blipcord } from '../support/run-in-process.ts';

vi.setConfig({ testTimeout: 90_000 });

const images = join(import.meta.dirname, '..', 'goldens', 'emoji');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'blipcord-eval-'));
  writeFileSync(join(folder, 'mine.json'), JSON.stringify(ITEMS));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ITEMS = [
  { image: 'scene3.png', question: 'What is in the picture?', accepts: ['rocket'], kind: 'naming' },
  { image: 'scene3.png', question: 'Is there a dog in the picture?', accepts: ['yes'], kind: 'yes or no' },
  {
    image: 'scene5.png',
    question: 'What color is the background?',
    answers: ['purple', 'purple', 'violet', 'violet', 'violet'],
    kind: 'color',
  },
  {
    image: 'scene4.png',
    question: 'What color is behind it?',
    before: [
      { question: 'Is there a guitar in the picture?', answer: 'yes' },
      { question: 'Is there a penguin in the picture?', answer: 'yes' },
    ],
    accepts: ['behind the penguin is light blue'],
    kind: 'follow-up',
  },
  { id: 'rocket', image: 'scene3.png', captions: ['a rocket on a red background', 'a rocket'] },
  { id: 'berry', image: 'scene6.png', captions: ['a strawberry beside a star'] },
];

const evaluate = (...args: string[]) => blipcord(['eval', ...args, '--device', 'cpu'], { folder });
const mine = (...args: string[]) => evaluate('mine.json', '--images', images, ...args);
const rowsOf = (stdout: string): Row[] => JSON.parse(stdout).rows;
const worthOf = (rows: readonly Row[], what: string, score = 'accuracy') =>
  rows.find((row) => row.what === what && row.score === score)?.value;
const readAnswers = () =>
  readFileSync(join(folder, 'out.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('blipcord eval', () => {
  it("scores the model's own answers, as they stand in the golden", async () => {
    const { code, stdout } = await mine('--json', '--out', 'out.jsonl');
    expect(code).toBe(0);
    const rows = rowsOf(stdout);
    expect(worthOf(rows, 'naming')).toBe(100);
    expect(worthOf(rows, 'yes or no')).toBe(0);
    // Two of five said so: (2 * 1/3 + 3 * 2/3) / 5.
    expect(worthOf(rows, 'color')).toBeCloseTo((100 * 8) / 15, 9);
    expect(worthOf(rows, 'with the turns before')).toBe(100);
    expect(worthOf(rows, 'all', 'BLEU-1')).toBeGreaterThan(30);
    const golden = JSON.parse(readFileSync(join(images, 'golden.json'), 'utf8'));
    const rocket = golden.pictures.find(({ file }: { file: string }) => file === 'scene3.png');
    const captioned = rocket.answers.find(({ prompt }: { prompt: string }) => prompt === '').text;
    expect(readAnswers()).toContainEqual(expect.objectContaining({ id: 'rocket', answer: captioned }));
    expect(JSON.parse(stdout)).toMatchObject({
      model: 'emoji',
      device: 'cpu',
      layout: 'own',
      items: 6,
      of: 6,
    });
  });

  it('goes on where it was cut, and asks nothing twice', async () => {
    const whole = await mine('--json', '--out', 'out.jsonl');
    const path = join(folder, 'out.jsonl');
    const [header, first = '', second] = readFileSync(path, 'utf8').split('\n');
    // What is kept is not asked again: it counts even where the model would say something else.
    const told = JSON.stringify({ ...JSON.parse(first), answer: 'a cat' });
    writeFileSync(path, [header, told, second, '{"id": "4", "hist'].join('\n'));
    const again = await mine('--json', '--out', 'out.jsonl');
    expect(again.stderr).toMatch(`2 of 7 answers are in ${path} already.`);
    expect(readAnswers()).toHaveLength(8);
    expect(worthOf(rowsOf(whole.stdout), 'naming')).toBe(100);
    expect(worthOf(rowsOf(again.stdout), 'naming')).toBe(0);
    const third = await mine('--json', '--out', 'out.jsonl');
    expect(third.stdout).toBe(again.stdout);
    const other = await mine('--out', 'out.jsonl', '--num-beams', '2');
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toMatch(
      /holds answers of another run: its protocol\.question\.numBeams is not set there, and 2 here\. Name another file with --out/,
    );
  });

  it('prints a table, with the difference from another run over the same questions, and from no other', async () => {
    const { stdout: table, stderr } = await mine('--out', 'out.jsonl');
    expect(table).toMatch(/^emoji, weights as stored, on cpu; all 6 of layout own\n/);
    expect(table).toMatch(/^ {2}accuracy, all +\d+\.\d +\d+\.\d to \d+\.\d +4 +3$/m);
    expect(table).toMatch(/^ {2}accuracy, what memory gives +[-+\d.]+ +one picture +1 +1$/m);
    expect(table).toMatch(/^ {2}CIDEr-D, all +\d+\.\d +\d+\.\d to \d+\.\d +2 +2$/m);
    expect(stderr).toMatch(/100 % of 7 answers/);
    const path = join(folder, 'out.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"answer":"a rocket"', '"answer":"a cat"'));
    const { stdout } = await mine('--compare', 'out.jsonl');
    expect(stdout).toMatch(/^Against out\.jsonl, in points\n {2}accuracy, all +\+25\.0 /m);
    const fewer = await mine('--limit', '3', '--compare', 'out.jsonl');
    expect(fewer).toMatchObject({ code: 2, stdout: '' });
    expect(fewer.stderr).toMatch('out.jsonl holds answers to other questions.');
  });

  it('asks a sample, and each question in one way where that is wanted', async () => {
    const { stdout } = await mine('--limit', '3', '--seed', '4', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ items: 3, of: 6 });
    await mine('--history', 'without', '--out', 'out.jsonl');
    expect(readAnswers().filter(({ history }) => history === false)).toHaveLength(1);
    expect(readAnswers()).toHaveLength(7);
  });

  it('scores what it was asked for and no more, where the file holds the other way as well', async () => {
    await mine('--history', 'with', '--out', 'out.jsonl');
    const without = rowsOf((await mine('--history', 'without', '--out', 'out.jsonl', '--json')).stdout);
    expect(readAnswers()).toHaveLength(8);
    expect(worthOf(without, 'follow-up')).toBe(0);
    const told = rowsOf((await mine('--history', 'with', '--out', 'out.jsonl', '--json')).stdout);
    expect(worthOf(told, 'follow-up')).toBe(100);
    for (const rows of [without, told]) expect(rows.filter(({ group }) => group === 'memory')).toEqual([]);
  });

  it('refuses to compare where the other run was asked in the other way alone, or answered nothing yet', async () => {
    const path = join(folder, 'out.jsonl');
    await mine('--history', 'without', '--out', 'out.jsonl');
    for (const history of ['with', 'both']) {
      const refused = await mine('--history', history, '--compare', 'out.jsonl');
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toBe(
        'out.jsonl has the questions that follow others answered without the turns before alone, and here they are scored with them. Use --history without here, or --history with there.\n',
      );
    }
    const { code } = await mine('--history', 'without', '--compare', 'out.jsonl');
    expect(code).toBe(0);
    writeFileSync(path, `${readFileSync(path, 'utf8').split('\n')[0]}\n`);
    const empty = await mine('--compare', 'out.jsonl');
    expect(empty).toMatchObject({ code: 2, stdout: '' });
    expect(empty.stderr).toBe(
      'out.jsonl holds no answers to these questions. Let that run answer some first, or leave out --compare.\n',
    );
  });

  it("reads a published layout and asks as BLIP-2's authors did, unless told otherwise", async () => {
    const sentences = [{ raw: 'A rocket.' }, { raw: 'A rocket on red.' }];
    const image = { filename: 'scene3.png', imgid: 0, split: 'test', sentences };
    writeFileSync(join(folder, 'dataset.json'), JSON.stringify({ images: [image] }));
    const { code } = await evaluate('dataset.json', '--images', images, '--out', 'out.jsonl');
    expect(code).toBe(0);
    const [header, answer] = readAnswers();
    expect(header.protocol).toMatchObject({
      questionPrompt: 'Question: {} Short answer:',
      captionPrompt: 'a photo of',
      question: { numBeams: 5, lengthPenalty: -1, maxNewTokens: 10 },
      caption: { numBeams: 5, maxNewTokens: 30, minNewTokens: 8 },
    });
    expect(answer.answer.length).toBeGreaterThan(0);
    rmSync(join(folder, 'out.jsonl'));
    const options = [
      '--protocol',
      'bot',
      '--max-new-tokens',
      '3',
      '--caption-prompt',
      'this is a picture of',
    ];
    await evaluate('dataset.json', '--images', images, '--out', 'out.jsonl', ...options);
    expect(readAnswers()[0].protocol).toMatchObject({
      captionPrompt: 'this is a picture of',
      caption: { maxNewTokens: 3 },
    });
  });

  it('lowers what a protocol asks for at least to what is asked for at most, and no more', async () => {
    const image = { filename: 'scene3.png', imgid: 0, split: 'test', sentences: [{ raw: 'A rocket.' }] };
    writeFileSync(join(folder, 'dataset.json'), JSON.stringify({ images: [image] }));
    const asked = (...args: string[]) => evaluate('dataset.json', '--images', images, ...args);
    expect((await asked('--out', 'out.jsonl', '--max-new-tokens', '5')).code).toBe(0);
    expect(readAnswers()[0].protocol).toMatchObject({
      question: { maxNewTokens: 5, minNewTokens: 1 },
      caption: { maxNewTokens: 5, minNewTokens: 5 },
    });
    const refused = await asked('--min-new-tokens', '40');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toBe(
      '--min-new-tokens is 40, but the answer has at most 30 tokens. Lower it, or raise --max-new-tokens.\n',
    );
    expect((await asked('--min-new-tokens', '20')).code).toBe(0);
  });

  it.each([
    [['absent.json'], /absent\.json does not exist\. Check its name\.$/],
    [
      ['mine.json'],
      /scene3\.png does not exist; 4 of 4 images are missing\. Name the folder .* with --images\.$/,
    ],
    [
      ['mine.json', '--images', images, '--prompt', 'What?'],
      /^--prompt has no place for the question\. Write \{\} there/,
    ],
    [['mine.json', '--images', images, '--model', 'absent'], /^There is no model "absent"\./],
    [
      ['mine.json', '--images', images, '--compare', 'absent'],
      /absent can't be read: .*Name a file that --out wrote\.$/,
    ],
    [['mine.json', '--layout', 'coco'], /mine\.json: .*blipcord eval --help shows what belongs there\.$/],
    [['mine.json', '--limit', '0'], /Use a whole number from 1\.$/],
    [[], /^Missing required argument 'file'\.$/],
  ])('says in one sentence what is wrong with %j', async (args, says) => {
    const { code, stdout, stderr } = await evaluate(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim()).toMatch(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('names a picture that is none, and keeps what was answered before', async () => {
    const items = [ITEMS[0], { image: join('..', 'emoji', 'golden.json'), captions: ['a'] }];
    writeFileSync(join(folder, 'mine.json'), JSON.stringify(items));
    const { code, stderr } = await mine('--out', 'out.jsonl');
    expect(code).toBe(2);
    expect(stderr).toMatch(/golden\.json: .*\n$/);
    expect(readAnswers()).toHaveLength(2);
  });

  it('keeps what is answered when it is interrupted', async () => {
    const many = Array.from({ length: 400 }, (_, at) => ({ ...ITEMS[at % 3], id: at }));
    writeFileSync(join(folder, 'mine.json'), JSON.stringify(many));
    const [file, out] = [join(folder, 'mine.json'), join(folder, 'out.jsonl')];
    const args = ['eval', file, '--images', images, '--out', out, '--device', 'cpu'];
    const command = ['--import', 'tsx', join(packageRoot(), 'src', 'cli.ts'), ...args];
    const child = spawn(process.execPath, command, { cwd: images, stdio: 'pipe', env: { ...process.env } });
    onTestFinished(() => void child.kill('SIGKILL'));
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said.push(chunk);
      if (chunk.includes(' answers')) child.kill('SIGINT');
    });
    const [code] = await once(child, 'exit');
    expect(code).toBe(130);
    expect(said.join('')).toMatch('Stopped. Run the same command again to go on from here.');
    expect(await text(child.stdout)).toBe('');
    expect(readAnswers().length).toBeGreaterThan(30);
    expect(readAnswers().length).toBeLessThan(400);
  });
});
