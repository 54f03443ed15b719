// How answers and captions ended, told to whoever counts them.
import type { Caption } from './conversations.ts';

/** `again`: an answer in the place of an earlier one. */
export type AnswerKind = 'question' | 'caption' | 'again';

export interface AnswerEnd {
  readonly kind: AnswerKind;
  /** Waiting included. */
  readonly tookMs: number;
  /** A caption or an Answer; absent where none was made. */
  readonly made?: Caption;
  readonly error?: unknown;
}

/** Must not throw. */
export type OnAnswerEnd = (end: AnswerEnd) => void;

export async function tellEnd<T extends Caption | undefined>(
  kind: AnswerKind,
  onEnd: OnAnswerEnd | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const startedMs = performance.now();
  const tell = (how: Pick<AnswerEnd, 'made' | 'error'>) =>
    onEnd?.({ kind, tookMs: performance.now() - startedMs, ...how });
  try {
    const made = await work();
    tell(made ? { made } : {});
    return made;
  } catch (error) {
    tell({ error });
    throw error;
  }
}
