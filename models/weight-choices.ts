// What a person may ask for as weights.
import type { WeightChoice } from './backend.ts';

export const weightChoices = ['auto', 'f16', 'int8', 'int4'] as const satisfies readonly WeightChoice[];
