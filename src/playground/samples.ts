// What the page offers to whoever tries the embedded checkpoint: pictures of the kind that it knows, each with a
// question that it answers rightly, and what it does not know.
import { fileURLToPath } from 'node:url';

export interface Sample {
  readonly name: string;
  /** Absolute path of the image. */
  readonly file: string;
  readonly tryAsking: string;
}

export const samples: readonly Sample[] = [
  { name: 'Rocket', file: inFolder('rocket.png'), tryAsking: 'What is this?' },
  { name: 'Penguin', file: inFolder('penguin.png'), tryAsking: 'What animal is in the picture?' },
  { name: 'Bee', file: inFolder('bee.png'), tryAsking: 'Where is the bee?' },
  { name: 'Pizza', file: inFolder('pizza.png'), tryAsking: 'What food is in the picture?' },
];

/** In Discord's markdown. */
export const embeddedModelNote =
  'The embedded model knows nothing but pictures made of emoji, such as these. For photographs, pull a bigger model and name it in `BLIPCORD_MODEL`, as README.md says.';

function inFolder(name: string): string {
  return fileURLToPath(new URL(`samples/${name}`, import.meta.url));
}
