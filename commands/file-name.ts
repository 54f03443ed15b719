// How a picture is called as a file: a sticker's name has no ending, and an emoji's stands between colons.
import { recogniseFormat } from '../models/preprocess-format.ts';

const endings: Readonly<Record<string, string>> = { jpeg: 'jpg', heif: 'avif', tiff: 'tif' };

export const spoilerMark = 'SPOILER_';

/** Covers the file where what it shows was covered. */
export function coveredName(name: string, isHidden = false): string {
  return isHidden && !name.startsWith(spoilerMark) ? `${spoilerMark}${name}` : name;
}

/** @throws ImageError where it is none */
export function fileName(name: string, bytes: Uint8Array): string {
  const plain = name.replaceAll(':', '').trim() || 'picture';
  if (/\.(png|jpe?g|gif|webp|avif|hei[cf]|bmp|tiff?)$/i.test(plain)) return plain;
  const { loader } = recogniseFormat(bytes);
  return `${plain}.${endings[loader] ?? loader}`;
}
