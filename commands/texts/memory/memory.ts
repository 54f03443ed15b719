import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { zh } from './zh.ts';

/** What is remembered and kept, and what is forgotten. */
export const memory = { en, de, es, fr, ja, zh };
