// One line of a batch: what may stand in it, and a sentence about what may not.
import { inspect } from 'node:util';
import { z } from 'zod';
import { checkOptions, ENDINGS, OPTION_NAMES } from '../../models/generation/options.ts';
import { UsageError } from '../usage-error.ts';
import type { RunRequest } from './run-model.ts';
import { LONGEST_LINE } from './split-lines.ts';

export interface BatchLine extends RunRequest {
  /** A file. */
  readonly image: string;
}

const number = z.number({ error: 'Use a number.' }).optional();
const text = z.string({ error: 'Use a text.' });
const schema = z.strictObject({
  image: text.min(1, { error: 'Name a file.' }),
  /** null, as whoever comes from Python writes None, is no prompt either. */
  prompt: text.nullish().transform((prompt) => prompt ?? ''),
  maxNewTokens: z
    .int({ error: 'Use a whole number from 1.' })
    .min(1, { error: 'Use a whole number from 1.' })
    .optional(),
  stop: z
    .array(z.string({ error: 'Use a text.' }).min(1, { error: "Use a text that isn't empty." }), {
      error: 'Use a list of texts.',
    })
    .default([]),
  earlyStopping: z.literal(ENDINGS, { error: 'Use true, false or "never".' }).optional(),
  ...(Object.fromEntries(OPTION_NAMES.map((name) => [name, number])) as Record<
    (typeof OPTION_NAMES)[number],
    typeof number
  >),
});

/**
 * @throws UsageError for what is no JSON object of these options
 * @throws RequestError for an option that is out of its range or contradicts another
 */
export function parseBatchLine(line: string): BatchLine {
  const parsed = schema.safeParse(parseJson(line), { reportInput: true });
  if (!parsed.success) throw new UsageError(parsed.error.issues.map((issue) => describe(issue)).join(' '));
  checkOptions(parsed.data as BatchLine);
  return parsed.data as BatchLine;
}

function parseJson(line: string): unknown {
  if (line.length > LONGEST_LINE)
    throw new UsageError(`The line is longer than ${LONGEST_LINE} characters. Shorten it.`);
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new UsageError(`The line is no JSON (${(error as Error).message}). Write {"image": "photo.jpg"}.`);
  }
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `Unknown option ${issue.keys.map((key) => `"${key}"`).join(', ')}. Use: ${Object.keys(schema.shape).join(', ')}.`;
  }
  if (issue.path.length === 0) return 'The line is no JSON object. Write {"image": "photo.jpg"}.';
  const name = issue.path.join('.');
  if (issue.input === undefined) return `${name} is absent. ${issue.message}`;
  return `${name} is ${inspect(issue.input)}. ${issue.message}`;
}
