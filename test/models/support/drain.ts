// Runs a generation to its end.
import type { GeneratedToken, Generation } from '../../../models/backend.ts';

export interface Drained {
  readonly yielded: readonly GeneratedToken[];
  readonly result: Generation;
}

export async function drain(tokens: AsyncGenerator<GeneratedToken, Generation, void>): Promise<Drained> {
  const yielded: GeneratedToken[] = [];
  for (;;) {
    const next = await tokens.next();
    if (next.done) return { yielded, result: next.value };
    yielded.push(next.value);
  }
}
