// The artist of a set of emoji, by the name on the command line.
import { join, resolve } from 'node:path';
import { UsageError } from '../src/usage-error.ts';
import { Artist } from '../test/scenes/paint.ts';

export function openArtist(set: string, artwork: string): Artist {
  const folder = resolve(artwork);
  try {
    return new Artist(set, join(folder, 'package.json'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new UsageError(
      `${folder} holds no emoji of the set "${set}". Install @iconify-json/${set} there.`,
      {
        cause: error,
      },
    );
  }
}
