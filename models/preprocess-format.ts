// Only formats on this list reach a decoder: nothing is tried, and vector formats are never rendered.
import { ImageError } from './errors.ts';
import { problem } from './problems.ts';
import type { Saying } from './saying.ts';

export interface ImageFormat {
  /** For people. */
  readonly name: string;
  /** What sharp calls the loader that must open it, or whose reader of ours does. */
  readonly loader: string;
}

type Matcher = (head: string) => boolean;

const READABLE: readonly (ImageFormat & { readonly matches: Matcher })[] = [
  { name: 'JPEG', loader: 'jpeg', matches: startsWith('\xff\xd8\xff') },
  { name: 'PNG', loader: 'png', matches: startsWith('\x89PNG\r\n\x1a\n') },
  { name: 'GIF', loader: 'gif', matches: startsWith('GIF87a', 'GIF89a') },
  { name: 'WebP', loader: 'webp', matches: (head) => /^RIFF.{4}WEBP/s.test(head) },
  { name: 'AVIF', loader: 'heif', matches: (head) => /^.{4}ftyp.*avi[fs]/s.test(head.slice(0, 64)) },
  { name: 'HEIC', loader: 'heic', matches: (head) => /^.{4}ftyp(hei|hev|mif1|msf1)/s.test(head) },
  { name: 'BMP', loader: 'bmp', matches: startsWith('BM') },
  { name: 'TIFF', loader: 'tiff', matches: startsWith('II*\0', 'MM\0*', 'II+\0', 'MM\0+') },
];

const UNREADABLE: readonly { readonly name: string; readonly matches: Matcher }[] = [
  { name: 'Video', matches: (head) => /^.{4}ftyp|^RIFF.{4}AVI |^\W..\xa3.*webm/s.test(head) },
  { name: 'SVG', matches: (head) => /<svg[\s>]/i.test(head) },
  { name: 'PDF', matches: startsWith('%PDF') },
];

/** @throws ImageError naming the format, if it is known, and the ones that can be read */
export function recogniseFormat(file: Uint8Array): ImageFormat {
  const head = Buffer.from(file.subarray(0, 1024)).toString('latin1');
  const format = READABLE.find(({ matches }) => matches(head));
  if (format !== undefined) return format;
  throw new ImageError(whatItIs(head));
}

function whatItIs(head: string): Saying {
  if (head === '') return problem('fileEmpty');
  const known = UNREADABLE.find(({ matches }) => matches(head));
  return known === undefined ? problem('fileNoImage') : problem('formatUnreadable', { format: known.name });
}

function startsWith(...signatures: string[]): Matcher {
  return (head) => signatures.some((signature) => head.startsWith(signature));
}
