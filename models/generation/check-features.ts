// Whether features are those of the model that is to answer: a caller may have kept another's, or broken ones.
import type { ImageFeatures, ModelInfo } from '../backend.ts';
import { RequestError } from '../errors.ts';

/** @throws RequestError when there are more or fewer numbers than the model's decoder reads, or one of them is none */
export function checkFeatures(features: ImageFeatures, { queryTokens, decoderWidth, name }: ModelInfo): void {
  const isOurs = features?.queryTokens === queryTokens && features.width === decoderWidth;
  const { data } = features ?? {};
  if (isOurs && data instanceof Float32Array && data.length === queryTokens * decoderWidth) {
    const strange = data.find((number) => !Number.isFinite(number));
    if (strange === undefined) return;
    throw new RequestError(
      `features holds ${strange}, no finite number. Encode the picture with this model.`,
    );
  }
  const given =
    data instanceof Float32Array
      ? `${data.length} numbers as (${features.queryTokens}, ${features.width})`
      : 'no Float32Array';
  throw new RequestError(
    `features has ${given}, but ${name} reads (${queryTokens}, ${decoderWidth}). Encode the picture with this model.`,
  );
}
