// Scenes as a list that `blipcord eval` reads.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findImages } from '../../src/eval/find-images.ts';
import type { Item } from '../../src/eval/items.ts';
import { readItems } from '../../src/eval/read-items.ts';
import { Artist } from './paint.ts';
import { type PaintedScene, paintScenes } from './paint-scenes.ts';
import { readThings, thingsKnownTo } from './things.ts';
import { writeScenes } from './write-scenes.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;
let scenes: PaintedScene[];
let items: Item[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'blipcord-scenes-'));
  scenes = [];
  const things = thingsKnownTo(join(root, 'models', 'emoji'));
  const source = { artist: new Artist('twemoji', join(root, 'package.json')), things, scenes: 8, seed: 5 };
  for await (const painted of paintScenes(source)) scenes.push(painted);
  const { file } = await writeScenes(folder, source);
  ({ items } = await readItems({ paths: [file] }));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the scenes of an evaluation', () => {
  it('lie beside the list, as they were painted', () => {
    const images = findImages(items, folder);
    expect(images.size).toBe(scenes.length);
    const [first] = images.values();
    expect(readFileSync(first ?? '').equals(scenes[0]?.picture ?? Buffer.of())).toBe(true);
  });

  it('come with every question about them, the turns before it and all right answers', () => {
    const asked = scenes.flatMap(({ questions }, at) => questions.map((one) => ({ at, ...one })));
    const read = items.flatMap((item) => (item.sort === 'question' ? [item] : []));
    expect(read.some(({ before }) => before.length > 0)).toBe(true);
    expect(
      read.map(({ images, kind, question, before, expected }) => ({
        at: Number.parseInt(images[0] ?? '', 10) - 1,
        kind,
        before,
        question,
        accepts: 'accepts' in expected ? expected.accepts : [],
      })),
    ).toEqual(asked);
  });

  it('come with captions that name the things and the background', () => {
    const captions = items.flatMap((item) => (item.sort === 'caption' ? [item] : []));
    expect(captions).toHaveLength(scenes.length);
    for (const [at, { references }] of captions.entries()) {
      const { things, background } = scenes[at]?.scene ?? { things: [], background: [] };
      for (const { thing } of things)
        expect(references[0]).toMatch(new RegExp(`${thing.name}|${thing.plural}`));
      for (const colour of background) expect(references[0]).toContain(colour);
    }
  });

  it('show what the embedded checkpoint knows by name, and nothing else', () => {
    const known = thingsKnownTo(join(root, 'models', 'emoji')).map(({ name }) => name);
    expect(known).toContain('rocket');
    expect(known.length).toBeGreaterThan(80);
    expect(known.length).toBeLessThanOrEqual(readThings().length);
    const shown = scenes.flatMap(({ scene }) => scene.things.map(({ thing }) => thing.name));
    expect(shown.filter((name) => !known.includes(name))).toEqual([]);
  });
});
