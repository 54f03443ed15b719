// The sample pictures as files, so that they are posted the way a person's own are.
import type { SampleImage } from '../page-api.ts';

/** @returns undefined when the server does not give it */
export async function fetchSample(sample: SampleImage): Promise<File | undefined> {
  const response = await fetch(sample.url).catch(() => undefined);
  if (!response?.ok) return undefined;
  const picture = await response.blob();
  const type = picture.type || 'image/png';
  const name = /\.\w+$/.test(sample.name) ? sample.name : `${sample.name}.${type.split('/')[1]}`;
  return new File([picture], name, { type });
}
