// The options of `blipcord generate` that say how tokens are chosen.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { EarlyStopping, GenerationOptions } from '../../models/backend.ts';
import {
  checkOptions,
  ENDINGS,
  isInRange,
  OPTION_NAMES,
  type OptionName,
  rangeOf,
} from '../../models/generation/options.ts';

const DESCRIPTIONS: Record<OptionName, string> = {
  numBeams: 'search for the likeliest answer with so many beams',
  lengthPenalty: 'for beams: above 0 favours long answers, below 0 short ones (default: 1)',
  repetitionPenalty: 'above 1: make what the prompt or the answer says already less likely',
  noRepeatNgramSize: 'let no sequence of so many tokens come twice',
  minNewTokens: 'let the answer not end before so many tokens',
  temperature: 'draw tokens by chance; below 1: likely ones more often',
  topK: 'draw only from the so many likeliest tokens',
  topP: 'draw only from the likeliest tokens that have this share of the probability together',
  seed: 'draw the same tokens each time',
};

/** @param names those of them that are numbers; all by default */
export function addGenerationOptions(command: Command, names: readonly OptionName[] = OPTION_NAMES): Command {
  for (const name of names) {
    command.option(`${flagOf(name)} <number>`, DESCRIPTIONS[name], (text) => parse(name, text));
  }
  const when = new Option(
    '--early-stopping <when>',
    'for beams: true: end with the first complete answers; never: only when none can become better (default: false)',
  );
  return command.addOption(when.argParser(parseEnding));
}

/** @throws RequestError when they contradict each other */
export function checkFlags(options: GenerationOptions & { readonly maxNewTokens?: number }): void {
  checkOptions(options, flagOf);
}

/** `--top-k` */
export const flagOf = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function parseEnding(text: string): EarlyStopping {
  const ending = ENDINGS.find((one) => String(one) === text);
  if (ending === undefined) throw new InvalidArgumentError('Use true, false or never.');
  return ending;
}

function parse(name: OptionName, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!isInRange(name, value)) throw new InvalidArgumentError(`Use ${rangeOf(name)}.`);
  return value;
}
