// The answers of an evaluation in a file, a line of JSON each, written as they come: what was cut off goes on from there.
import { appendFile, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { isJsonObject } from '../../models/checkpoint/json-file.ts';
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
 * @throws UsageError for a file of another run, naming what differs, or of something else
 */
export async function openResults(path: string, header: RunHeader): Promise<Answers> {
  if ((await sizeOf(path)) === 0) {
    await writeFile(path, `${JSON.stringify(header)}\n`).catch((error: Error) => {
      throw new UsageError(`${path} can't be written: ${error.message}. Name another file with --out.`);
    });
    return new Map();
  }
  const results = await readResults(path);
  const other = findDifference(results.header, JSON.parse(JSON.stringify(header)));
  if (other !== undefined) {
    throw new UsageError(
      `${path} holds answers of another run: its ${other}. Name another file with --out, or delete it.`,
    );
  }
  await dropCutLine(path);
  return results.answers;
}

export async function appendResult(path: string, answer: TaskAnswer): Promise<void> {
  await appendFile(path, `${JSON.stringify(answer)}\n`);
}

/** @throws UsageError for what no evaluation wrote, naming the line where only one is strange */
export async function readResults(path: string): Promise<Results> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} can't be read: ${error.message}. Name a file that --out wrote.`);
  });
  // What follows the last line's end was cut off.
  const [first = '', ...lines] = text.split('\n').slice(0, -1);
  const header = parseJson(first);
  if (!isJsonObject(header) || header.program !== PROGRAM) {
    throw new UsageError(
      `${path} holds no answers of blipcord eval. Name a file that --out wrote, or a new one.`,
    );
  }
  return { header, answers: new Map(lines.map((line, at) => readAnswer(path, line, at + 2))) };
}

const answer = z.looseObject({ id: z.string(), history: z.boolean(), answer: z.string() });

function readAnswer(path: string, line: string, number: number): [string, TaskAnswer] {
  const { data } = answer.safeParse(parseJson(line));
  if (data !== undefined) return [taskKey(data.id, data.history), data as unknown as TaskAnswer];
  throw new UsageError(
    `${path}: line ${number} holds no answer of blipcord eval. Delete that line, and its question is asked again.`,
  );
}

/** Undefined for what is no JSON. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** In every header. */
export const PROGRAM = 'blipcord eval';

/** Fields that hold a hash, which tells people nothing. */
const HASHED: Readonly<Record<string, string>> = {
  items: 'questions or pictures are others',
  fingerprint: 'weights are others',
};

/** The first, as in `protocol.question.numBeams is 5 there, and 3 here`. */
function findDifference(there: unknown, here: unknown, path: readonly string[] = []): string | undefined {
  if (isJsonObject(there) && isJsonObject(here)) {
    for (const key of Object.keys({ ...there, ...here })) {
      const found = findDifference(there[key], here[key], [...path, key]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (isDeepStrictEqual(there, here)) return undefined;
  const name = path.join('.');
  if (name in HASHED) return HASHED[name];
  const [one, other] = [there, here].map((value) => JSON.stringify(value) ?? 'not set');
  return `${name} is ${one} there, and ${other} here`;
}

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
