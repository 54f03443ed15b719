// What is wrong with a folder is said before any session is opened, with the name of what is wrong and a remedy.
import {
  cp,
  mkdir,
  mkdtemp,
  open,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import { readConfig } from '../../models/checkpoint/config.ts';
import { fingerprint } from '../../models/checkpoint/fingerprint.ts';
import { readSafetensors } from '../../models/checkpoint/safetensors.ts';
import { CheckpointError } from '../../models/errors.ts';
import { LocalBackend } from '../../models/local-backend.ts';
import { type Golden, readGolden, writeCheckpoint, writeJson } from './support/goldens.ts';
import { writeSafetensors } from './support/safetensors.ts';

const plain = readGolden('plain');
const t5 = readGolden('t5-gated-untied');
const sharded = readGolden('bf16-sharded');
const preprocess = async () => new Float32Array();

let root: string;
let folder: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'blipcord-checkpoint-')));
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'folder-'));
});

type Json = Record<string, unknown>;

/** Writes the plain checkpoint with some fields of config.json changed; `undefined` takes one out. */
async function withConfig(change: (config: Json & { [part: string]: Json }) => void): Promise<void> {
  await writeCheckpoint(folder, plain);
  const config = structuredClone(plain.config) as unknown as Json & { [part: string]: Json };
  change(config);
  await writeJson(folder, 'config.json', config);
}

const without = (golden: Golden, name: string): Golden => ({
  ...golden,
  tensors: Object.fromEntries(Object.entries(golden.tensors).filter(([tensor]) => tensor !== name)),
});

async function expectRefusal(message: RegExp): Promise<void> {
  const opening = LocalBackend.open(folder, { preprocess });
  await expect(opening).rejects.toThrow(CheckpointError);
  await expect(opening).rejects.toThrow(message);
}

async function readT5Config(folder: string, fields: Json) {
  const text = { model_type: 't5', ...fields };
  await writeJson(folder, 'config.json', { model_type: 'blip-2', text_config: text });
  return (await readConfig(folder)).textConfig;
}

describe('config.json', () => {
  it('fills absent fields in as transformers does', async () => {
    await writeJson(folder, 'config.json', { model_type: 'blip-2', text_config: { hidden_size: 2400 } });
    expect(await readConfig(folder)).toMatchObject({
      numQueryTokens: 32,
      visionConfig: {
        hiddenSize: 1408,
        numHiddenLayers: 39,
        imageSize: 224,
        layerNormEps: 1e-6,
        qkvBias: true,
      },
      qformerConfig: {
        hiddenSize: 768,
        numHiddenLayers: 12,
        crossAttentionFrequency: 2,
        layerNormEps: 1e-12,
      },
      textConfig: {
        modelType: 'opt',
        hiddenSize: 2400,
        wordEmbedProjDim: 2400,
        vocabSize: 50272,
        maxPositionEmbeddings: 2048,
        activationFunction: 'relu',
        tieWordEmbeddings: true,
        eosTokenId: [2],
      },
    });
  });

  it("fills T5's absent fields in as transformers does", async () => {
    expect(await readT5Config(folder, {})).toMatchObject({
      modelType: 't5',
      vocabSize: 32128,
      dModel: 512,
      dKv: 64,
      dFf: 2048,
      numLayers: 6,
      numDecoderLayers: 6,
      numHeads: 8,
      relativeAttentionNumBuckets: 32,
      relativeAttentionMaxDistance: 128,
      layerNormEpsilon: 1e-6,
      denseActFn: 'relu',
      isGatedAct: false,
      scaleDecoderOutputs: true,
      bosTokenId: null,
      eosTokenId: [1],
    });
  });

  it.each([
    [{ feed_forward_proj: 'gated-gelu' }, { denseActFn: 'gelu_new', isGatedAct: true }],
    [{ feed_forward_proj: 'gated-silu' }, { denseActFn: 'silu', isGatedAct: true }],
    [{ feed_forward_proj: 'gelu' }, { denseActFn: 'gelu', isGatedAct: false }],
    [
      { feed_forward_proj: 'gated-gelu', dense_act_fn: 'gelu' },
      { denseActFn: 'gelu', isGatedAct: true },
    ],
    [
      { feed_forward_proj: 'relu', is_gated_act: true },
      { denseActFn: 'relu', isGatedAct: true },
    ],
    [{ tie_word_embeddings: false }, { scaleDecoderOutputs: false }],
    [{ tie_word_embeddings: true, scale_decoder_outputs: false }, { scaleDecoderOutputs: false }],
    [{ tie_word_embeddings: false, scale_decoder_outputs: true }, { scaleDecoderOutputs: true }],
  ])('reads %o as transformers does', async (fields, expected) => {
    expect(await readT5Config(folder, fields)).toMatchObject(expected);
  });

  it.each([
    [{ feed_forward_proj: 'gated-mish' }, /text_config.feed_forward_proj: "mish" is no activation/],
    [{ feed_forward_proj: 'gated-big-gelu' }, /text_config.feed_forward_proj: must be an activation/],
    [{ relative_attention_num_buckets: 2 }, /text_config.relative_attention_num_buckets: /],
    [
      { relative_attention_max_distance: 16 },
      /relative_attention_max_distance 16 is not above half of .* 32/,
    ],
    [{ d_kv: 'wide' }, /text_config.d_kv: /],
  ])("refuses T5's %o", async (fields, message) => {
    await expect(readT5Config(folder, fields)).rejects.toThrow(message);
  });

  it.each<[string, (config: Json & { [part: string]: Json }) => void, RegExp]>([
    [
      'another model',
      (c) => Object.assign(c, { model_type: 'blip' }),
      /model_type is "blip". Use a "blip-2"/,
    ],
    [
      'another language model',
      (c) => Object.assign(c.text_config ?? {}, { model_type: 'llama' }),
      /text_config.model_type is "llama". Use a checkpoint with an OPT or T5/,
    ],
    [
      'an unknown activation',
      (c) => Object.assign(c.vision_config ?? {}, { hidden_act: 'mish' }),
      /config.json: vision_config.hidden_act: /,
    ],
    [
      'a size that is no number',
      (c) => Object.assign(c.qformer_config ?? {}, { num_hidden_layers: 'two' }),
      /qformer_config.num_hidden_layers: /,
    ],
    [
      'pictures that are not square',
      (c) => Object.assign(c.vision_config ?? {}, { image_size: [56, 112] }),
      /vision_config.image_size: only squares/,
    ],
    [
      'heads that do not divide the width',
      (c) => Object.assign(c.text_config ?? {}, { num_attention_heads: 5 }),
      /text_config.hidden_size 32 is not a multiple of num_attention_heads 5/,
    ],
    [
      'words wider than hidden states',
      (c) => Object.assign(c.text_config ?? {}, { word_embed_proj_dim: 64 }),
      /word_embed_proj_dim 64 is larger than hidden_size 32/,
    ],
    [
      'patches larger than the picture',
      (c) => Object.assign(c.vision_config ?? {}, { patch_size: 57 }),
      /patch_size 57 is larger than image_size 56/,
    ],
  ])('refuses %s', async (_, change, message) => {
    await withConfig(change);
    await expectRefusal(message);
  });

  it('with wrong fields is refused with all of them and what to do', async () => {
    await withConfig((config) => {
      Object.assign(config, { num_query_tokens: 0 });
      Object.assign(config.vision_config ?? {}, { qkv_bias: 'yes' });
    });
    await expectRefusal(
      /num_query_tokens: .*; vision_config.qkv_bias: .*\. Correct the file, or use another checkpoint\.$/,
    );
  });

  it('that is missing or damaged is named', async () => {
    await expectRefusal(/has no config.json. Point at a folder/);
    await writeFile(join(folder, 'config.json'), '{');
    await expectRefusal(/config.json is not valid JSON/);
  });

  it('may hold what is nested deeper than the stack is', async () => {
    await writeCheckpoint(folder, plain);
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const config = JSON.stringify(plain.config).replace(/}$/, `,"unknown":${deep}}`);
    await writeFile(join(folder, 'config.json'), config);
    expect((await readConfig(folder)).numQueryTokens).toBe(
      (plain.config as unknown as Json).num_query_tokens,
    );
    await writeFile(
      join(folder, 'config.json'),
      config.replace(/"num_query_tokens":\d+/, `"num_query_tokens":${deep}`),
    );
    await expectRefusal(/num_query_tokens/);
  });

  it('takes sides written as pairs', async () => {
    await withConfig((config) => Object.assign(config.vision_config ?? {}, { image_size: [56, 56] }));
    expect((await readConfig(folder)).visionConfig.imageSize).toBe(56);
  });
});

describe('weights', () => {
  it('that lack a tensor are refused with its name and shape', async () => {
    await writeCheckpoint(folder, without(plain, 'qformer.layernorm.bias'));
    await expectRefusal(/has no tensor qformer.layernorm.bias of shape \[32\]/);
  });

  it.each([
    'encoder.block.0.layer.0.SelfAttention.relative_attention_bias',
    'decoder.block.2.layer.1.EncDecAttention.k',
  ])('that lack %s of T5 are refused with its name', async (name) => {
    await writeCheckpoint(folder, without(t5, `language_model.${name}.weight`));
    await expectRefusal(new RegExp(`has no tensor language_model.${name}.weight of shape`));
  });

  it('that lack an untied head are refused', async () => {
    await writeCheckpoint(folder, without(readGolden('untied-head'), 'language_model.lm_head.weight'));
    await expectRefusal(/has no tensor language_model.lm_head.weight of shape \[1200, 32\]/);
  });

  it('of another shape than the config asks for are refused', async () => {
    await withConfig((config) => Object.assign(config.text_config ?? {}, { ffn_dim: 80 }));
    await expectRefusal(/layers.0.fc1.weight has shape \[64, 32\], but config.json asks for \[80, 32\]/);
  });

  it.each(['vision_config', 'qformer_config', 'text_config'])(
    'with more layers than %s counts are refused with a tensor',
    async (part) => {
      await withConfig((config) => {
        config[part] = { ...config[part], num_hidden_layers: 1 };
      });
      await expectRefusal(
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
    await expectRefusal(/is of type I32. Convert the checkpoint to F32, F16 or BF16/);
  });

  it('that are only pickled are refused with what to do', async () => {
    await writeCheckpoint(folder, plain);
    await rename(join(folder, 'model.safetensors'), join(folder, 'pytorch_model.bin'));
    await expectRefusal(/only as pickles \(pytorch_model.bin\).*save_pretrained/);
  });

  it('that are not there at all are asked for', async () => {
    await writeCheckpoint(folder, plain);
    await rm(join(folder, 'model.safetensors'));
    await expectRefusal(/neither model.safetensors nor model.safetensors.index.json/);
  });

  it('that lack a shard are refused with its name', async () => {
    await writeCheckpoint(folder, sharded);
    await rm(join(folder, 'model-00002-of-00003.safetensors'));
    await expectRefusal(/has no model-00002-of-00003.safetensors, which its index names/);
  });

  it.each(['../weights.safetensors', '..', '.', '', '/etc/hostname', 'shards/one.safetensors', 'C:\\one'])(
    'are not looked for outside the folder, at %j',
    async (name) => {
      await writeCheckpoint(folder, sharded);
      await writeJson(folder, 'model.safetensors.index.json', { weight_map: { query_tokens: name } });
      await expectRefusal(/index.json names the file ".*". Name only files that lie beside it/);
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

describe('the other files', () => {
  it.each([
    ['tokenizer.json', /has no tokenizer.json. Load it with AutoTokenizer/],
    ['processor_config.json', /neither preprocessor_config.json nor an image_processor/],
  ])('%s is asked for', async (name, message) => {
    await writeCheckpoint(folder, plain);
    await rm(join(folder, name));
    await expectRefusal(message);
  });

  it('tokenizer.json that cannot be read is refused with what to do', async () => {
    await writeCheckpoint(folder, plain);
    await writeJson(folder, 'tokenizer.json', { model: { type: 'BPE' } });
    await expectRefusal(/tokenizer.json is not a tokenizer .* save it again with save_pretrained\.$/);
  });

  it('may not know more words than the model', async () => {
    await withConfig((config) => {
      config.text_config = { ...config.text_config, vocab_size: 1000 };
    });
    await expectRefusal(
      /tokenizer.json has token 1\d+, but config.json's text_config.vocab_size is 1000\. Use/,
    );
  });

  it('may not begin with a word that the model lacks', async () => {
    await withConfig((config) => {
      config.text_config = { ...config.text_config, bos_token_id: 1e6 };
    });
    await expectRefusal(/text_config.bos_token_id 1000000 is beyond vocab_size 1200/);
  });

  it('may not disagree about the size of pictures', async () => {
    await writeCheckpoint(folder, plain);
    await writeJson(folder, 'processor_config.json', {
      image_processor: { size: { height: 64, width: 64 } },
    });
    await expectRefusal(
      /size is \{"height":64,"width":64\}, but config.json's vision_config.image_size is 56/,
    );
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', null, /processor_config.json: image_processor is null, not an object. Save it with/],
    ['a string', 'BlipImageProcessor', /image_processor is "BlipImageProcessor", not an object/],
    ['a list', [{ size: 56 }], /image_processor is \[\{"size":56\}\], not an object/],
    ['a division by zero', { image_std: [0.5, 0, 0.5] }, /image_std.1: a divisor has to be greater than 0/],
    ['a crop of the centre', { do_center_crop: true }, /do_center_crop: only false is supported/],
  ])('may not have %s for an image processor', async (_, value, message) => {
    await writeCheckpoint(folder, plain);
    await writeJson(folder, 'processor_config.json', { image_processor: value });
    await expectRefusal(message);
  });

  it('name the longest answer, and the ids that end it only where text_config names none', async () => {
    const read = async () => (await readCheckpoint(folder)).generation;
    await writeCheckpoint(folder, plain);
    expect(await read()).toEqual({ eosTokenIds: [202], maxNewTokens: undefined });

    await withConfig((config) => Object.assign(config.text_config ?? {}, { eos_token_id: [202, 5] }));
    await writeJson(folder, 'generation_config.json', { eos_token_id: [202, 608], max_new_tokens: 30 });
    expect(await read()).toEqual({ eosTokenIds: [202, 5], maxNewTokens: 30 });

    await withConfig((config) => Object.assign(config.text_config ?? {}, { eos_token_id: null }));
    expect((await read()).eosTokenIds).toEqual([202, 608]);
  });

  it("name T5's first token where the config does not, and the BOS is taken where none does", async () => {
    const startOf = async (text: Json, generation: Json) => {
      await writeCheckpoint(folder, t5);
      const config = t5.config as unknown as Json & { text_config: Json };
      await writeJson(folder, 'config.json', { ...config, text_config: { ...config.text_config, ...text } });
      await writeJson(folder, 'generation_config.json', generation);
      return (await readCheckpoint(folder)).generation.decoderStartTokenId;
    };
    const none = { decoder_start_token_id: null };
    expect(await startOf({}, { decoder_start_token_id: 7 })).toBe(0);
    expect(await startOf(none, { decoder_start_token_id: 7 })).toBe(7);
    expect(await startOf(none, {})).toBe(1);
    expect(await startOf({ ...none, bos_token_id: null }, {})).toBeUndefined();
    await expectRefusal(/names a decoder_start_token_id. Add the one of the language model; T5's is 0/);
    expect(await startOf({ decoder_start_token_id: 512 }, {})).toBe(512);
    await expectRefusal(/decoder_start_token_id 512 is beyond vocab_size 512\. Name the one/);
  });

  it('of a folder that is not there are not looked for', async () => {
    folder = join(root, 'nowhere');
    await expectRefusal(/There is no folder .*nowhere/);
  });
});

describe('the fingerprint', () => {
  const read = async (path: string) => (await readCheckpoint(path)).fingerprint;

  it('is the same for a copy and changes with the weights and the configuration', async () => {
    await writeCheckpoint(folder, plain);
    const copy = join(root, 'copy');
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
