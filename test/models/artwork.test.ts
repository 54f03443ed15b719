import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (name: string) =>
  readFileSync(new URL(`../../models/emoji/training/${name}`, import.meta.url), 'utf8');

interface IconsOfSet {
  readonly licence: string;
  readonly tones?: Readonly<Record<string, string>>;
  readonly drawings: Readonly<Record<string, string>>;
}

const icons: Readonly<Record<string, IconsOfSet>> = JSON.parse(read('icons.json'));
const { trained, heldOut } = JSON.parse(read('artwork.json')) as Record<string, Record<string, string>>;

describe('the artwork that the embedded model is trained on', () => {
  it('has licences that let anybody use what was learned from it', () => {
    const licences = [...Object.values(trained ?? {}), ...Object.values(icons).map(({ licence }) => licence)];
    const free = /, (Apache-2\.0|MIT|ISC|CC-BY-[34]\.0|CC0-1\.0|OFL-1\.1)$/;
    expect(licences.filter((licence) => !free.test(licence))).toEqual([]);
  });

  it('holds nothing of the artists who are kept for the test', () => {
    const used = [...Object.keys(trained ?? {}), ...Object.keys(icons)];
    expect(used.filter((set) => heldOut?.[set] !== undefined)).toEqual([]);
  });

  it('says what each icon shows by the name of a thing that the model learns', () => {
    const concepts = new Set(
      read('concepts.tsv')
        .split('\n')
        .map((line) => line.split('\t')[0]),
    );
    const named = Object.values(icons).flatMap(({ drawings }) => Object.keys(drawings));
    expect(named.filter((name) => !concepts.has(name))).toEqual([]);
  });

  it('colours icons in with the three tones that stencils know', () => {
    const tones = Object.values(icons).flatMap((set) => Object.values(set.tones ?? {}));
    expect(new Set(tones)).toEqual(new Set(['base', 'second', 'line']));
  });
});
