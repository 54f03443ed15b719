import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { zh } from './zh.ts';

/** Why something can't be done, and what to do instead. */
export const refusals = { en, de, es, fr, ja, zh };
