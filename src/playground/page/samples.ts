// The sample pictures as files, so that they are posted the way a person's own are.
import type { APIMessage } from 'discord.js';
import type { SampleImage } from '../page-api.ts';

/** The name that the file of a sample has in the chat, by which it is recognised there. */
function sampleFileName({ url }: SampleImage): string {
  return url.split('/').at(-1) ?? url;
}

/** The sample that a message holds, if any. */
export function sampleIn(message: APIMessage, samples: readonly SampleImage[]): SampleImage | undefined {
  return samples.find((sample) =>
    message.attachments.some(({ filename }) => filename === sampleFileName(sample)),
  );
}

/** @returns undefined when the server does not give it */
export async function fetchSample(sample: SampleImage): Promise<File | undefined> {
  const response = await fetch(sample.url).catch(() => undefined);
  if (!response?.ok) return undefined;
  const picture = await response.blob();
  return new File([picture], sampleFileName(sample), { type: picture.type || 'image/png' });
}
