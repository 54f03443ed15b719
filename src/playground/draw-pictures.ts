// Makes pictures that nobody posted: the same in another format, and what stands for people who show none. Sharp is
// loaded with the first of them, as it takes a moment.

export type PictureFormat = 'png' | 'jpeg' | 'webp';

/** The first frame of one that moves. */
export async function convert(picture: Uint8Array, format: PictureFormat): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  return sharp(picture).toFormat(format).toBuffer();
}

const colours = ['#5865f2', '#757e8a', '#3ba55c', '#faa61a', '#ed4245', '#eb459f'];

/**
 * A silhouette on one of six colours.
 * @param number from 0 to 5
 * @returns a PNG
 */
export function defaultAvatar(number: number): Promise<Uint8Array> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 8 8">
    <rect width="8" height="8" fill="${colours[number]}"/>
    <path d="M2 6.5a2 2 0 0 1 4 0z" fill="#fff"/><circle cx="4" cy="3" r="1.2" fill="#fff"/>
  </svg>`;
  return convert(Buffer.from(drawing), 'png');
}
