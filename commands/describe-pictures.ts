// Descriptions of pictures, each with the file that it is to be set on.
import type { OnProgress, SceneImage } from '../conversation/conversations.ts';
import { altTextOf } from './alt-text.ts';
import type { AskedBy } from './asked-by.ts';
import type { PostedImage, Services } from './command.ts';
import { UserError } from './errors.ts';
import { coveredName, fileName } from './file-name.ts';
import { isUnreadable, lookAt } from './look-at.ts';
import type { PostedFile } from './outgoing.ts';
import { saying } from './texts/texts.ts';

export type Picture = SceneImage | PostedImage;

export interface Described {
  readonly picture: Picture;
  readonly description: string;
  /** Absent where the file is gone, or nobody knows its name. */
  readonly file?: PostedFile;
}

export interface DescribedAll {
  readonly described: readonly Described[];
  /** Names of those that can't be read. */
  readonly leftOut: readonly string[];
}

interface Asking {
  readonly asker: Pick<AskedBy, 'locale' | 'user'>;
  readonly onProgress: OnProgress;
}

/**
 * One after the other. A picture that can't be read costs the others nothing.
 * @throws UserError or ImageError where none can be described
 */
export async function describeAll(
  pictures: readonly Picture[],
  asking: Asking,
  services: Services,
): Promise<DescribedAll> {
  const described: Described[] = [];
  const leftOut: string[] = [];
  let failure: unknown;
  for (const picture of pictures) {
    try {
      described.push(await describe(picture, asking, services));
    } catch (error) {
      if (!isUnreadable(error) && !(error instanceof UserError)) throw error;
      failure = error;
      leftOut.push('name' in picture ? picture.name : '?');
    }
  }
  if (described.length === 0) throw failure;
  return { described, leftOut };
}

async function describe(
  picture: Picture,
  { asker: { user, locale }, onProgress }: Asking,
  services: Services,
): Promise<Described> {
  const { conversations, images, signal } = services;
  let fetched: Promise<Uint8Array | undefined> | undefined;
  const fetchImage = () => {
    fetched ??= images.fetch(picture, signal);
    return fetched;
  };
  const caption = () =>
    lookAt(picture, services, () =>
      conversations.caption({ image: picture, fetchImage, askedBy: user.id, onProgress, signal }),
    );
  const given = 'description' in picture ? picture.description : undefined;
  const description = given ?? altTextOf((await caption()).text, locale);
  if (!description) throw new UserError(saying('noWords'));
  const bytes = await fetchImage();
  if (!bytes || !('name' in picture)) return { picture, description };
  const name = coveredName(fileName(picture.name, bytes), picture.isHidden);
  return { picture, description, file: { attachment: Buffer.from(bytes), name, description } };
}
