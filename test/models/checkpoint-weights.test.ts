// Weights that are missing or of another form are said before any session is opened; others are told apart.
import { cp, mkdir, open, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import { fingerprint } from '../../models/checkpoint/fingerprint.ts';
import { readSafetensors } from '../../models/checkpoint/safetensors.ts';
import { LocalBackend } from '../../models/local-backend.ts';
import { makeRecipe } from '../../models/quantise/parts.ts';
import { quantiseCheckpoint } from '../../models/quantise/quantise-checkpoint.ts';
import { expectRefusal, type Json, newFolder, preprocess, withConfig } from './support/checkpoint-folder.ts';
import { type Golden, readGolden, writeCheckpoint, writeJson } from './support/goldens.ts';
import { appendTensor, writeSafetensors } from './support/safetensors.ts';

const plain = readGolden('plain');
const t5 = readGolden('t5-gated-untied');
const sharded = readGolden('bf16-sharded');
let folder: string;
beforeEach(async () => {
  folder = await newFolder();
});

const without = (golden: Golden, name: string): Golden => ({
  ...golden,
  tensors: Object.fromEntries(Object.entries(golden.tensors).filter(([tensor]) => tensor !== name)),
});

describe('weights', () => {
  it('that lack a tensor are refused with its name and shape', async () => {
    await writeCheckpoint(folder, without(plain, 'qformer.layernorm.bias'));
    await expectRefusal(folder, /has no tensor qformer.layernorm.bias of shape \[32\]/);
  });

  it.each([
    'encoder.block.0.layer.0.SelfAttention.relative_attention_bias',
    'decoder.block.2.layer.1.EncDecAttention.k',
  ])('that lack %s of T5 are refused with its name', async (name) => {
    await writeCheckpoint(folder, without(t5, `language_model.${name}.weight`));
    await expectRefusal(folder, new RegExp(`has no tensor language_model.${name}.weight of shape`));
  });

  it('that lack an untied head are refused', async () => {
    await writeCheckpoint(folder, without(readGolden('untied-head'), 'language_model.lm_head.weight'));
    await expectRefusal(folder, /has no tensor language_model.lm_head.weight of shape \[1200, 32\]/);
  });

  it('of another shape than the config asks for are refused', async () => {
    await withConfig(folder, (config) => Object.assign(config.text_config ?? {}, { ffn_dim: 80 }));
    await expectRefusal(
      folder,
      /layers.0.fc1.weight has shape \[64, 32\], but config.json asks for \[80, 32\]/,
    );
  });

  it.each(['vision_config', 'qformer_config', 'text_config'])(
    'with more layers than %s counts are refused with a tensor',
    async (part) => {
      await withConfig(folder, (config) => {
        config[part] = { ...config[part], num_hidden_layers: 1 };
      });
      await expectRefusal(
        folder,
        new RegExp(`${part}.num_hidden_layers is 1, but the weights have .*layers?\\.1\\..*saved with`),
      );
    },
  );

  it.each([
    ['num_layers', 1, 'num_layers is 1, but the weights have language_model.encoder.block.1.'],
    [
      'num_decoder_layers',
      1,
      'num_decoder_layers is 1, but the weights have language_model.decoder.block.1.',
    ],
  ])('of T5 with more layers than %s counts are refused with a tensor', async (field, count, message) => {
    await writeCheckpoint(folder, t5);
    const config = structuredClone(t5.config) as unknown as { text_config: Json };
    config.text_config = { ...config.text_config, [field]: count };
    await writeJson(folder, 'config.json', config);
    await expect(LocalBackend.open(folder, { preprocess })).rejects.toThrow(message);
  });

  it('of an unsupported type are refused', async () => {
    await writeCheckpoint(folder, plain);
    const file = join(folder, 'model.safetensors');
    const bytes = await readFile(file);
    bytes.write(bytes.toString('latin1', 0, 20_000).replaceAll('"F32"', '"I32"'), 0, 'latin1');
    await writeFile(file, bytes);
    await expectRefusal(folder, /is of type I32. Convert the checkpoint to F32, F16 or BF16/);
  });

  it('that are only pickled are refused with what to do', async () => {
    await writeCheckpoint(folder, plain);
    await rename(join(folder, 'model.safetensors'), join(folder, 'pytorch_model.bin'));
    await expectRefusal(folder, /only as pickles \(pytorch_model.bin\).*save_pretrained/);
  });

  it('that are not there at all are asked for', async () => {
    await writeCheckpoint(folder, plain);
    await rm(join(folder, 'model.safetensors'));
    await expectRefusal(folder, /neither model.safetensors nor model.safetensors.index.json/);
  });

  it('that lack a shard are refused with its name', async () => {
    await writeCheckpoint(folder, sharded);
    await rm(join(folder, 'model-00002-of-00003.safetensors'));
    await expectRefusal(folder, /has no model-00002-of-00003.safetensors, which its index names/);
  });

  it.each(['../weights.safetensors', '..', '.', '', '/etc/hostname', 'shards/one.safetensors', 'C:\\one'])(
    'are not looked for outside the folder, at %j',
    async (name) => {
      await writeCheckpoint(folder, sharded);
      await writeJson(folder, 'model.safetensors.index.json', { weight_map: { query_tokens: name } });
      await expectRefusal(folder, /index.json names the file ".*". Name only files that lie beside it/);
    },
  );

  it('behind symbolic links, as in the cache of the Hub, are read where they lie', async () => {
    const blobs = join(folder, 'blobs');
    const snapshot = join(folder, 'snapshots', 'main');
    await writeCheckpoint(blobs, sharded);
    await mkdir(snapshot, { recursive: true });
    for (const name of [...new Set(Object.values(sharded.files)), 'config.json', 'processor_config.json']) {
      await rename(join(blobs, name), join(blobs, `hash-of-${name}`));
      await symlink(join(blobs, `hash-of-${name}`), join(snapshot, name));
    }
    for (const name of ['tokenizer.json', 'tokenizer_config.json', 'model.safetensors.index.json']) {
      await symlink(join(blobs, name), join(snapshot, name));
    }
    await using backend = await disposable(snapshot);
    expect(backend.value.info.name).toBe('main');
  });
});

describe('weights that are used as they lie in the file', () => {
  const mapped = async (golden: Golden, unused?: readonly [dtype: string, bytes: number]) => {
    await writeCheckpoint(folder, golden);
    if (unused) await appendTensor(join(folder, 'model.safetensors'), 'embeddings.position_ids', ...unused);
    return (await readCheckpoint(folder)).weights.canBeMapped;
  };

  it('are those whose numbers are all F32', async () => {
    expect(await mapped(plain)).toBe(true);
    expect(await mapped(readGolden('no-qkv-bias-f16'))).toBe(false);
  });

  it('may lie beside what is no weight, such as the positions that old versions of transformers wrote', async () => {
    expect(await mapped(plain, ['I64', 16])).toBe(true);
    expect(await mapped(plain, ['BOOL', 4])).toBe(true);
    expect(await mapped(plain, ['F16', 4])).toBe(false);
  });

  it('are none of those that were quantised, whose products are quicker packed', async () => {
    await writeCheckpoint(folder, plain);
    await quantiseCheckpoint(folder, { recipe: makeRecipe('int8', ['embeddings=f32']) });
    const { weights } = await readCheckpoint(folder, 'int8');
    expect(weights.storedIn).toBe('f32');
    expect(weights.canBeMapped).toBe(false);
  });
});

describe('the fingerprint', () => {
  const read = async (path: string) => (await readCheckpoint(path)).fingerprint;

  it('is the same for a copy and changes with the weights and the configuration', async () => {
    await writeCheckpoint(folder, plain);
    const copy = join(await newFolder(), 'copy');
    await cp(folder, copy, { recursive: true });
    const before = await read(folder);
    expect(await read(copy)).toBe(before);

    const file = join(copy, 'model.safetensors');
    const bytes = await readFile(file);
    await writeFile(file, bytes.fill(0, bytes.length - 4));
    const reweighted = await read(copy);
    expect(reweighted).not.toBe(before);

    await writeJson(copy, 'generation_config.json', { max_new_tokens: 3 });
    expect(await read(copy)).not.toBe(reweighted);
  });

  it('changes with the start and the end of every tensor, however small beside the others', async () => {
    const file = join(folder, 'model.safetensors');
    const zeros = (length: number) => ({
      dtype: 'F32' as const,
      shape: [length],
      values: new Float32Array(length),
    });
    const lengths = [300_000, 3, 90_000, 1, 500_000, 7];
    await writeSafetensors(file, new Map(lengths.map((length, at) => [`tensor-${at}`, zeros(length)])));
    const weights = await readSafetensors(file);
    const read = () => fingerprint(folder, [weights]);
    const seen = [await read()];
    await using handle = await open(file, 'r+');
    for (const { offset, byteLength } of weights.tensors.values()) {
      for (const position of [offset, offset + byteLength - 1]) {
        await handle.write(Buffer.of(1), 0, 1, position);
        seen.push(await read());
      }
    }
    expect(new Set(seen).size).toBe(1 + 2 * lengths.length);
  });
});

async function disposable(path: string) {
  const value = await LocalBackend.open(path, { preprocess });
  return { value, [Symbol.asyncDispose]: () => value.close() };
}
