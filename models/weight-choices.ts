// What a person may ask for as weights.
import type { WeightChoice, WeightPrecision } from './backend.ts';

/** The widest first. */
export const weightPrecisions = ['f16', 'int8', 'int4'] as const satisfies readonly WeightPrecision[];
export const weightChoices = ['auto', ...weightPrecisions] as const satisfies readonly WeightChoice[];
