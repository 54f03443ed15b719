/** Names of a decoder graph's inputs and outputs for one layer's KV cache. */
export const cacheNames = (layer: number) =>
  ({
    pastKeys: `past_keys.${layer}`,
    pastValues: `past_values.${layer}`,
    newKeys: `new_keys.${layer}`,
    newValues: `new_values.${layer}`,
  }) as const;

/** What a decoder's layer reads of the encoder: an output of the one graph, an input of the other. */
export const crossNames = (layer: number) =>
  ({ keys: `cross_keys.${layer}`, values: `cross_values.${layer}` }) as const;

/** Where the graph writes new keys and values between those of before: what comes out is what went in, and more. */
export const slotNames = (layer: number) => {
  const { pastKeys, pastValues } = cacheNames(layer);
  return { pastKeys, pastValues, keys: `keys.${layer}`, values: `values.${layer}` } as const;
};

/** What a loop keeps of the answer that it writes. */
export const answerNames = (layer: number) =>
  ({ keys: `answer_keys.${layer}`, values: `answer_values.${layer}` }) as const;
