// The pictures that the page offers, each with a question that the embedded checkpoint answers rightly.
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
  { name: 'Strawberry', file: inFolder('strawberry.png'), tryAsking: 'What fruit is in the picture?' },
];

function inFolder(name: string): string {
  return fileURLToPath(new URL(`samples/${name}`, import.meta.url));
}
