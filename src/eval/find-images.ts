// Which file each item is about, known before the model is loaded.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import type { Item } from './items.ts';

/**
 * @returns the absolute path of each item's image, by its first name
 * @throws UsageError with the first that is missing
 */
export function findImages(items: readonly Item[], folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const missing = new Set<string>();
  for (const { images } of items) {
    const [name = ''] = images;
    if (found.has(name) || missing.has(name)) continue;
    const path = images.map((one) => join(folder, one)).find((one) => existsSync(one));
    if (path === undefined) missing.add(name);
    else found.set(name, path);
  }
  if (missing.size === 0) return found;
  const [first = ''] = missing;
  const all = missing.size + found.size;
  throw new UsageError(
    `${join(folder, first)} does not exist${missing.size === 1 ? '' : `; ${missing.size} of ${all} images are missing`}. ` +
      'Name the folder that holds the images with --images.',
  );
}
