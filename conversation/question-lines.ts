// Who waits in a conversation, whose questions are answered one after the other: neither one person nor all together
// may make the others wait for ever.
import { ConversationError } from './errors.ts';
import { problem } from './problems.ts';

const OF_ALL = 24;
const OF_ONE_PERSON = 8;

export class QuestionLines {
  /** Whoever asked, once for each question, by conversation; none of them empty. */
  readonly #lines = new Map<string, readonly string[]>();

  /** @throws ConversationError when too many wait there already */
  async join<T>(conversationId: string, askedBy: string, answer: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(conversationId) ?? [];
    const own = line.filter((other) => other === askedBy).length;
    if (own >= OF_ONE_PERSON) {
      throw new ConversationError(problem('yourQuestionsWait', { own }));
    }
    if (line.length >= OF_ALL) {
      throw new ConversationError(problem('questionsWait', { all: line.length }));
    }
    this.#lines.set(conversationId, [...line, askedBy]);
    try {
      return await answer();
    } finally {
      this.#leave(conversationId, askedBy);
    }
  }

  #leave(conversationId: string, askedBy: string): void {
    const line = [...(this.#lines.get(conversationId) ?? [])];
    line.splice(line.indexOf(askedBy), 1);
    if (line.length > 0) this.#lines.set(conversationId, line);
    else this.#lines.delete(conversationId);
  }
}
