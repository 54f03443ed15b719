// What config.json may say and leave out, and what is refused of it, with a remedy.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../models/checkpoint/config.ts';
import {
  type ConfigJson,
  expectRefusal,
  type Json,
  newFolder,
  withConfig,
} from './support/checkpoint-folder.ts';
import { readGolden, writeCheckpoint, writeJson } from './support/goldens.ts';

const plain = readGolden('plain');
let folder: string;
beforeEach(async () => {
  folder = await newFolder();
});

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
    [{ feed_forward_proj: 'gated-gelu_python' }, { denseActFn: 'gelu_python', isGatedAct: true }],
    [{ feed_forward_proj: 'tanh' }, { denseActFn: 'tanh', isGatedAct: false }],
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

  it.each<[string, (config: ConfigJson) => void, RegExp]>([
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
    await withConfig(folder, change);
    await expectRefusal(folder, message);
  });

  it('with wrong fields is refused with all of them and what to do', async () => {
    await withConfig(folder, (config) => {
      Object.assign(config, { num_query_tokens: 0 });
      Object.assign(config.vision_config ?? {}, { qkv_bias: 'yes' });
    });
    await expectRefusal(
      folder,
      /num_query_tokens: .*; vision_config.qkv_bias: .*\. Correct the file, or use another checkpoint\.$/,
    );
  });

  it('that is missing or damaged is named', async () => {
    await expectRefusal(folder, /has no config.json. Point at a folder/);
    await writeFile(join(folder, 'config.json'), '{');
    await expectRefusal(folder, /config.json is not valid JSON/);
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
    await expectRefusal(folder, /num_query_tokens/);
  });

  it('takes sides written as pairs', async () => {
    await withConfig(folder, (config) => Object.assign(config.vision_config ?? {}, { image_size: [56, 56] }));
    expect((await readConfig(folder)).visionConfig.imageSize).toBe(56);
  });
});

async function readT5Config(folder: string, fields: Record<string, unknown>) {
  const text = { model_type: 't5', ...fields };
  await writeJson(folder, 'config.json', { model_type: 'blip-2', text_config: text });
  return (await readConfig(folder)).textConfig;
}
