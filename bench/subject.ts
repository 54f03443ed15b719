// What is measured unless another is named: the embedded checkpoint, and a picture that it knows.
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

export const embedded = join(root, 'models', 'emoji');
export const picture = join(root, 'test', 'goldens', 'emoji', 'scene3.png');

/** For `parseArgs`: folder of a checkpoint, and file of an image. */
export const subjectOptions = {
  model: { type: 'string', default: embedded },
  image: { type: 'string', default: picture },
} as const;
