// What the embedded checkpoint knows by name: the table that its training reads as well.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Thing {
  readonly name: string;
  readonly plural: string;
  /** "animal", "fruit", ... */
  readonly kind: string;
  /** The emoji that show it, the most usual first, as Iconify's sets name them. */
  readonly emoji: readonly string[];
}

const table = new URL('../../models/emoji/training/concepts.tsv', import.meta.url);

export function readThings(): Thing[] {
  const lines = readFileSync(table, 'utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', plural = '', kind = '', , emoji = ''] = line.split('\t');
      return { name, plural, kind, emoji: emoji.split(' ') };
    });
}

/** Those that a checkpoint of `models/emoji/training` knows: each word of a name, and each part of one, is a token. */
export function thingsKnownTo(modelFolder: string): Thing[] {
  const { model } = JSON.parse(readFileSync(join(modelFolder, 'tokenizer.json'), 'utf8'));
  const tokens = (name: string) => name.split(' ').flatMap((word) => `\u0120${word}`.split('-'));
  return readThings().filter(({ name }) => tokens(name).every((token) => token in model.vocab));
}

const irregular: Readonly<Record<string, string>> = { broccoli: 'some broccoli', scissors: 'scissors' };

/** "an owl" */
export function withArticle({ name }: Pick<Thing, 'name'>): string {
  return irregular[name] ?? (/^(?!uni)[aeiou]/.test(name) ? `an ${name}` : `a ${name}`);
}
