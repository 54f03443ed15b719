// Shows that the bot is typing while it works. However many answers a channel waits for, it sees one typist.
import type { Logger } from '../models/logger.ts';
import { isPassing } from './patience.ts';

export interface TypingChannel {
  readonly id: string;
  sendTyping(signal: AbortSignal): Promise<unknown>;
}

interface Typist {
  answers: number;
  readonly timer: NodeJS.Timeout;
  /** Of a sign that is on its way. */
  sending?: AbortController | undefined;
}

/** Discord shows typing for 10 seconds. */
const refreshMs = 8_000;
/** Of the 50 requests that Discord allows a bot in a second: answers are to find the others free. */
const mostSignsASecond = 20;

export class Typing {
  readonly #typists = new Map<string, Typist>();
  readonly #log: Logger;
  #second = { endsMs: 0, signs: 0 };

  constructor(log: Logger) {
    this.#log = log;
  }

  /**
   * Types from now until `work` has ended, well or badly.
   * @param work may end the typing before: more than once is harmless
   */
  async during<T>(channel: TypingChannel, work: (stopTyping: () => void) => Promise<T>): Promise<T> {
    const typist = this.#start(channel);
    let isTyping = true;
    const stop = () => {
      if (isTyping) this.#stop(channel, typist);
      isTyping = false;
    };
    try {
      return await work(stop);
    } finally {
      stop();
    }
  }

  #start(channel: TypingChannel): Typist {
    const present = this.#typists.get(channel.id);
    if (present) {
      present.answers += 1;
      return present;
    }
    const send = () => void this.#send(channel, typist);
    const typist: Typist = { answers: 1, timer: setInterval(send, refreshMs) };
    this.#typists.set(channel.id, typist);
    send();
    return typist;
  }

  /** The answer waits for no sign that is still on its way: that one is called back, lest it shows after the answer. */
  #stop(channel: TypingChannel, typist: Typist): void {
    typist.answers -= 1;
    if (typist.answers > 0) return;
    clearInterval(typist.timer);
    this.#typists.delete(channel.id);
    typist.sending?.abort();
  }

  /** An answer matters more than the sign that it is coming, so this never fails. */
  async #send(channel: TypingChannel, typist: Typist): Promise<void> {
    if (!this.#takesSign()) return;
    const sending = new AbortController();
    typist.sending = sending;
    try {
      await channel.sendTyping(sending.signal);
    } catch (error) {
      if (sending.signal.aborted) return;
      this.#log.debug({ error, channelId: channel.id }, 'Could not show typing');
      // Asking again for what is refused, as where the channel is hidden by now, would end in a ban.
      if (!isPassing(error)) clearInterval(typist.timer);
    } finally {
      if (typist.sending === sending) typist.sending = undefined;
    }
  }

  #takesSign(): boolean {
    const now = Date.now();
    if (now >= this.#second.endsMs) this.#second = { endsMs: now + 1_000, signs: 0 };
    this.#second.signs += 1;
    return this.#second.signs <= mostSignsASecond;
  }
}
