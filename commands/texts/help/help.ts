import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { zh } from './zh.ts';

/** What the bot can do, how it is doing, and its hello in a new server. */
export const help = { en, de, es, fr, ja, zh };
