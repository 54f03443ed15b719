// From the files that somebody names to what is asked.
import { readFile, stat } from 'node:fs/promises';
import { UsageError } from '../usage-error.ts';
import type { Item } from './items.ts';
import { cocoCaptions, nocaps } from './layouts/coco-captions.ts';
import { gqa } from './layouts/gqa.ts';
import { karpathy } from './layouts/karpathy.ts';
import { andOthers, type JsonFile, type Layout, type ReadOptions } from './layouts/layout.ts';
import type { LayoutName } from './layouts/names.ts';
import { own } from './layouts/own.ts';
import { okvqa, vqav2 } from './layouts/vqa.ts';

const LAYOUTS: readonly Layout[] = [own, vqav2, okvqa, gqa, karpathy, nocaps, cocoCaptions];
/** What Node can hold in one string. */
const MOST_BYTES = 500_000_000;
/** What no text in UTF-8 holds: control characters, and what stands for bytes that are none. */
const NO_TEXT = /[^\P{Cc}\t\n\r]|\uFFFD/u;

export interface ItemSource extends ReadOptions {
  /** Absolute. */
  readonly paths: readonly string[];
  /** Default: found out. */
  readonly layout?: LayoutName | undefined;
}

/** @throws UsageError for what can't be read, and for an id that comes twice */
export async function readItems({
  paths,
  layout: name,
  split,
}: ItemSource): Promise<{ layout: Layout; items: Item[] }> {
  const files = await Promise.all(paths.map(readJson));
  const layout = LAYOUTS.find((one) => (name === undefined ? one.fits(files) : one.name === name));
  if (layout === undefined) {
    throw new UsageError(
      `${paths.join(' and ')} ${paths.length === 1 ? 'is' : 'are'} of no layout that is known. blipcord eval --help shows those that are; --layout names one.`,
    );
  }
  if (paths.length > 1 && layout !== vqav2 && layout !== okvqa) {
    throw new UsageError(`The layout ${layout.name} has one file, and two are named. Leave ${paths[1]} out.`);
  }
  if (split !== undefined && layout !== karpathy) {
    throw new UsageError(`--split is for the layout karpathy, and this is ${layout.name}. Leave it out.`);
  }
  const items = layout.read(files, { split });
  const ids = new Set<string>();
  const twice = items.filter(({ id }) => ids.size === ids.add(id).size).map(({ id }) => `"${id}"`);
  if (twice.length > 0)
    throw new UsageError(`${paths[0]} has the id ${andOthers(twice)} twice. Give each its own.`);
  if (items.length === 0) throw new UsageError(`${paths[0]} holds nothing to ask. Name another file.`);
  return { layout, items };
}

async function readJson(path: string): Promise<JsonFile> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === 'ENOENT'
        ? `${path} does not exist. Check its name.`
        : `${path} can't be read: ${error.message}.`,
    );
  });
  if (found.isDirectory())
    throw new UsageError(`${path} is a folder. Name the file of questions or captions in it.`);
  if (found.size > MOST_BYTES) {
    throw new UsageError(
      `${path} has more than ${MOST_BYTES / 1e6} MB. Use a smaller split, such as the one for validation.`,
    );
  }
  return { path, content: parseJson(path, await readFile(path, 'utf8')) };
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // The parser quotes what it read, which tells people something only where it is text.
    const says = (error as Error).message.replace(/\s+/g, ' ');
    const problem = NO_TEXT.test(says) ? 'holds no JSON' : `is no JSON (${says})`;
    throw new UsageError(`${path} ${problem}. Name the file of questions or captions, unpacked.`);
  }
}
