// What the page's routes find in their context, and how they read what was sent.
import type { Context } from 'hono';
import { z } from 'zod';
import type { Discord, Person } from '../discord.ts';
import { createPerson } from '../person.ts';
import type { Upload } from '../state/attachments.ts';
import { UseError } from '../state/use-error.ts';

export interface PageEnv {
  readonly Variables: {
    /** Who sits before the page. */
    readonly person: Person;
  };
}

export type PageContext = Context<PageEnv>;

/** @returns undefined for an id that is nobody's */
export function findPerson({ world, me }: Discord, id: string | undefined): Person | undefined {
  if (id === undefined || id === me.user.id) return me;
  const user = world.users.get(id);
  return user === undefined || user.bot ? undefined : createPerson(world, user);
}

/** @throws UseError when it is not JSON of this shape */
export async function readJson<Shape extends z.ZodType>(
  context: Context,
  shape: Shape,
): Promise<z.output<Shape>> {
  return checked(shape, await context.req.json().catch(() => undefined));
}

/** @throws UseError when it is no form, or its payload has not this shape */
export async function readForm<Shape extends z.ZodType>(
  context: Context,
  shape: Shape,
): Promise<{ payload: z.output<Shape>; files: Map<string, Upload> }> {
  const form = await context.req.formData().catch((error: unknown) => {
    throw new UseError('The page sent no form.', { cause: error });
  });
  const payload = checked(shape, parseJson(form.get('payload')));
  const files = new Map<string, Upload>();
  for (const [field, value] of form) {
    if (typeof value === 'string') continue;
    const key = field.startsWith('file.') ? field : `${field} ${files.size}`;
    files.set(key, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { payload, files };
}

function checked<Shape extends z.ZodType>(shape: Shape, value: unknown): z.output<Shape> {
  const read = shape.safeParse(value);
  if (!read.success) throw new UseError(`The page sent a bad request: ${z.prettifyError(read.error)}`);
  return read.data;
}

function parseJson(value: FormDataEntryValue | null): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return undefined;
  }
}
