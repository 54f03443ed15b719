// The file that quantising writes: what is in it, and what is said where none can be written.
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import type { OptConfig } from '../../models/checkpoint/config.ts';
import { readWeights } from '../../models/checkpoint/read-weights.ts';
import { readSafetensors } from '../../models/checkpoint/safetensors.ts';
import { CheckpointError } from '../../models/errors.ts';
import { defaultBlockSize } from '../../models/quantise/default-block-size.ts';
import { makeRecipe } from '../../models/quantise/parts.ts';
import { type BlockSize, quantiseBlocks } from '../../models/quantise/quantise-blocks.ts';
import { plannedBytes } from '../../models/quantise/quantise-checkpoint.ts';
import { numbers } from './support/formula.ts';
import { readGolden, readRetrievalGolden, writeCheckpoint } from './support/goldens.ts';
import { quantiseFolder } from './support/quantise-folder.ts';

const plain = readGolden('plain');
const folder = quantiseFolder();
const { quantise, file, leftOvers } = folder;

describe('a quantised file', () => {
  it('has of each part what was asked for, and the rest in f32', async () => {
    await writeCheckpoint(folder.path, readGolden('untied-head'));
    const types = async (keep: readonly string[]) => {
      await quantise({ recipe: makeRecipe('int4', keep) });
      const { tensors } = await readSafetensors(file());
      return Object.fromEntries([...tensors].map(([name, { dtype }]) => [name, dtype]));
    };
    const [vision, decoder] = ['vision_model.encoder.layers.0', 'language_model.model.decoder'];
    expect(await types([])).toMatchObject({
      [`${vision}.mlp.fc1.weight.values`]: 'I8',
      [`${vision}.mlp.fc1.weight.scales`]: 'F32',
      [`${vision}.mlp.fc1.bias`]: 'F32',
      [`${vision}.layer_norm1.weight`]: 'F32',
      'vision_model.embeddings.patch_embedding.weight': 'F32',
      'qformer.encoder.layer.0.attention.attention.query.weight.values': 'U8',
      'language_projection.weight.values': 'U8',
      [`${decoder}.layers.0.fc1.weight.values`]: 'U8',
      [`${decoder}.layers.0.fc1.weight.zero_points`]: 'U8',
      [`${decoder}.embed_tokens.weight`]: 'F16',
      [`${decoder}.embed_positions.weight`]: 'F32',
      'language_model.lm_head.weight.values': 'U8',
    });
    const keep = ['vision=f16', 'qformer=f32', 'decoder=int8', 'head=f32', 'embeddings=f32'];
    const wide = await types(keep);
    expect(wide).toMatchObject({
      [`${vision}.mlp.fc1.weight`]: 'F16',
      'language_projection.weight': 'F32',
      [`${decoder}.layers.0.fc1.weight.values`]: 'U8',
      [`${decoder}.embed_tokens.weight`]: 'F32',
      'language_model.lm_head.weight': 'F32',
    });
    expect(Object.keys(wide)).not.toContain(`${decoder}.layers.0.fc1.weight.zero_points`);
  });

  it('holds a table of words that is the head as well once or twice, as its two uses need it', async () => {
    await writeCheckpoint(folder.path, plain);
    const words = 'language_model.model.decoder.embed_tokens.weight';
    const types = async (keep: readonly string[]) => {
      await quantise({ recipe: makeRecipe('int4', keep) });
      const { tensors } = await readSafetensors(file());
      return [tensors.get(words)?.dtype, tensors.get(`${words}.values`)?.dtype];
    };
    expect(await types([])).toEqual(['F16', 'U8']);
    expect(await types(['head=f16'])).toEqual(['F16', undefined]);
    expect(await types(['head=f32'])).toEqual(['F32', undefined]);
    expect(await types(['head=f16', 'embeddings=f32'])).toEqual(['F32', undefined]);
  });

  it.each(['plain', 'untied-head', 't5-bf16-sharded'])(
    'is known in size from the config.json of %s',
    async (name) => {
      await writeCheckpoint(folder.path, readGolden(name));
      for (const weights of ['f16', 'int8', 'int4'] as const) {
        const planned = await plannedBytes(folder.path, makeRecipe(weights));
        expect((await quantise({ recipe: makeRecipe(weights) })).bytes).toBe(planned);
      }
    },
  );

  it('begins every tensor at a multiple of 64 bytes, and holds there what the maths make of the matrix', async () => {
    const golden = readGolden('t5-bf16-sharded'); // of sizes that need to be filled up
    await writeCheckpoint(folder.path, golden);
    await quantise();
    const { tensors } = await readSafetensors(file());
    const names = [...tensors.keys()];
    expect(names.filter((name) => name.endsWith('.values.padding')).length).toBeGreaterThan(5);
    for (const [name, { offset }] of tensors) {
      if (!name.endsWith('.padding')) expect(offset % 64).toBe(0);
    }
    const matrices = names.filter((name) => name.endsWith('.zero_points'));
    expect(matrices.length).toBeGreaterThan(10);
    for (const name of matrices.map((each) => each.replace('.zero_points', ''))) {
      const { shape: [rows = 0, width = 0] = [], formula, seed = name } = golden.tensors[name] ?? {};
      const matrix = numbers(seed, rows * width, formula ?? [0, 0, 1]);
      const made = quantiseBlocks(matrix, width, { bits: 4, blockSize: 32, zeroPoints: true });
      expect([...(await bytesOf(`${name}.values`))]).toEqual([...made.values]);
      expect([...(await bytesOf(`${name}.zero_points`))]).toEqual([...(made.zeroPoints ?? [])]);
      expect((await bytesOf(`${name}.scales`)).equals(Buffer.from(made.scales.buffer))).toBe(true);
    }
  });

  it('is the same whatever type the checkpoint has, if that can hold its weights', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise();
    const { tensors } = await readSafetensors(file());
    const name = 'language_model.model.decoder.layers.0.fc1.weight.values';
    const { offset = 0, byteLength = 0 } = tensors.get(name) ?? {};
    expect(byteLength).toBeGreaterThan(0);
    const values = (await readFile(file())).subarray(offset, offset + byteLength);
    for (const dtype of ['F16', 'BF16'] as const) {
      const formula = { tensors: roundedTensors() };
      folder.path = await mkdtemp(join(folder.path, dtype));
      await writeCheckpoint(folder.path, { ...plain, ...formula, dtype: 'F32' });
      await quantise();
      const wide = await bytesOf(name);
      await writeCheckpoint(folder.path, { ...plain, ...formula, dtype });
      await quantise();
      expect((await bytesOf(name)).equals(wide)).toBe(true);
      expect(wide.byteLength).toBe(values.byteLength);
    }
  });

  it('stays as it is when it is made again, and is replaced for another recipe', async () => {
    await writeCheckpoint(folder.path, plain);
    expect((await quantise()).written).toBe(true);
    const before = await readFile(file());
    expect((await quantise()).written).toBe(false);
    expect((await quantise({ recipe: makeRecipe('int4', ['head=f32']) })).written).toBe(true);
    expect((await readFile(file())).equals(before)).toBe(false);
  });

  it('is made again where the weights were written to, wherever that was, and is used until then', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise();
    const before = await readFile(file());
    await folder.changeWeight();
    await readWeights(folder.path, 'int4');
    expect((await quantise()).written).toBe(true);
    expect((await readFile(file())).equals(before)).toBe(false);
    expect((await quantise()).written).toBe(false);
  });

  it('that does not tell of the times of the weights, as earlier ones, goes by the fingerprint', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise();
    await withoutTimes();
    await readWeights(folder.path, 'int4');
    expect((await quantise()).written).toBe(false);
    const source = join(folder.path, 'model.safetensors');
    const bytes = await readFile(source);
    await writeFile(source, bytes.fill(0, bytes.length - 4));
    expect((await quantise()).written).toBe(true);
  });

  it('has blocks of 32, of 128 where the language model is wide, or as the recipe says', async () => {
    await writeCheckpoint(folder.path, plain);
    const blockSize = async (asked?: BlockSize) => {
      await quantise({ recipe: makeRecipe('int4', [], asked) });
      return (await readWeights(folder.path, 'int4')).quantisation?.blockSize;
    };
    expect(await blockSize()).toBe(32);
    expect(await blockSize(128)).toBe(128);
    const { config } = await readCheckpoint(folder.path);
    const text = config.textConfig as OptConfig;
    const wide = (wordEmbedProjDim: number) => ({ ...config, textConfig: { ...text, wordEmbedProjDim } });
    expect([2047, 2048].map((width) => defaultBlockSize(wide(width)))).toEqual([32, 128]);
  });

  it('tells how far it is, up to the last byte, and leaves nothing else behind', async () => {
    await writeCheckpoint(folder.path, plain);
    const seen: number[] = [];
    const { bytes } = await quantise({ onProgress: (written) => seen.push(written) });
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(bytes);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect((await readFile(file())).byteLength).toBe(bytes);
    expect(await leftOvers()).toEqual([]);
  });
});

describe('quantising says what is wrong and what to do', () => {
  it.each([
    [
      ['wings=f16'],
      '"wings=f16" names no part of the model. Write part=type, as in vision=f16; parts are vision',
    ],
    [['vision'], '"vision": vision can be int8, f16, f32. Choose one of them.'],
    [['vision=int4'], '"vision=int4": vision can be int8, f16, f32. Choose one of them.'],
    [['embeddings=int8'], '"embeddings=int8": embeddings can be f16, f32. Choose one of them.'],
    [['head=f16=f32'], '"head=f16=f32" names no part'],
  ])('when asked to keep %j', (keep, message) => {
    expect(() => makeRecipe('int8', keep)).toThrow(CheckpointError);
    expect(() => makeRecipe('int8', keep)).toThrow(message);
  });

  const decoder = 'language_model.model.decoder';
  const noNumber = 'has a value that is no finite number. Download the checkpoint again.';
  const tooLarge = (part: string) =>
    `has a value that f16 can't hold. Keep its part in f32: --keep ${part}=f32`;
  it.each([
    ['int4', `${decoder}.layers.0.fc1.weight`, Number.NaN, noNumber],
    ['int8', `${decoder}.layers.0.fc1.weight`, Number.POSITIVE_INFINITY, noNumber],
    ['int8', 'vision_model.encoder.layers.0.mlp.fc1.weight', Number.NEGATIVE_INFINITY, noNumber],
    ['f16', `${decoder}.embed_tokens.weight`, Number.NaN, noNumber],
    ['int8', `${decoder}.layers.0.fc1.bias`, Number.NaN, noNumber],
    ['f16', `${decoder}.layers.0.fc1.weight`, 70_000, tooLarge('decoder')],
    ['f16', 'vision_model.encoder.layers.0.mlp.fc1.weight', 70_000, tooLarge('vision')],
    ['f16', 'language_projection.weight', 70_000, tooLarge('qformer')],
    ['int8', `${decoder}.embed_tokens.weight`, 70_000, tooLarge('embeddings')],
  ] as const)(
    'of values that %s can not hold, and leaves nothing: %s',
    async (weights, name, value, message) => {
      await writeCheckpoint(folder.path, plain);
      const source = join(folder.path, 'model.safetensors');
      const { tensors } = await readSafetensors(source);
      const bytes = Buffer.from(Float32Array.of(value).buffer);
      await using handle = await open(source, 'r+');
      await handle.write(bytes, 0, 4, tensors.get(name)?.offset ?? 0);
      await expect(quantise({ recipe: makeRecipe(weights) })).rejects.toThrow(
        `${source}: ${name} ${message}`,
      );
      expect(await leftOvers()).toEqual([]);
    },
  );

  it('of a folder in the place of the file, before anything is written', async () => {
    await writeCheckpoint(folder.path, plain);
    await mkdir(file());
    await expect(quantise()).rejects.toThrow(
      `${file()} is a folder, where the weights are to lie. Move it away, and run it again.`,
    );
    expect(await leftOvers()).toEqual([]);
  });

  it('of a full disk, with fewer bits for a remedy only where those make the file smaller', async () => {
    await writeCheckpoint(folder.path, readRetrievalGolden('plain'));
    const freeBytes = async () => 10_000;
    const refused = (...recipe: Parameters<typeof makeRecipe>) =>
      expect(quantise({ freeBytes, recipe: makeRecipe(...recipe) })).rejects;
    await refused('int8').toThrow(/are needed\. Make room\.$/);
    await refused('int8', ['vision=f32'], 64).toThrow(/are needed\. Make room\.$/);
    await refused('f16').toThrow(/are needed\. Make room, or choose fewer bits\.$/);
  });

  it('of a full disk, before anything is written', async () => {
    await writeCheckpoint(folder.path, plain);
    const before = await readdir(folder.path);
    const full = /The disk of .* has 10\.0 kB free, and \d+ kB are needed\. Make room/;
    const freeBytes = async () => 10_000;
    await expect(quantise({ freeBytes })).rejects.toThrow(new RegExp(`${full.source}\\.$`));
    for (const weights of ['int8', 'f16'] as const) {
      await expect(quantise({ freeBytes, recipe: makeRecipe(weights) })).rejects.toThrow(
        new RegExp(`${full.source}, or choose fewer bits\\.$`),
      );
    }
    expect(await readdir(folder.path)).toEqual(before);
  });

  it('of a checkpoint whose own weights are not there, unless that is made already', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise();
    await rm(join(folder.path, 'model.safetensors'));
    expect((await quantise()).written).toBe(false);
    const missing = 'has neither model.safetensors nor model.safetensors.index.json. Download the weights.';
    await expect(quantise({ recipe: makeRecipe('int8') })).rejects.toThrow(new RegExp(`${missing}$`));
    await expect(quantise({ recipe: makeRecipe('int4', [], 64) })).rejects.toThrow(
      `${file()} was made by another recipe, and can be used. By this one it can't be made: ${folder.path} ${missing}`,
    );
  });
});

/** Weights that all types hold exactly: seven bits each. */
const roundedTensors = () =>
  Object.fromEntries(
    Object.entries(plain.tensors).map(([name, tensor]) => {
      const [, exponent] = tensor.formula;
      return [name, { ...tensor, formula: [0, exponent, 7] as const }];
    }),
  );

/** As it was written before it told of them. */
async function withoutTimes(): Promise<void> {
  const { header, metadata } = await readSafetensors(file());
  const { sourceState, ...told } = JSON.parse(String(metadata.blipcord));
  expect(sourceState).toMatch(/^[0-9a-f]{32}$/);
  const content = JSON.parse(Buffer.from(header).toString());
  const json = JSON.stringify({
    ...content,
    __metadata__: { ...content.__metadata__, blipcord: JSON.stringify(told) },
  });
  const text = json.padEnd(Math.ceil((8 + json.length) / 64) * 64 - 8);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const weights = (await readFile(file())).subarray(8 + header.length);
  await writeFile(file(), Buffer.concat([length, Buffer.from(text), weights]));
}

async function bytesOf(name: string): Promise<Buffer> {
  const { tensors } = await readSafetensors(file());
  const { offset = 0, byteLength = 0 } = tensors.get(name) ?? {};
  return (await readFile(file())).subarray(offset, offset + byteLength);
}
