// The last lines of what writes a model's weights: what it can be used with from now on.
import type { WeightPrecision } from '../../models/backend.ts';
import { modelKind } from '../hub/cached-models.ts';
import { type CliIo, printLine } from './cli-io.ts';

export interface Usable {
  readonly folder: string;
  /** Where it isn't known already. */
  readonly model?: string;
  readonly weights: WeightPrecision | undefined;
}

/** The bot takes no model that matches. */
export function sayUse({ folder, model, weights }: Usable, io: CliIo): void {
  const matches = modelKind(folder) === 'retrieval';
  const named = (option: string, value: string | undefined) => (value === undefined ? [] : [option + value]);
  const options = [...named('--model ', model), ...named('--weights ', weights)].join(' ');
  const settings = [...named('BLIPCORD_MODEL=', model), ...named('BLIPCORD_WEIGHTS=', weights)].join(' ');
  printLine(io.stdout, `Use it with ${options}${matches ? '' : `, or in the bot with ${settings}`}.`);
  if (matches && weights === 'int4') printLine(io.stdout, NOTHING_IN_4_BITS);
}

const NOTHING_IN_4_BITS =
  'This model has no language model, and nothing else is kept in 4 bits: with int8 it says the same.';
