// Looking at a picture, and what follows when it can't be read.
import type { SceneImage } from '../conversation/conversations.ts';
import { ImageError } from '../models/errors.ts';
import type { Services } from './command.ts';
import { UnreadableError } from './errors.ts';

/** A picture that can't be read stands before no other: the next question is about the one before it. */
export async function lookAt<T>(
  image: SceneImage,
  { images }: Pick<Services, 'images'>,
  look: () => Promise<T>,
): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (isUnreadable(error)) await images.markUnreadable(image);
    throw error;
  }
}

export function isUnreadable(error: unknown): error is ImageError | UnreadableError {
  return error instanceof ImageError || error instanceof UnreadableError;
}
