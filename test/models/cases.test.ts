// Many prompts for every checkpoint, greedily and with five beams, against what test/oracle/make_case_goldens.py had
// transformers answer. The pictures are of the models' own size.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageFeatures } from '../../models/backend.ts';
import { LocalBackend } from '../../models/local-backend.ts';
import { drain } from './support/drain.ts';
import { EMOJI, GOLDENS, goldenPixels, readGolden, writeCheckpoint } from './support/goldens.ts';
import { normalise } from './support/normalise.ts';

interface Case {
  readonly prompt: string;
  /** A file; by default the picture that a formula makes. */
  readonly picture?: string;
  /** With the EOS, where one came. */
  readonly greedy: readonly number[];
  /** Null where transformers' own choice was too close a call. */
  readonly beams: readonly number[] | null;
}

interface Cases {
  readonly eos: number | readonly number[];
  readonly cases: readonly Case[];
}

const NEW_TOKENS = 8;
const folder = `${GOLDENS}cases/`;
const checkpoints = readdirSync(folder).map((file) => ({
  name: basename(file, '.json'),
  ...(JSON.parse(readFileSync(folder + file, 'utf8')) as Cases),
}));
const all = checkpoints.flatMap(({ name, cases }) =>
  cases.map((one) => ({ ...one, t5: name.startsWith('t5-') })),
);
const withBeams = all.filter(({ beams }) => beams !== null);

it(`${all.length} cases of ${checkpoints.length} checkpoints are compared with transformers, ${withBeams.length} of them with five beams as well`, () => {
  expect(withBeams.length).toBeGreaterThanOrEqual(200);
  expect(withBeams.filter(({ t5 }) => t5).length).toBeGreaterThan(30);
  expect(all.filter(({ t5 }) => t5).length).toBeGreaterThan(100);
});

describe.each(checkpoints)('$name', ({ name, eos, cases }) => {
  const eosTokenIds = [eos].flat();
  let model: string;
  let backend: LocalBackend;
  const features = new Map<string | undefined, Promise<ImageFeatures>>();

  beforeAll(async () => {
    model = name === 'emoji' ? EMOJI : await mkdtemp(join(tmpdir(), 'blipcord-cases-'));
    if (name !== 'emoji') await writeCheckpoint(model, readGolden(name));
    backend = await LocalBackend.open(model, { preprocess: normalise });
  });

  afterAll(async () => {
    await backend.close();
    if (name !== 'emoji') await rm(model, { recursive: true });
  });

  it.each(cases.map((one) => ({ ...one, about: one.picture ?? 'the picture' })))(
    'says the same of $about after "$prompt"',
    async ({ prompt, picture, greedy, beams }) => {
      const seen = features.get(picture) ?? see(picture);
      features.set(picture, seen);
      const request = { features: await seen, prompt, maxNewTokens: NEW_TOKENS };
      const one = await drain(backend.generate(request));
      expect(one.result.tokens).toEqual(greedy.filter((id) => !eosTokenIds.includes(id)));
      if (beams === null) return;
      const five = await drain(backend.generate({ ...request, numBeams: 5, lengthPenalty: -1 }));
      expect(five.result.tokens).toEqual(beams.filter((id) => !eosTokenIds.includes(id)));
    },
  );

  const see = (picture: string | undefined) =>
    picture === undefined
      ? backend.encodePixels(goldenPixels(readGolden(name)))
      : backend.encodeImage(readFileSync(`${GOLDENS}emoji/${picture}`));
});
