// The graphs against PyTorch: goldens from test/oracle/make_goldens.py, weights from the formula.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import type { Decoder } from '../../models/decoder/decoder.ts';
import { planDecoder } from '../../models/decoder/plan-decoder.ts';
import { LocalBackend } from '../../models/local-backend.ts';
import { CPU, sessionOpener } from '../../models/sessions.ts';
import { drain } from './support/drain.ts';
import { difference, expectClose } from './support/expect-close.ts';
import {
  floats,
  type Golden,
  goldenPixels,
  readGolden,
  readGoldens,
  writeCheckpoint,
} from './support/goldens.ts';

const preprocess = async () => {
  throw new Error('These tests hand in pixels.');
};

describe.each(readGoldens())('$name', (golden: Golden) => {
  const { maxNewTokens } = golden;
  let folder: string;
  let backend: LocalBackend;
  let decoder: Decoder;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'blipcord-parity-'));
    const { root } = parse(folder);
    await writeCheckpoint(folder, golden);
    backend = await LocalBackend.open(folder, { preprocess });
    const plan = planDecoder(await readCheckpoint(folder), root, { precision: 'f32' });
    decoder = await plan.open(sessionOpener({ root, mapped: golden.dtype === 'F32' }, CPU));
  });

  afterAll(async () => {
    await backend.close();
    await decoder.close();
    await rm(folder, { recursive: true });
  });

  it('says the same about the picture', async () => {
    const { data } = await backend.encodePixels(goldenPixels(golden));
    expectClose(data, floats(golden.features));
  });

  it('says the same about each of several pictures in one run', async () => {
    const pixels = goldenPixels(golden);
    const mirrored = pixels.toReversed();
    const alone = await backend.encodePixels(mirrored);
    const pictures = await Promise.all([pixels, mirrored, pixels].map((each) => backend.encodePixels(each)));
    expectClose(pictures[0]?.data as Float32Array, floats(golden.features));
    expectClose(pictures[1]?.data as Float32Array, alone.data);
    expectClose(pictures[2]?.data as Float32Array, floats(golden.features));
  });

  it.each(golden.answers)(
    'gives the same tokens after "$prompt"',
    async ({ prompt, ids, tokens, text, finish }) => {
      const features = await backend.encodePixels(goldenPixels(golden));
      const { result } = await drain(backend.generate({ features, prompt, maxNewTokens }));
      expect(backend.promptIds(prompt)).toEqual(ids);
      expect(result.tokens).toEqual(tokens);
      if (text !== undefined) expect(result.text).toBe(text);
      expect(result.finish).toBe(finish);
      expect(result.promptTokens).toBe(features.queryTokens + ids.length);
    },
  );

  it.each(golden.answers)('gives the same logits after "$prompt"', async ({ ids, logits }) => {
    const features = await backend.encodePixels(goldenPixels(golden));
    const decoding = decoder.begin();
    expectClose(await decoding.prefill(features, ids), floats(logits));
    decoding.end();
  });

  const withLast = golden.answers.filter(({ lastLogits }) => lastLogits !== undefined);
  it.skipIf(withLast.length === 0).each(withLast)(
    'gives the same logits at the end of the answer to "$prompt"',
    async ({ ids, tokens, finish, lastLogits = '' }) => {
      const features = await backend.encodePixels(goldenPixels(golden));
      const decoding = decoder.begin();
      let last = await decoding.prefill(features, ids);
      for (const id of finish === 'eos' ? tokens : tokens.slice(0, -1)) {
        [last = last] = await decoding.step([{ parent: 0, id }]);
      }
      expectClose(last, floats(lastLogits));
      decoding.end();
    },
  );
});

describe('in f16, as on a GPU', () => {
  /** Weights and products keep 11 bits; norms, softmax and sums stay in f32. */
  const TOLERANCE = 1e-3;
  const F16_CASES = [
    'plain',
    'transformers-4-defaults',
    'post-norm-projected',
    't5-gated-untied',
    't5-overflowing',
  ];

  it.each(F16_CASES)('%s says nearly the same', async (name) => {
    const golden = readGolden(name);
    const folder = await mkdtemp(join(tmpdir(), 'blipcord-f16-'));
    await writeCheckpoint(folder, golden);
    const report = { device: 'cpu', precision: 'f16', fallbacks: [] } as const;
    const backend = await LocalBackend.open(folder, {
      preprocess,
      device: { report, sessionOptions: CPU },
    });
    const features = await backend.encodePixels(goldenPixels(golden));
    expectClose(features.data, floats(golden.features), TOLERANCE);
    expect(difference(features.data, floats(golden.features))).toBeGreaterThan(TOLERANCE / 1000);
    const { prompt = '', tokens } = golden.answers[2] ?? {};
    const { result } = await drain(backend.generate({ features, prompt, maxNewTokens: golden.maxNewTokens }));
    expect(result.tokens).toEqual(tokens);
    await backend.close();
    await rm(folder, { recursive: true });
  });
});
