// The constants and operators that a parity test has to see.

/** What is nudged; code that lies in models/ exactly once; what it becomes. */
export const MUTATIONS = [
  [
    'epsilon of the vision encoder, by a tenth',
    'layerNormEps: epsilon }: VisionConfig) => ({ width, epsilon }',
    'layerNormEps: epsilon }: VisionConfig) => ({ width, epsilon: epsilon * 1.1 }',
  ],
  [
    'epsilon of the Q-Former, by a tenth',
    'layerNormEps: epsilon }: QFormerConfig) => ({ width, epsilon }',
    'layerNormEps: epsilon }: QFormerConfig) => ({ width, epsilon: epsilon * 1.1 }',
  ],
  ["OPT's epsilon, by a tenth", 'const EPSILON = 1e-5;', 'const EPSILON = 1.1e-5;'],
  [
    "T5's epsilon, by a tenth",
    'epsilon: config.layerNormEpsilon }',
    'epsilon: config.layerNormEpsilon * 1.1 }',
  ],
  ["attention's scale, by 2 %", 'scale = (width / heads) ** -0.5', 'scale = 1.02 * (width / heads) ** -0.5'],
  ["T5's scale, by 2 %", '  scale: 1,', '  scale: 1.02,'],
  ['the exact GELU becomes its approximation', "approximate: 'none'", "approximate: 'tanh'"],
  ['the approximated GELU becomes exact', "approximate: 'tanh'", "approximate: 'none'"],
  ["the quick GELU's factor, by a thousandth", 'graph.scalar(1.702)', 'graph.scalar(1.7)'],
  ['the mask lets a hundredth through', 'MASKED = -60_000', 'MASKED = -5'],
  ["OPT's offset of positions", "[POSITION_OFFSET], 'i32'", "[POSITION_OFFSET - 1], 'i32'"],
  ['the BOS of a caption', '[this.startId];', '[this.startId + 1];'],
  [
    "the bound of T5's buckets",
    'const exact = Math.floor(side / 2);',
    'const exact = Math.floor(side / 2) - 1;',
  ],
  ["T5's last bucket", 'side - 1);', 'side - 2);'],
  [
    "which of the Q-Former's layers see the picture",
    'layer % config.crossAttentionFrequency === 0',
    'layer % config.crossAttentionFrequency === 1',
  ],
  ["a tied T5 head's factor", 'graph.scalar(width ** -0.5)', 'graph.scalar(width ** -0.49)'],
  ['whose logits are given', '[[-1], [Number.MAX_SAFE_INTEGER], [1]]', '[[0], [1], [1]]'],
  [
    'query tokens are normalised first',
    "'qformer.layernorm', norm(config))",
    "'qformer.layernorm', { ...norm(config), epsilon: 1 })",
  ],
  [
    'what a repetition penalty does below 0',
    'score * factor : score / factor',
    'score / factor : score / factor',
  ],
  ['the sign of the length penalty', 'length ** lengthPenalty', 'length ** -lengthPenalty'],
  ['a search ends with enough answers', 'if (earlyStopping === true) return true;', ''],
  [
    'how good a beam may still become',
    'lengthPenalty > 0 ? limit : length',
    'lengthPenalty > 0 ? length : length',
  ],
  [
    'how many beams are kept for those that end',
    'Math.max(2, 1 + eosTokenIds.length)',
    'Math.max(1, eosTokenIds.length)',
  ],
];
