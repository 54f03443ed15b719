// Looks at each picture once, for whoever asks much about the same ones.
import { FeatureCache } from '../conversation/features.ts';
import type { Backend, EncodeOptions, ImageFeatures } from '../models/backend.ts';

export type Encode = (image: Uint8Array, options: Pick<EncodeOptions, 'signal'>) => Promise<ImageFeatures>;

/** Pictures are told apart by their content; those that came last stay known, as many as FeatureCache has room for. */
export function encodeOnce(backend: Backend): Encode {
  const seen = new FeatureCache({ backend });
  return async (image, options) => (await seen.look(image, options)).features;
}
