// The shapes of published BLIP-2 checkpoints, and of smaller ones for measuring and testing, as config.json has them.

export interface Preset {
  readonly vision: VisionShape;
  readonly qformer: QFormerShape;
  readonly text: OptShape | T5Shape;
  readonly queries: number;
}

export interface VisionShape {
  readonly hidden_size: number;
  readonly intermediate_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly image_size: number;
  readonly patch_size: number;
}

export interface QFormerShape {
  readonly hidden_size: number;
  readonly intermediate_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
}

interface TextShape {
  readonly vocab_size: number;
  /** How many of them the tokenizer knows, `<image>` after them; tables have some rows more, in round numbers. */
  readonly tokens: number;
}

export interface OptShape extends TextShape {
  readonly model_type: 'opt';
  readonly hidden_size: number;
  readonly word_embed_proj_dim: number;
  readonly ffn_dim: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly max_position_embeddings: number;
  /** The newline's, as in every published BLIP-2 with OPT. */
  readonly eos_token_id: number;
}

export interface T5Shape extends TextShape {
  readonly model_type: 't5';
  readonly d_model: number;
  readonly d_kv: number;
  readonly d_ff: number;
  readonly num_layers: number;
  readonly num_heads: number;
}

/** EVA-CLIP's ViT-g/14 without its last layer. */
const VIT_G: VisionShape = {
  hidden_size: 1408,
  intermediate_size: 6144,
  num_hidden_layers: 39,
  num_attention_heads: 16,
  image_size: 224,
  patch_size: 14,
};

/** BERT-base's. */
const QFORMER: QFormerShape = {
  hidden_size: 768,
  intermediate_size: 3072,
  num_hidden_layers: 12,
  num_attention_heads: 12,
};

const opt = (hidden_size: number, num_hidden_layers: number, num_attention_heads: number): OptShape => ({
  model_type: 'opt',
  hidden_size,
  word_embed_proj_dim: hidden_size,
  ffn_dim: 4 * hidden_size,
  num_hidden_layers,
  num_attention_heads,
  vocab_size: 50304,
  tokens: 50265,
  max_position_embeddings: 2048,
  eos_token_id: 50118,
});

const flanT5 = (d_model: number, d_ff: number, num_heads: number): T5Shape => ({
  model_type: 't5',
  d_model,
  d_kv: 64,
  d_ff,
  num_layers: 24,
  num_heads,
  vocab_size: 32128,
  tokens: 32100,
});

const TINY = {
  vision: {
    hidden_size: 32,
    intermediate_size: 64,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    image_size: 56,
    patch_size: 14,
  },
  qformer: { hidden_size: 32, intermediate_size: 48, num_hidden_layers: 2, num_attention_heads: 2 },
  queries: 8,
};

export const PRESETS = {
  'opt-2.7b': { vision: VIT_G, qformer: QFORMER, text: opt(2560, 32, 32), queries: 32 },
  'opt-6.7b': { vision: VIT_G, qformer: QFORMER, text: opt(4096, 32, 32), queries: 32 },
  'flan-t5-xl': { vision: VIT_G, qformer: QFORMER, text: flanT5(2048, 5120, 32), queries: 32 },
  'flan-t5-xxl': { vision: VIT_G, qformer: QFORMER, text: flanT5(4096, 10240, 64), queries: 32 },
  /** ViT-B/16 and OPT-125m. */
  base: {
    vision: {
      hidden_size: 768,
      intermediate_size: 3072,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      image_size: 224,
      patch_size: 16,
    },
    qformer: QFORMER,
    text: opt(768, 12, 12),
    queries: 32,
  },
  tiny: {
    ...TINY,
    text: {
      ...opt(32, 2, 4),
      vocab_size: 1024,
      tokens: 1000,
      max_position_embeddings: 512,
      eos_token_id: 900,
    },
  },
  'tiny-t5': {
    ...TINY,
    text: { ...flanT5(32, 48, 4), d_kv: 12, num_layers: 2, vocab_size: 1024, tokens: 1000 },
  },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];
