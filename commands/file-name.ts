// How a picture is called as a file: a sticker's name has no ending, and an emoji's stands between colons.
import { recogniseFormat } from '../models/preprocess-format.ts';

const endings: Readonly<Record<string, string>> = { jpeg: 'jpg', heif: 'avif', tiff: 'tif' };

/** @throws ImageError where it is none */
export function fileName(name: string, bytes: Uint8Array): string {
  const plain = name.replaceAll(':', '').trim() || 'picture';
  if (/\.(png|jpe?g|gif|webp|avif|hei[cf]|bmp|tiff?)$/i.test(plain)) return plain;
  const { loader } = recogniseFormat(bytes);
  return `${plain}.${endings[loader] ?? loader}`;
}
