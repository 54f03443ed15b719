// One drawing of one set of emoji or icons, cropped to what is drawn and centred on a transparent square.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sharp from 'sharp';

export interface Icon {
  readonly body: string;
  readonly left?: number;
  readonly top?: number;
  readonly width?: number;
  readonly height?: number;
}

export interface IconSet extends Omit<Icon, 'body'> {
  readonly icons: Readonly<Record<string, Icon>>;
  readonly aliases?: Readonly<Record<string, { readonly parent: string }>>;
}

/** @param from a file or folder whose node_modules hold the package `@iconify-json/<set>` */
export function loadIconSet(set: string, from: string): IconSet {
  const path = createRequire(from).resolve(`@iconify-json/${set}/icons.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as IconSet;
}

export function findIcon(set: IconSet, name: string): Icon | undefined {
  return set.icons[name] ?? set.icons[set.aliases?.[name]?.parent ?? ''];
}

/** RGBA levels, not premultiplied: (size, size, 4). */
export async function drawIcon(set: IconSet, icon: Icon, size: number): Promise<Buffer> {
  const { left = 0, top = 0, width = set.width ?? 16, height = set.height ?? 16 } = icon;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`;
  const box = `viewBox="${left} ${top} ${width} ${height}" width="${size}" height="${size}"`;
  return drawPicture(Buffer.from(`${open} ${box}>${icon.body}</svg>`), size);
}

/** Of any picture with a transparent background. RGBA levels, not premultiplied: (size, size, 4). */
export async function drawPicture(picture: Buffer | string, size: number): Promise<Buffer> {
  const cropped = await sharp(picture)
    .ensureAlpha()
    .trim({ background: { r: 0, g: 0, b: 0, alpha: 0 }, threshold: 20 })
    .png()
    .toBuffer();
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  return sharp(cropped)
    .resize(size, size, { fit: 'contain', background: clear })
    .ensureAlpha()
    .raw()
    .toBuffer();
}
