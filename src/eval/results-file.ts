// The answers of an evaluation in a file, a line of JSON each, written as they come: what was cut off goes on from there.
import { appendFile, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../usage-error.ts';
import type { TaskAnswer } from './answer-tasks.ts';
import { taskKey } from './tasks.ts';

/** What answers depend on; they are mixed with no others. */
export type RunHeader = Readonly<Record<string, unknown>>;

export type Answers = Map<string, TaskAnswer>;

export interface Results {
  readonly header: RunHeader;
  readonly answers: Answers;
}

/**
 * Begins a file, or reads one that a run of the same kind began.
 *
 * @throws UsageError for a file of another run, or of something else
 */
export async function openResults(path: string, header: RunHeader): Promise<Answers> {
  if ((await sizeOf(path)) === 0) {
    await writeFile(path, `${JSON.stringify(header)}\n`).catch((error: Error) => {
      throw new UsageError(`${path} can't be written: ${error.message}. Name another file with --out.`);
    });
    return new Map();
  }
  const results = await readResults(path);
  const other = Object.keys({ ...results.header, ...header }).find(
    (key) => !isDeepStrictEqual(results.header[key], JSON.parse(JSON.stringify(header[key] ?? null))),
  );
  if (other !== undefined) {
    const [there, here] = [results.header[other], header[other]].map((value) => JSON.stringify(value));
    throw new UsageError(
      `${path} holds answers of another run: its ${other} is ${there}, not ${here}. Name another file with --out, or delete it.`,
    );
  }
  await dropCutLine(path);
  return results.answers;
}

export async function appendResult(path: string, answer: TaskAnswer): Promise<void> {
  await appendFile(path, `${JSON.stringify(answer)}\n`);
}

/** @throws UsageError for what no evaluation wrote */
export async function readResults(path: string): Promise<Results> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} can't be read: ${error.message}. Name a file that --out wrote.`);
  });
  const strange = new UsageError(
    `${path} holds no answers of blipcord eval. Name a file that --out wrote, or a new one.`,
  );
  try {
    // What follows the last line's end was cut off.
    const [first, ...lines] = text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    if (first?.program !== PROGRAM) throw strange;
    return { header: first, answers: new Map(lines.map((one) => [taskKey(one.id, one.history), one])) };
  } catch {
    throw strange;
  }
}

/** In every header. */
export const PROGRAM = 'blipcord eval';

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function dropCutLine(path: string): Promise<void> {
  const bytes = await readFile(path);
  await truncate(path, bytes.lastIndexOf('\n') + 1);
}
