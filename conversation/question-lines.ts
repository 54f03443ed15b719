// Who waits in a conversation, whose questions are answered one after the other: neither one person nor all together
// may make the others wait for ever.
import type { Standing } from '../models/backend.ts';
import { ConversationError } from './errors.ts';
import { problem } from './problems.ts';

const OF_ALL = 24;
const OF_ONE_PERSON = 8;

export interface Questioner {
  readonly askedBy: string;
  /** Hears of the question's place, as long as it waits: at first and whenever it changes. */
  readonly onStanding?: (standing: Standing) => void;
}

interface Question extends Questioner {
  /** When its answer was begun, by `performance.now()`. */
  begunMs?: number;
}

export class QuestionLines {
  /** By conversation; none of them empty. */
  readonly #lines = new Map<string, Question[]>();
  /** How long an answer takes, of late. */
  #meanMs = 0;

  /**
   * @param answer calls `begin` when it has its turn
   * @throws ConversationError when too many wait there already
   */
  async join<T>(
    conversationId: string,
    questioner: Questioner,
    answer: (begin: () => void) => Promise<T>,
  ): Promise<T> {
    const line = this.#lines.get(conversationId) ?? [];
    refuseTooMany(line, questioner);
    const question: Question = { ...questioner };
    line.push(question);
    this.#lines.set(conversationId, line);
    // Nobody's place changes but that of the newcomer.
    this.#tellStandings(line, line.length - 1);
    try {
      return await answer(() => {
        question.begunMs = performance.now();
      });
    } finally {
      this.#leave(conversationId, line, question);
    }
  }

  #leave(conversationId: string, line: Question[], question: Question): void {
    if (question.begunMs !== undefined) {
      const tookMs = performance.now() - question.begunMs;
      this.#meanMs = this.#meanMs === 0 ? tookMs : 0.8 * this.#meanMs + 0.2 * tookMs;
    }
    line.splice(line.indexOf(question), 1);
    if (line.length === 0) this.#lines.delete(conversationId);
    this.#tellStandings(line, 1);
  }

  /** @param from a place in the line: to whoever is there or further back */
  #tellStandings(line: readonly Question[], from: number): void {
    const [first] = line;
    const spentMs = first?.begunMs === undefined ? 0 : performance.now() - first.begunMs;
    const leftMs = Math.max(0, this.#meanMs - spentMs);
    for (const [before, { onStanding }] of line.entries()) {
      if (before === 0 || before < from) continue;
      const waitMs = leftMs + (before - 1) * this.#meanMs;
      onStanding?.({ before, ...(this.#meanMs > 0 && { waitMs }) });
    }
  }
}

function refuseTooMany(line: readonly Question[], { askedBy }: Questioner): void {
  const own = line.filter((other) => other.askedBy === askedBy).length;
  if (own >= OF_ONE_PERSON) throw new ConversationError(problem('yourQuestionsWait', { own }));
  if (line.length >= OF_ALL) throw new ConversationError(problem('questionsWait', { all: line.length }));
}
