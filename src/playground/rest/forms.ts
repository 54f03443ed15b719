// Checks a body against a shape and tells what is wrong in Discord's words.
import { z } from 'zod';
import { invalidFormOf } from '../errors.ts';

/** @throws DiscordError 50035 that names every wrong field */
export function parseForm<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
  const result = shape.safeParse(body ?? {}, { reportInput: true });
  if (result.success) return result.data;
  throw invalidFormOf(
    result.error.issues.map((issue) => ({ path: issue.path.map(String), ...wordsFor(issue) })),
  );
}

/** A text whose length Discord limits. */
export function text(most: number, least = 0) {
  const words =
    least === 0
      ? { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${most} or fewer in length.` }
      : { code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between ${least} and ${most} in length.` };
  return z.string().check((context) => {
    const { length } = context.value;
    if (length >= least && length <= most) return;
    context.issues.push({ code: 'custom', input: context.value, params: words });
  });
}

/** A text that may not be empty; of one that is, Discord says that it lacks. */
export function requiredText(most: number) {
  return text(most).check(({ value, issues }) => {
    if (value.trim() === '') {
      issues.push({ code: 'custom', input: value, params: { ...required } });
    }
  });
}

const required = { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' } as const;

export const snowflake = z.string().check((context) => {
  if (/^\d{1,20}$/.test(context.value)) return;
  const message = `Value "${context.value}" is not snowflake.`;
  context.issues.push({
    code: 'custom',
    input: context.value,
    params: { code: 'NUMBER_TYPE_COERCE', message },
  });
});

/** What a check of a whole object has to say about one of its fields. */
export function problem(input: unknown, path: readonly (string | number)[], code: string, message: string) {
  return { code: 'custom' as const, input, path: [...path], params: { code, message } };
}

type Issue = z.core.$ZodIssue;
type Words = { readonly code: string; readonly message: string };

function wordsFor(issue: Issue): Words {
  if (issue.code === 'custom' && issue.params?.code !== undefined) return issue.params as Words;
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat();
    const [first] = inner.filter(({ code }) => code !== 'invalid_type');
    if (first !== undefined) return wordsFor(first);
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return required;
  }
  if (issue.code === 'invalid_type') return typeWords(issue.expected, issue.input);
  if (issue.code === 'invalid_value') {
    return {
      code: 'BASE_TYPE_CHOICES',
      message: `Value must be one of {${issue.values.map(String).join(', ')}}.`,
    };
  }
  if (issue.code === 'too_big' && issue.origin === 'array') {
    return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${issue.maximum} or fewer in length.` };
  }
  if (issue.code === 'too_big') {
    return {
      code: 'NUMBER_TYPE_MAX',
      message: `int value should be less than or equal to ${issue.maximum}.`,
    };
  }
  if (issue.code === 'too_small') {
    return {
      code: 'NUMBER_TYPE_MIN',
      message: `int value should be greater than or equal to ${issue.minimum}.`,
    };
  }
  return { code: 'STRING_TYPE_REGEX', message: 'String value did not match validation regex.' };
}

function typeWords(expected: string, input: unknown): Words {
  if (expected === 'object') {
    return { code: 'MODEL_TYPE_CONVERT', message: 'Only dictionaries may be used in a ModelType' };
  }
  if (expected === 'array') {
    return { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' };
  }
  if (expected === 'number' || expected === 'int') {
    return { code: 'NUMBER_TYPE_COERCE', message: `Value "${String(input)}" is not int.` };
  }
  return {
    code: `${expected.toUpperCase()}_TYPE_CONVERT`,
    message: `Could not interpret "${String(input)}" as ${expected}.`,
  };
}
