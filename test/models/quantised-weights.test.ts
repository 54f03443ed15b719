// Which of the weights that lie in a folder are used, and when quantised ones are refused.
import { appendFile, copyFile, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import { readSafetensors } from '../../models/checkpoint/safetensors.ts';
import { makeRecipe } from '../../models/quantise/parts.ts';
import { readGolden, readRetrievalGolden, writeCheckpoint } from './support/goldens.ts';
import { quantiseFolder } from './support/quantise-folder.ts';

const plain = readGolden('plain');
const folder = quantiseFolder();
const { quantise, file } = folder;

describe('weights that are asked for', () => {
  const read = (weights?: 'auto' | 'int4' | 'int8') => readCheckpoint(folder.path, weights);

  it('are refused where there are none, with the command that makes them', async () => {
    await writeCheckpoint(folder.path, plain);
    await expect(read('int8')).rejects.toThrow(
      `${folder.path} has no weights in int8. Make them: blipcord quantize ${folder.path} --weights int8`,
    );
  });

  it('are refused where the checkpoint has others by now', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise();
    expect((await read('int4')).weights.quantisation?.weights).toBe('int4');
    const source = join(folder.path, 'model.safetensors');
    const bytes = await readFile(source);
    await writeFile(source, bytes.fill(0, bytes.length - 4));
    await expect(read('int4')).rejects.toThrow(
      /was made from other weights than lie beside it now\. Make it again: blipcord quantize .* --weights int4$/,
    );
    expect((await quantise()).written).toBe(true);
    await read('int4');
  });

  it('are by default those that the checkpoint came with, or else what was made of them', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise();
    const stored = await read();
    expect(stored.weights.quantisation).toBeUndefined();
    await rm(join(folder.path, 'model.safetensors'));
    const quantised = await read('auto');
    expect(quantised.weights.quantisation?.weights).toBe('int4');
    expect(quantised.fingerprint).not.toBe(stored.fingerprint);
  });

  it('are by default the widest of those that no CPU has to widen', async () => {
    await writeCheckpoint(folder.path, plain);
    for (const weights of ['f16', 'int4', 'int8'] as const) await quantise({ recipe: makeRecipe(weights) });
    await rm(join(folder.path, 'model.safetensors'));
    for (const weights of ['int8', 'int4', 'f16']) {
      expect((await read()).weights.quantisation?.weights).toBe(weights);
      await rm(join(folder.path, `model.${weights}.safetensors`));
    }
  });

  it('are refused where config.json is another', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise();
    const narrow = {
      ...plain.config,
      text_config: { ...(plain.config as { text_config?: object }).text_config, ffn_dim: 32 },
    };
    await writeFile(join(folder.path, 'config.json'), JSON.stringify(narrow));
    const { LocalBackend } = await import('../../models/local-backend.ts');
    const preprocess = async () => new Float32Array();
    await expect(LocalBackend.open(folder.path, { preprocess, weights: 'int4' })).rejects.toThrow(
      /config\.json asks for .*fc1\.weight\.values as U8 \[.*\], but it is U8 \[.*\]\. Use the config\.json/,
    );
  });

  it('are refused where the file is of another making, or cut off', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise();
    await rename(file(), join(folder.path, 'model.int8.safetensors'));
    await copyFile(join(folder.path, 'model.safetensors'), file());
    await expect(read('int4')).rejects.toThrow(
      `was not made by this version of blipcord. Make it again: blipcord quantize ${folder.path} --weights int4`,
    );
    await truncate(join(folder.path, 'model.int8.safetensors'), 5000);
    await expect(read('int8')).rejects.toThrow(
      new RegExp(`cut off.*\\. Make it again: blipcord quantize ${folder.path} --weights int8$`),
    );
  });

  it('are refused where the file has the name of another precision', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise({ recipe: makeRecipe('int8') });
    await rename(join(folder.path, 'model.int8.safetensors'), file());
    await expect(read('int4')).rejects.toThrow(
      `${file()} holds weights in int8. Rename it to model.int8.safetensors, or make it again: blipcord quantize ${folder.path} --weights int4`,
    );
    await quantise();
    expect((await read('int4')).weights.quantisation?.weights).toBe('int4');
  });

  it('are refused where the file is garbage, with what makes it, while damaged wide ones are to be downloaded', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise();
    const source = join(folder.path, 'model.safetensors');
    await truncate(source, 5000);
    await expect(read('int4')).rejects.toThrow(/model\.safetensors.* cut off.*\. Download it again\.$/);
    await writeFile(file(), 'garbage');
    const again = `Make it again: blipcord quantize ${folder.path} --weights int4`;
    await expect(read('int4')).rejects.toThrow(again);
    await rm(source);
    await expect(read('int4')).rejects.toThrow(
      `Make it again: as soon as the checkpoint's own weights lie there, run blipcord quantize ${folder.path} --weights int4`,
    );
  });

  it('are to be made again as they were', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise({ recipe: makeRecipe('int4', ['head=f32', 'vision=f16', 'decoder=int4'], 128) });
    const again = `Make it again: blipcord quantize ${folder.path} --weights int4 --keep vision=f16 head=f32 --block 128`;
    await appendFile(file(), 'more');
    await expect(read('int4')).rejects.toThrow(again);
    await truncate(file(), (await stat(file())).size - 1000);
    await expect(read('int4')).rejects.toThrow(`cut off`);
    await expect(read('int4')).rejects.toThrow(again);
    await quantise({ recipe: makeRecipe('int4', ['head=f32', 'vision=f16'], 128) });
    const source = join(folder.path, 'model.safetensors');
    const bytes = await readFile(source);
    await writeFile(source, bytes.fill(0, bytes.length - 4));
    await expect(read('int4')).rejects.toThrow(again);
  });

  it('are used as they are where a Git LFS pointer lies beside them', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise();
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n';
    await writeFile(join(folder.path, 'model.safetensors'), pointer);
    expect((await read('int4')).weights.quantisation?.weights).toBe('int4');
    await expect(read('auto')).rejects.toThrow('git lfs pull');
  });

  it('are said to be there where what lies beside them is damaged', async () => {
    await writeCheckpoint(folder.path, plain);
    await quantise();
    const source = join(folder.path, 'model.safetensors');
    await truncate(source, 5000);
    await expect(read('int4')).rejects.toThrow(
      /5000 bytes.*\. If the weights in int4 will do, which are there, delete it instead\. Download it again\.$/,
    );
    await rm(source);
    expect((await read('int4')).weights.quantisation?.weights).toBe('int4');
  });

  it('are those of a checkpoint that matches, too', async () => {
    await writeCheckpoint(folder.path, readRetrievalGolden('plain'));
    await quantise();
    const { tensors } = await readSafetensors(file());
    expect(tensors.get('itm_head.weight')?.dtype).toBe('F32');
    expect(tensors.get('embeddings.word_embeddings.weight')?.dtype).toBe('F16');
    expect(tensors.get('qformer.encoder.layer.0.attention.attention.query.weight.values')?.dtype).toBe('U8');
  });
});
