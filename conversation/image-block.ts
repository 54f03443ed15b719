// Where an image of a LangChain message comes from: the block itself, or an address.
import { createHash } from 'node:crypto';
import type { ImageBlock } from './messages.ts';

/**
 * Gets the image file behind an address.
 * @param signal aborts when whoever asked has gone
 */
export type FetchImage = (address: string, signal: AbortSignal | undefined) => Promise<Uint8Array>;

/**
 * @param fetchImage without one, only `data:` addresses are read
 * @throws TypeError for a block that leads to no image
 */
export async function readImageBlock(
  { data, url }: ImageBlock,
  fetchImage: FetchImage | undefined,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (data && typeof data !== 'string') return data;
  const address = [data, url].find((given) => given?.startsWith('data:')); // some put it where base64 belongs
  if (address) return fromDataUrl(address);
  if (typeof data === 'string') return fromBase64(data);
  if (url && fetchImage) return fetchImage(url, signal);
  if (url) {
    throw new TypeError(
      `An image block has the address ${url}, which isn't fetched here. Send the file as data, or hand in fetchImage.`,
    );
  }
  throw new TypeError('An image block needs data, url or fileId, and this one has none of them.');
}

/** Tells images apart without a look at what is behind an address. */
export function identityOf({ fileId, data, url }: ImageBlock): string {
  if (fileId !== undefined) return `key ${fileId}`;
  const hash = createHash('sha256').update(data || url || '');
  return `${data ? 'data' : 'address'} ${hash.digest('hex')}`;
}

function fromBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length > 0) return bytes;
  throw new TypeError('An image block has data that is no base64. Encode the image file as base64.');
}

async function fromDataUrl(url: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await (await fetch(url)).arrayBuffer());
  } catch (error) {
    throw new TypeError(
      `An image block has a data: address that can't be read: ${url.slice(0, 40)}. Write data:image/png;base64, and the file as base64.`,
      { cause: error },
    );
  }
}
