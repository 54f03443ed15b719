// What models say with weights in fewer bits, beside what they say with all of them.
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WeightPrecision } from '../../models/backend.ts';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import { planDecoder } from '../../models/decoder/plan-decoder.ts';
import { PrefixCache } from '../../models/decoder/prefix-cache.ts';
import { GraphBuilder, type IntegerProducts } from '../../models/graph/builder.ts';
import { imageEncoder } from '../../models/graph/image-encoder.ts';
import { ImageEncoder } from '../../models/image-encoder.ts';
import { LocalBackend } from '../../models/local-backend.ts';
import { Matcher } from '../../models/matcher.ts';
import { makeRecipe } from '../../models/quantise/parts.ts';
import { quantiseCheckpoint } from '../../models/quantise/quantise-checkpoint.ts';
import { CPU, sessionOpener } from '../../models/sessions.ts';
import { drain } from './support/drain.ts';
import {
  EMOJI,
  floats,
  GOLDENS,
  goldenPixels,
  readGoldens,
  readRetrievalGolden,
  writeCheckpoint,
} from './support/goldens.ts';
import { normalise } from './support/normalise.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blipcord-quantise-engine-'));
});
afterAll(() => rm(root, { recursive: true }));

const quantise = (folder: string, weights: WeightPrecision, keep: readonly string[] = []) =>
  quantiseCheckpoint(folder, { recipe: makeRecipe(weights, keep) });

/** A copy of the embedded checkpoint, quantised. */
async function quantisedEmoji(weights: WeightPrecision, keep: readonly string[] = []): Promise<string> {
  const folder = await mkdtemp(join(root, 'emoji-'));
  const files = (await readdir(EMOJI)).filter((name) => /\.(json|safetensors)$/.test(name));
  for (const name of files) await copyFile(join(EMOJI, name), join(folder, name));
  await quantise(folder, weights, keep);
  return folder;
}

/** Of the difference, as a share of the whole. */
function error(actual: Float32Array, expected: Float32Array): number {
  expect(actual.length).toBe(expected.length);
  const size = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
  return size(actual.map((value, at) => value - (expected[at] ?? 0))) / size(expected);
}

interface EmojiGolden {
  readonly pictures: readonly {
    readonly file: string;
    readonly features: string;
    readonly answers: readonly { readonly prompt: string; readonly tokens: readonly number[] }[];
  }[];
}

describe('the embedded checkpoint', async () => {
  const golden = JSON.parse(await readFile(`${GOLDENS}emoji/golden.json`, 'utf8')) as EmojiGolden;
  const picture = (file: string) => readFile(`${GOLDENS}emoji/${file}`);

  it.each([
    ['f16', 0.001, 1],
    ['int8', 0.04, 0.95],
    ['int4', 0.04, 0.85],
  ] as const)(
    'in %s gives features within %d, and the share %d of the answers token for token',
    async (weights, tolerance, share) => {
      const backend = await LocalBackend.open(await quantisedEmoji(weights), {
        preprocess: normalise,
        weights,
      });
      expect(backend.info.weights).toBe(weights);
      const same: boolean[] = [];
      for (const { file, features: expected, answers } of golden.pictures) {
        const features = await backend.encodeImage(await picture(file));
        expect(error(features.data, floats(expected))).toBeLessThan(tolerance);
        for (const { prompt, tokens } of answers) {
          const { result } = await drain(backend.generate({ features, prompt, maxNewTokens: 40 }));
          same.push(String(result.tokens) === String(tokens));
        }
      }
      expect(same.filter(Boolean).length / same.length).toBeGreaterThanOrEqual(share);
      await backend.close();
    },
  );

  it.each(['int8', 'int4'] as const)(
    'in %s says the same in one batch, with beams, and after what it has kept of earlier turns',
    async (weights) => {
      const folder = await quantisedEmoji(weights);
      const open = (prefixes?: PrefixCache) =>
        LocalBackend.open(folder, { preprocess: normalise, weights, ...(prefixes && { prefixes }) });
      const [alone, kept] = [await open(), await open(new PrefixCache(64 << 20))];
      const [{ file, answers } = { file: '', answers: [] }] = golden.pictures;
      const features = await alone.encodeImage(await picture(file));
      const prompts = answers.map(({ prompt }) => prompt);
      const request = (prompt: string) => ({ features, prompt, maxNewTokens: 12 });
      const say = async (backend: LocalBackend, prompt: string, numBeams = 1) =>
        (await drain(backend.generate({ ...request(prompt), numBeams }))).result.tokens;

      const each: (readonly number[])[] = [];
      for (const prompt of prompts) each.push(await say(alone, prompt));
      expect(await Promise.all(prompts.map((prompt) => say(alone, prompt)))).toEqual(each);

      const beams = await say(alone, prompts[1] ?? '', 3);
      expect(await Promise.all([say(alone, prompts[1] ?? '', 3), say(alone, prompts[2] ?? '')])).toEqual([
        beams,
        each[2],
      ]);

      const [first = '', second = ''] = prompts.filter((prompt) => prompt !== '');
      const conversation = `${first} a rocket. ${second}`;
      await say(kept, first);
      expect(await say(kept, conversation)).toEqual(await say(alone, conversation));
      await alone.close();
      await kept.close();
    },
  );

  it.each([
    ['exact', 0.025],
    ['saturating', 0.035],
    ['none', 0.015],
  ] as const)(
    'sees nearly the same where products of whole numbers are %s',
    async (products: IntegerProducts, tolerance) => {
      const { weights, config, imageProcessor } = await readCheckpoint(
        await quantisedEmoji('int8', ['qformer=f32']),
        'int8',
      );
      const start = parse(root).root;
      const graph = new GraphBuilder('image-encoder', weights, start, products);
      imageEncoder(graph, config, 'f32');
      const session = await sessionOpener({ root: start, mapped: false }, CPU)(graph.build());
      const { numQueryTokens: queryTokens } = config;
      const encoder = new ImageEncoder(session, {
        side: imageProcessor.size,
        queryTokens,
        width: config.textConfig.hiddenSize,
      });
      for (const { file, features } of golden.pictures) {
        const pixels = await normalise(await picture(file), imageProcessor);
        expect(error((await encoder.encode(pixels)).data, floats(features))).toBeLessThan(tolerance);
      }
      await encoder.close();
    },
  );
});

describe.each([
  ['int8', 0.04],
  ['int4', 0.4],
] as const)('in %s, to within %d', (weights, tolerance) => {
  it.each(readGoldens())('the logits of $name are near those of f32', async (golden) => {
    const folder = await mkdtemp(join(root, 'golden-'));
    await writeCheckpoint(folder, golden);
    await quantise(folder, weights);
    const { root: start } = parse(folder);
    const checkpoint = await readCheckpoint(folder, weights);
    expect(checkpoint.weights.names.some((name) => name.endsWith('.values'))).toBe(true);
    const open = sessionOpener({ root: start, mapped: false }, CPU);
    const decoder = await planDecoder(checkpoint, start, { precision: 'f32' }).open(open);
    const { numQueryTokens: queryTokens } = checkpoint.config;
    const data = floats(golden.features);
    const features = { data, queryTokens, width: data.length / queryTokens };
    for (const { ids, logits } of golden.answers) {
      const decoding = decoder.begin();
      expect(error(await decoding.prefill(features, ids), floats(logits))).toBeLessThan(tolerance);
      decoding.end();
    }
    await decoder.close();
  });
});

it('a checkpoint that matches does so in int8, nearly as before', async () => {
  const golden = readRetrievalGolden('plain');
  const folder = await mkdtemp(join(root, 'matcher-'));
  await writeCheckpoint(folder, golden);
  await quantise(folder, 'int8');
  const matcher = await Matcher.open(folder, {
    preprocess: async () => goldenPixels(golden),
    weights: 'int8',
  });
  const image = await matcher.embedImage(new Uint8Array());
  expect(error(image.data, floats(golden.embeddings))).toBeLessThan(0.03);
  expect(error(image.data, floats(golden.embeddings))).toBeGreaterThan(1e-5);
  for (const { text, itc, itm } of golden.texts) {
    const match = await matcher.match(image, text);
    expect(Math.abs(match.itc - itc)).toBeLessThan(0.03);
    expect(Math.abs(match.itm - itm)).toBeLessThan(0.03);
  }
  await matcher.close();
});
