// How a data set's files are told apart and read.
import type { z } from 'zod';
import { UsageError } from '../../usage-error.ts';
import type { Item } from '../items.ts';
import type { LayoutName } from './names.ts';

export interface JsonFile {
  readonly path: string;
  readonly content: unknown;
}

export interface Layout {
  readonly name: LayoutName;
  /** Whose way of asking it is measured with unless another is named. */
  readonly protocol: 'bot' | 'blip2';
  /** By a look at how the files begin. */
  fits(files: readonly JsonFile[]): boolean;
  /** @throws UsageError that names the file, the place and the remedy */
  read(files: readonly JsonFile[], options: ReadOptions): Item[];
}

export interface ReadOptions {
  /** Of a file with several. */
  readonly split?: string | undefined;
}

/** @throws UsageError with the first thing that is wrong */
export function readAs<T>(schema: z.ZodType<T>, { path, content }: JsonFile): T {
  const parsed = schema.safeParse(content, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue?.path.length ? `${issue.path.join('.')}: ` : '';
  throw new UsageError(
    `${path}: ${at}${issue?.message.replace(/\.$/, '')}. blipcord eval --help shows what belongs there.`,
  );
}

/** Fields of an object, or none of what is no object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** The first of a list, or undefined. */
export function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}

/** `12 (and 3 others)` */
export function andOthers(names: readonly unknown[]): string {
  const [first, ...others] = names;
  return `${first}${others.length === 0 ? '' : ` (and ${others.length} ${others.length === 1 ? 'other' : 'others'})`}`;
}
