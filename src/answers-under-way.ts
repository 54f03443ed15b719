// Which messages are being answered, so that an answer is called off when its question is edited or deleted.
import type { Services } from '../commands/command.ts';

interface Work {
  readonly controller: AbortController;
  readonly ended: Promise<unknown>;
}

export class AnswersUnderWay {
  readonly #work = new Map<string, Work>();

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
    const signal = AbortSignal.any([services.signal, controller.signal]);
    const done = answer({ ...services, signal });
    this.#work.set(messageId, { controller, ended: done.catch(() => undefined) });
    try {
      await done;
      return true;
    } catch (error) {
      if (!controller.signal.aborted) throw error;
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
    work?.controller.abort(new DOMException(`Message ${messageId} was edited or deleted.`, 'AbortError'));
    await work?.ended;
    return work !== undefined;
  }
}
