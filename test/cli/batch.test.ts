// `blipcord batch` with the embedded checkpoint, whose answers about these pictures are known.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Backend } from '../../models/backend.ts';
import { ImageError } from '../../models/errors.ts';
import { problem } from '../../models/problems.ts';
import { answerLines } from '../../src/cli/batch.ts';
import { packageRoot } from '../../src/package-root.ts';
import { fakeBackend } from '../conversation/fake-backend.ts';
import { blipcord } from '../support/run-in-process.ts';

// Models are opened again and again here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const folder = join(import.meta.dirname, '..', 'goldens', 'emoji');
const { pictures } = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8'));
const rocket = { image: 'scene3.png' };
const caption = 'a rocket on a red background';

describe('blipcord batch', () => {
  it("answers each line as the reference does, in the lines' order", async () => {
    const asked = pictures.flatMap((picture: { file: string; answers: { prompt: string }[] }) =>
      picture.answers.map((answer) => ({ ...answer, image: picture.file })),
    );
    const lines = asked.map(({ image, prompt }: { image: string; prompt: string }) => ({ image, prompt }));
    const { code, stderr, results } = await batch(lines);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(asked.length).toBeGreaterThan(8);
    expect(results).toEqual(
      asked.map(({ text, tokens, promptTokens }: Record<string, unknown>) => ({
        text,
        tokens,
        promptTokens,
        logprob: expect.any(Number),
      })),
    );
    for (const { logprob } of results) expect(logprob).toBeLessThan(0);
  });

  it('takes the options of generate for each line by itself', async () => {
    const { results } = await batch([
      { ...rocket, maxNewTokens: 2 },
      { ...rocket, stop: [' on a'] },
      { ...rocket, numBeams: 3, lengthPenalty: -1, earlyStopping: 'never' },
      { ...rocket, temperature: 4, topK: 300, topP: 0.99, seed: 3 },
      { ...rocket, temperature: 4, topK: 300, topP: 0.99, seed: 3 },
      { ...rocket, repetitionPenalty: 1.1, noRepeatNgramSize: 2, minNewTokens: 9 },
      rocket,
      { ...rocket, prompt: null },
    ]);
    expect(results[0]?.tokens).toHaveLength(2);
    expect(results[1]?.text).toBe('a rocket');
    expect(results[2]?.text).toBe(caption);
    // What was read once is not read again, which moves the last bits.
    const again = { ...results[4], logprob: expect.closeTo(results[4]?.logprob ?? 0, 4) };
    expect(results[3]).toEqual(again);
    expect(results[3]?.text).not.toBe(caption);
    expect(results[5]?.tokens.length).toBeGreaterThanOrEqual(9);
    expect(results[6]?.text).toBe(caption);
    expect(results[7]?.text).toBe(caption);
  });

  it('writes an error for each bad line, and answers those around it', async () => {
    const bad: [line: unknown, says: string | RegExp][] = [
      ['{"image": ', /^The line is no JSON \(.*\)\. Write \{"image": "photo\.jpg"\}\.$/],
      ['[1]', 'The line is no JSON object. Write {"image": "photo.jpg"}.'],
      ['null', 'The line is no JSON object. Write {"image": "photo.jpg"}.'],
      [{}, 'image is absent. Use a text.'],
      [{ image: 5 }, 'image is 5. Use a text.'],
      [{ image: '' }, "image is ''. Name a file."],
      [{ ...rocket, prompt: 5 }, 'prompt is 5. Use a text.'],
      [{ image: 'absent.png' }, `${join(folder, 'absent.png')} does not exist. Check its name.`],
      [{ image: '.' }, `${folder} is a folder. Name an image in it.`],
      [{ image: 'golden.json' }, /not an image|read/],
      [{ ...rocket, num_beams: 5 }, /^Unknown option "num_beams"\. Use: image, prompt, .*numBeams/],
      [{ ...rocket, numBeams: '5' }, "numBeams is '5'. Use a number."],
      [{ ...rocket, numBeams: 0 }, 'numBeams is 0. Use a whole number from 1 to 64.'],
      [{ ...rocket, topP: 1.5 }, 'topP is 1.5. Use a number above 0 and at most 1.'],
      [{ ...rocket, earlyStopping: 'true' }, 'earlyStopping is \'true\'. Use true, false or "never".'],
      [{ ...rocket, seed: null }, 'seed is null. Use a number.'],
      [{ ...rocket, maxNewTokens: 0 }, 'maxNewTokens is 0. Use a whole number from 1.'],
      [{ ...rocket, maxNewTokens: 1.5 }, 'maxNewTokens is 1.5. Use a whole number from 1.'],
      [{ ...rocket, stop: 'a' }, "stop is 'a'. Use a list of texts."],
      [{ ...rocket, stop: [''] }, "stop.0 is ''. Use a text that isn't empty."],
      [
        { ...rocket, numBeams: 5, topK: 3 },
        /^numBeams searches .* topK draws one by chance\. Leave one of them out\.$/,
      ],
      [{ ...rocket, minNewTokens: 41 }, /^minNewTokens is 41, but the answer has at most 40 tokens\./],
      [
        { ...rocket, prompt: 'rocket '.repeat(2000) },
        /^The prompt takes \d+ of the 1024 positions of emoji\. Shorten it\.$/,
      ],
      ['x'.repeat(1_100_000), /^The line is longer than 1048576 characters\. Shorten it\.$/],
    ];
    const lines = [rocket, ...bad.flatMap(([line]) => [line, rocket])];
    const { code, stderr, results } = await batch(lines);
    expect(results).toHaveLength(lines.length);
    bad.forEach(([line, says], index) => {
      const result = results[1 + 2 * index];
      expect(result, String(line)).toEqual({
        error: typeof says === 'string' ? says : expect.stringMatching(says),
      });
      expect(results[2 + 2 * index]?.text).toBe(caption);
    });
    expect(code).toBe(1);
    expect(stderr).toBe(`${bad.length} of ${lines.length} lines have an error in place of an answer.\n`);
  });

  it('reads its lines from a file', async () => {
    const file = join(temporaryFolder(), 'lines.jsonl');
    writeFileSync(file, `${JSON.stringify(rocket)}\r\n\n${JSON.stringify({ ...rocket, maxNewTokens: 1 })}`);
    const { code, stdout } = await blipcord(['batch', '--input', file], { folder });
    expect(code).toBe(0);
    expect(stdout.split('\n')).toHaveLength(3);
  });

  it('writes nothing for nothing', async () => {
    expect(await blipcord(['batch'], { folder })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it.each([
    [['--input', 'absent.jsonl'], `${join(folder, 'absent.jsonl')} does not exist. Check its name.\n`],
    [['--input', '.'], `${folder} is a folder. Name the file in it.\n`],
    [['--model', 'absent'], /^There is no model "absent"\./],
  ])('does not begin with %o', async (args, says) => {
    const { code, stdout, stderr } = await blipcord(['batch', ...args], { folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });
});

describe('lines about the same picture', () => {
  it('are answered from one encoding of it, whatever its file is called, in their order', async () => {
    const images = temporaryFolder();
    for (const [name, byte] of Object.entries({ a: 3, b: 6, copy: 3 })) {
      writeFileSync(join(images, name), Uint8Array.of(byte));
    }
    const backend = fakeBackend({ say: ({ features, prompt }) => `${features.data[0]} ${prompt}` });
    const lines = [
      { image: 'a', prompt: 'first' },
      { image: 'b', prompt: 'second' },
      { image: 'absent' },
      { image: 'a', prompt: 'third' },
      { image: 'copy', prompt: 'fourth' },
      { image: 'a', prompt: 'fifth' },
    ];
    const results = await answeredBy(backend, lines, images);
    expect(results.map(({ text, error }) => text ?? error)).toEqual([
      '1 first',
      '2 second',
      `${join(images, 'absent')} does not exist. Check its name.`,
      '1 third',
      '1 fourth',
      '1 fifth',
    ]);
    expect(backend.encoded.map(([byte]) => byte).toSorted()).toEqual([3, 6]);
  });

  it('each have their error where it is none', async () => {
    const images = temporaryFolder();
    writeFileSync(join(images, 'broken'), '');
    const backend: Backend = {
      ...fakeBackend(),
      encodeImage: async () => Promise.reject(new ImageError(problem('fileEmpty'))),
    };
    const results = await answeredBy(backend, new Array(5).fill({ image: 'broken' }), images);
    expect(results).toEqual(new Array(5).fill({ error: expect.stringContaining('The file is empty.') }));
  });
});

/** What the lines' results are when this backend answers, several at once. */
async function answeredBy(backend: Backend, lines: readonly unknown[], folder: string) {
  const stdout = new PassThrough();
  const io = { folder, stdin: Readable.from([]), stdout, stderr: new PassThrough() };
  const input = Readable.from([Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))]);
  await answerLines(input, { backend, io, signal: new AbortController().signal, textsAtOnce: 2 });
  stdout.end();
  const written = (await text(stdout)).split('\n').slice(0, -1);
  return written.map((line): { text?: string; error?: string } => JSON.parse(line));
}

describe('blipcord batch in a pipe', () => {
  it('answers a line before the next ones are there, and ends at Ctrl+C', async () => {
    const { child, stdin, nextLine, stderr } = spawnBatch();
    stdin.write(`${JSON.stringify(rocket)}\n`);
    expect(JSON.parse(await nextLine()).text).toBe(caption);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(130);
    expect(await stderr).toBe('Stopped. What was answered until here is written.\n');
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends at %s as at Ctrl+C, with the exit code of that signal', async (signal, expected) => {
    const { child, stdin, nextLine, stderr } = spawnBatch();
    stdin.write(`${JSON.stringify(rocket)}\n`);
    await nextLine();
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([expected, null]);
    expect(await stderr).toBe('Stopped. What was answered until here is written.\n');
  });

  it('writes no errors for the lines that Ctrl+C broke off, so that its output tells how far it came', async () => {
    const { child, stdin, nextLine } = spawnBatch();
    const count = 200;
    stdin.end(`${JSON.stringify({ ...rocket, minNewTokens: 30 })}\n`.repeat(count));
    const lines = [await nextLine()];
    child.kill('SIGINT');
    const exit = once(child, 'exit');
    for (let line = await nextLine(); line !== 'undefined'; line = await nextLine()) lines.push(line);
    expect((await exit)[0]).toBe(130);
    expect(lines.length).toBeLessThan(count);
    expect(lines.filter((line) => JSON.parse(line).error)).toEqual([]);
  });

  it('ends quietly when nobody reads on', async () => {
    const { child, stdin, stdout, nextLine, stderr } = spawnBatch();
    const feeding = setInterval(() => stdin.write(`${JSON.stringify(rocket)}\n`.repeat(8)), 5);
    onTestFinished(() => clearInterval(feeding));
    await nextLine();
    stdout.destroy();
    const [code] = await once(child, 'exit');
    expect({ code, stderr: await stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('reads no further than its output is taken', async () => {
    const { child, stdin, stdout } = spawnBatch();
    const long = `${JSON.stringify({ image: 'x'.repeat(50_000) })}\n`;
    stdout.pause();
    let written = 0;
    while (written < 200 && (stdin.write(long) || (await drained(stdin)))) written++;
    expect(written).toBeLessThan(200);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
});

/** What a line may hold, all of it: the test says what it should. */
interface Result {
  readonly text: string;
  readonly tokens: readonly number[];
  readonly logprob: number;
}

async function batch(lines: readonly unknown[]) {
  const input = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const { code, stdout, stderr } = await blipcord(['batch', '--device', 'cpu'], { folder, input });
  const results: Result[] = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  return { code, stderr, results };
}

function spawnBatch() {
  const command = ['--import', 'tsx', join(packageRoot(), 'src', 'cli.ts'), 'batch', '--device', 'cpu'];
  const child = spawn(process.execPath, command, { cwd: folder, stdio: 'pipe', env: { ...process.env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => String((await lines.next()).value);
  const { stdin, stdout } = child;
  stdin.on('error', () => {}); // the child may end before it has read all
  return { child: child as ChildProcess, stdin, stdout, nextLine, stderr: text(child.stderr) };
}

/** False when that takes long: nobody reads. */
async function drained(stream: NodeJS.WritableStream): Promise<boolean> {
  const patience = AbortSignal.timeout(2_000);
  return once(stream, 'drain', { signal: patience }).then(
    () => true,
    () => false,
  );
}

function temporaryFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'blipcord-batch-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}
