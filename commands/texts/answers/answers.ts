import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { zh } from './zh.ts';

/** What stands with answers: buttons, menus, small print, and how a thread begins. */
export const answers = { en, de, es, fr, ja, zh };
