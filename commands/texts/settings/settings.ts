import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { zh } from './zh.ts';

/** /settings, with its options, and what holds on a server or in a channel. */
export const settings = { en, de, es, fr, ja, zh };
