// NoCaps (https://nocaps.org/download) and COCO's own captions: one file with images and their captions.
import { z } from 'zod';
import { UsageError } from '../../usage-error.ts';
import type { Item } from '../items.ts';
import { inFolders } from './coco-images.ts';
import { andOthers, fieldsOf, firstOf, type JsonFile, type Layout, readAs } from './layout.ts';

const file = z.object({
  images: z.array(
    z.object({
      id: z.int(),
      file_name: z.string(),
      /** NoCaps alone: how near it is to what COCO shows. */
      domain: z.string().optional(),
    }),
  ),
  annotations: z.array(z.object({ image_id: z.int(), caption: z.string() })),
});

const imagesOf = (files: readonly JsonFile[]) => fieldsOf(firstOf(fieldsOf(files[0]?.content).images));
const isNocaps = (files: readonly JsonFile[]) => 'open_images_id' in imagesOf(files);

export const nocaps: Layout = {
  name: 'nocaps',
  protocol: 'blip2',
  fits: (files) => 'file_name' in imagesOf(files) && isNocaps(files),
  read: readCaptions,
};

export const cocoCaptions: Layout = {
  name: 'coco',
  protocol: 'blip2',
  fits: (files) => 'file_name' in imagesOf(files) && !isNocaps(files),
  read: readCaptions,
};

function readCaptions([from]: readonly JsonFile[]): Item[] {
  if (from === undefined) return [];
  const { annotations = [] } = fieldsOf(from.content);
  const { images, annotations: told } = readAs(file, {
    ...from,
    content: { ...fieldsOf(from.content), annotations },
  });
  const captions = new Map<number, string[]>(images.map(({ id }) => [id, []]));
  const strange = told.filter(({ image_id, caption }) => captions.get(image_id)?.push(caption) === undefined);
  if (strange.length > 0) {
    const ids = andOthers(strange.map(({ image_id }) => image_id));
    throw new UsageError(
      `${from.path} has captions of image ${ids}, which it does not list. Download the file again.`,
    );
  }
  const silent = images.filter(({ id }) => captions.get(id)?.length === 0);
  if (silent.length > 0) {
    const ids = andOthers(silent.map(({ id }) => id));
    throw new UsageError(
      `${from.path} has no captions of image ${ids}. Those of a test split are not published: use val.`,
    );
  }
  return images.map(({ id, file_name, domain }) => ({
    sort: 'caption',
    id: String(id),
    images: inFolders(file_name, 'val', 'val2014', 'val2017'),
    kind: domain,
    references: captions.get(id) ?? [],
  }));
}
