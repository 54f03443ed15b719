// Reads the JSON files of a checkpoint folder and says which field of which file is wrong.
import { basename, dirname, join } from 'node:path';
import type { ZodError, ZodType } from 'zod';
import { CheckpointError } from '../errors.ts';
import { NotRegularError, readRegularFile } from '../regular-file.ts';

/** @throws CheckpointError when the file is there but isn't a JSON object; undefined when it isn't there */
export async function readJson(folder: string, name: string): Promise<Record<string, unknown> | undefined> {
  const text = await readText(join(folder, name));
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch (error) {
    throw new CheckpointError(`${join(folder, name)} is not valid JSON. Download the checkpoint again.`, {
      cause: error,
    });
  }
  throw new CheckpointError(`${join(folder, name)} is no JSON object. Download the checkpoint again.`);
}

/** As `readJson`, but the file must be there. */
export async function requireJson(folder: string, name: string, remedy: string) {
  const value = await readJson(folder, name);
  if (value === undefined) throw new CheckpointError(`${folder} has no ${name}. ${remedy}`);
  return value;
}

export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses with a schema whose keys are camelCase; the file's keys are snake_case, and so are those in messages. */
export function parseFields<T>(schema: ZodType<T>, value: unknown, file: string): T {
  const result = schema.safeParse(camelKeys(value));
  if (result.success) return result.data;
  throw new CheckpointError(
    `${join(basename(dirname(file)), basename(file))}: ${problems(result.error)}. Correct the file, or use another checkpoint.`,
    { cause: result.error },
  );
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return (await readRegularFile(path)).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const why =
      error instanceof NotRegularError
        ? 'is no regular file. Put a file there, or a link to one.'
        : "can't be read. Check its permissions.";
    throw new CheckpointError(`${path} ${why}`, { cause: error });
  }
}

function problems(error: ZodError): string {
  return error.issues
    .map(({ path, message }) => `${path.map((key) => snake(String(key))).join('.')}: ${message}`)
    .join('; ');
}

/** Further down no schema has a field, and a file may be nested deeper than the stack is. */
const DEEPEST = 8;

function camelKeys(value: unknown, levels = DEEPEST): unknown {
  if (!isJsonObject(value) || levels === 0) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [camel(key), camelKeys(child, levels - 1)]),
  );
}

const camel = (key: string) => key.replace(/(?<=.)_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
