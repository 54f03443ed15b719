// Which messages are being answered, so that an answer is called off when its question is edited or deleted.
import type { Services } from '../commands/command.ts';

interface Work {
  readonly controller: AbortController;
  readonly ended: Promise<unknown>;
  isCalledOff: boolean;
}

export class AnswersUnderWay {
  readonly #work = new Map<string, Work>();
  readonly #stopping: AbortSignal;

  /** @param stopping aborts all of them; heard once for all, since following a signal with another costs each of them */
  constructor(stopping: AbortSignal) {
    this.#stopping = stopping;
    stopping.addEventListener('abort', () => {
      for (const { controller } of this.#work.values()) controller.abort(stopping.reason);
    });
  }

  /**
   * @param answer is handed services whose signal aborts when the answer is called off as well
   * @returns false where it was called off before it was done, which is no failure
   */
  async run(
    messageId: string,
    services: Services,
    answer: (services: Services) => Promise<void>,
  ): Promise<boolean> {
    const controller = new AbortController();
    if (this.#stopping.aborted) controller.abort(this.#stopping.reason);
    const done = answer({ ...services, signal: controller.signal });
    const work: Work = { controller, ended: done.catch(() => undefined), isCalledOff: false };
    this.#work.set(messageId, work);
    try {
      await done;
      return true;
    } catch (error) {
      if (!work.isCalledOff) throw error;
      return false;
    } finally {
      this.#work.delete(messageId);
    }
  }

  has(messageId: string): boolean {
    return this.#work.has(messageId);
  }

  /** Resolves when the work has ended; says whether there was any. */
  async callOff(messageId: string): Promise<boolean> {
    const work = this.#work.get(messageId);
    if (!work) return false;
    work.isCalledOff = true;
    work.controller.abort(new DOMException(`Message ${messageId} was edited or deleted.`, 'AbortError'));
    await work.ended;
    return true;
  }
}
