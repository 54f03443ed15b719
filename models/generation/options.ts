// Which values the options of a generation may have, and which options exclude each other.
import { inspect } from 'node:util';
import type { EarlyStopping, GenerateRequest, GenerationOptions } from '../backend.ts';
import { RequestError } from '../errors.ts';

interface Range {
  readonly whole?: true;
  readonly above?: number;
  readonly from?: number;
  readonly to?: number;
}

/** Scores divided or multiplied by such a number stay numbers in f32. */
const FACTOR: Range = { from: 1e-6, to: 1e6 };

const RANGES: Record<Exclude<keyof GenerationOptions, 'earlyStopping'> | 'maxNewTokens', Range> = {
  numBeams: { whole: true, from: 1, to: 64 },
  lengthPenalty: {},
  repetitionPenalty: FACTOR,
  noRepeatNgramSize: { whole: true, from: 0 },
  minNewTokens: { whole: true, from: 0 },
  temperature: FACTOR,
  topK: { whole: true, from: 0 },
  topP: { above: 0, to: 1 },
  seed: { whole: true, from: 0, to: Number.MAX_SAFE_INTEGER },
  maxNewTokens: { whole: true, from: 0 },
};

type RangeName = keyof typeof RANGES;
export type OptionName = Exclude<RangeName, 'maxNewTokens'>;
const RANGE_NAMES = Object.keys(RANGES) as RangeName[];
/** Those that are numbers. */
export const OPTION_NAMES = RANGE_NAMES.filter((name) => name !== 'maxNewTokens');
/** What `earlyStopping` may be. */
export const ENDINGS = [true, false, 'never'] as const satisfies readonly EarlyStopping[];
const BY_CHANCE = ['temperature', 'topK', 'topP', 'seed'] as const;

/** Tokens are drawn as soon as one option says how. */
export const isSampled = (options: GenerationOptions) =>
  BY_CHANCE.some((name) => options[name] !== undefined);

export function isInRange(name: RangeName, value: number): boolean {
  const { whole, above = -Infinity, from = -Infinity, to = Infinity } = RANGES[name];
  const kind = whole ? Number.isSafeInteger(value) : Number.isFinite(value);
  return kind && value > above && value >= from && value <= to;
}

/** Those options alone, out of an object that holds others as well. */
export function pickOptions(options: GenerationOptions): GenerationOptions {
  return Object.fromEntries(
    [...OPTION_NAMES, 'earlyStopping' as const].flatMap((name) =>
      options[name] === undefined ? [] : [[name, options[name]]],
    ),
  );
}

/** As in `Use a whole number from 1 to 64.` */
export function rangeOf(name: RangeName): string {
  const { whole, above, from, to } = RANGES[name];
  const bounds = [
    above !== undefined && `above ${above}`,
    from !== undefined && `from ${from}`,
    to !== undefined && (above === undefined ? `to ${to}` : `and at most ${to}`),
  ];
  return [whole ? 'a whole number' : 'a number', ...bounds.filter((bound) => bound !== false)].join(' ');
}

/** @throws RequestError when a part is absent or of another kind, or as `checkOptions` */
export function checkRequest({ prompt, stop = [], ...options }: GenerateRequest): void {
  if (typeof prompt !== 'string') throw new RequestError(`prompt is ${inspect(prompt)}. Use a text.`);
  if (!Array.isArray(stop) || stop.some((text) => typeof text !== 'string')) {
    throw new RequestError(`stop is ${inspect(stop)}. Use a list of texts.`);
  }
  if (options.maxNewTokens === undefined) {
    throw new RequestError(`maxNewTokens is absent. Use ${rangeOf('maxNewTokens')}.`);
  }
  checkOptions(options);
}

/**
 * @param label what whoever gave the options calls them
 * @throws RequestError naming the first option that is out of its range or contradicts another
 */
export function checkOptions(
  options: GenerationOptions & { readonly maxNewTokens?: number },
  label: (name: RangeName | 'earlyStopping') => string = (name) => name,
): void {
  for (const name of RANGE_NAMES) {
    const value = options[name];
    if (value === undefined || isInRange(name, value)) continue;
    throw new RequestError(`${label(name)} is ${inspect(value)}. Use ${rangeOf(name)}.`);
  }
  const { numBeams = 1, minNewTokens = 0, maxNewTokens = Infinity, earlyStopping = false } = options;
  if (!ENDINGS.includes(earlyStopping)) {
    throw new RequestError(
      `${label('earlyStopping')} is ${inspect(earlyStopping)}. Use true, false or 'never'.`,
    );
  }
  const chance = BY_CHANCE.find((name) => options[name] !== undefined);
  if (numBeams > 1 && chance !== undefined) {
    throw new RequestError(
      `${label('numBeams')} searches for the likeliest answer, and ${label(chance)} draws one by chance. Leave one of them out.`,
    );
  }
  if (minNewTokens > maxNewTokens) {
    throw new RequestError(
      `${label('minNewTokens')} is ${minNewTokens}, but the answer has at most ${maxNewTokens} tokens. Lower it, or raise ${label('maxNewTokens')}.`,
    );
  }
}
