// The pictures that the page offers, each with a question that the embedded checkpoint answers rightly.
import { fileURLToPath } from 'node:url';

export interface Sample {
  readonly name: string;
  /** Absolute path of the image. */
  readonly file: string;
  readonly tryAsking: string;
}

export const samples: readonly Sample[] = [];

export function sampleFile(name: string): string {
  return fileURLToPath(new URL(`samples/${name}`, import.meta.url));
}
