// Every JSON file of a synthetic checkpoint but the tokenizer's, as transformers 5 writes them.
import type { WeightType } from '../checkpoint/safetensors.ts';
import type { OptShape, Preset, T5Shape } from './presets.ts';

/** Files by name. */
export type JsonFiles = Readonly<Record<string, unknown>>;

const DTYPES: Record<WeightType, string> = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' };

export function configFiles(preset: Preset, dtype: WeightType): JsonFiles {
  const { vision, qformer, text, queries } = preset;
  const side = vision.image_size;
  const image = { image_processor_type: 'BlipImageProcessor', size: { height: side, width: side } };
  const textConfig = text.model_type === 'opt' ? optConfig(text) : t5Config(text);
  return {
    'config.json': {
      architectures: ['Blip2ForConditionalGeneration'],
      model_type: 'blip-2',
      dtype: DTYPES[dtype],
      num_query_tokens: queries,
      image_token_index: text.tokens,
      use_decoder_only_language_model: text.model_type === 'opt',
      vision_config: { model_type: 'blip_2_vision_model', hidden_act: 'gelu', qkv_bias: true, ...vision },
      qformer_config: {
        model_type: 'blip_2_qformer',
        cross_attention_frequency: 2,
        encoder_hidden_size: vision.hidden_size,
        ...qformer,
      },
      text_config: textConfig,
    },
    'generation_config.json': idsOf(textConfig),
    'preprocessor_config.json': image,
    'processor_config.json': {
      processor_class: 'Blip2Processor',
      num_query_tokens: queries,
      image_processor: image,
    },
  };
}

const optConfig = ({ tokens: _, ...shape }: OptShape) => ({
  ...shape,
  activation_function: 'relu',
  do_layer_norm_before: true,
  tie_word_embeddings: true,
  bos_token_id: 2,
  pad_token_id: 1,
});

const t5Config = ({ tokens: _, ...shape }: T5Shape) => ({
  ...shape,
  num_decoder_layers: shape.num_layers,
  feed_forward_proj: 'gated-gelu',
  dense_act_fn: 'gelu',
  tie_word_embeddings: false,
  bos_token_id: 1,
  eos_token_id: 1,
  pad_token_id: 0,
  decoder_start_token_id: 0,
});

const idsOf = (text: object) =>
  Object.fromEntries(Object.entries(text).filter(([name]) => name.endsWith('_token_id')));
