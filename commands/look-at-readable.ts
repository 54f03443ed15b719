// Looking at a message's picture, or where that can't be read at another one beside it.
import type { SceneImage } from '../conversation/conversations.ts';
import { frameOf, isSameFile } from '../conversation/frames.ts';
import type { PostedImage, Services } from './command.ts';
import { isUnreadable, lookAt } from './look-at.ts';
import { say } from './texts/texts.ts';

export interface LookedAt<T> {
  readonly image: SceneImage | PostedImage;
  readonly seen: T;
  /** Says which ones can't be read; empty where none was in the way. */
  readonly note: string;
}

export interface Looking {
  readonly locale: string;
  /** It was named, so that no other will do; where a frame of it was, none will either. */
  readonly isNamed?: boolean;
}

/**
 * One bad file among several costs the others nothing.
 * @throws what is wrong with the picture itself where none beside it can be read
 */
export async function lookAtReadable<T>(
  image: SceneImage | PostedImage,
  { locale, isNamed = false }: Looking,
  services: Pick<Services, 'images'>,
  look: (image: SceneImage | PostedImage) => Promise<T>,
): Promise<LookedAt<T>> {
  try {
    return { image, seen: await lookAt(image, services, () => look(image)), note: '' };
  } catch (error) {
    const mayBeAnother = isUnreadable(error) && !isNamed && frameOf(image) === undefined;
    const beside = mayBeAnother ? await lookBeside(image, services, look) : undefined;
    if (!beside) throw error;
    const { numbers, all, ...found } = beside;
    const lines = numbers.map((number) => `\n-# ${say(locale, 'unreadableNote', { number, all })}`);
    return { ...found, note: lines.join('') };
  }
}

interface Beside<T> extends Omit<LookedAt<T>, 'note'> {
  /** Of those that can't be read. */
  readonly numbers: readonly number[];
  readonly all: number;
}

async function lookBeside<T>(
  unreadable: SceneImage | PostedImage,
  services: Pick<Services, 'images'>,
  look: (image: PostedImage) => Promise<T>,
): Promise<Beside<T> | undefined> {
  if ('url' in unreadable && (unreadable.among?.length ?? 1) < 2) return undefined;
  // Where the message can't be asked for, nothing beside it can be seen.
  const pictures = await services.images.picturesBeside(unreadable).catch(() => []);
  const own = pictures.findIndex(({ attachmentId }) => isSameFile(attachmentId, unreadable.attachmentId));
  if (own < 0) return undefined;
  const numbers = [own + 1];
  for (const [index, image] of pictures.entries()) {
    if (index === own) continue;
    try {
      const seen = await lookAt(image, services, () => look(image));
      return { image, seen, numbers: numbers.sort((a, b) => a - b), all: pictures.length };
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      numbers.push(index + 1);
    }
  }
  return undefined;
}
