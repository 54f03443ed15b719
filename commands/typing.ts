// Shows that the bot is typing while it works. However many answers a channel waits for, it sees one typist.
import { setTimeout } from 'node:timers/promises';
import type { Logger } from './command.ts';

export interface TypingChannel {
  readonly id: string;
  sendTyping(): Promise<unknown>;
}

interface Typist {
  answers: number;
  readonly timer: NodeJS.Timeout;
  sent: Promise<unknown>;
}

/** Discord shows typing for 10 seconds. */
const refreshMs = 8_000;

/** How long a finished answer waits for a typing sign that is still on its way. */
const patienceMs = 1_000;

export class Typing {
  readonly #typists = new Map<string, Typist>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Types from now until `work` has ended, well or badly. */
  async during<T>(channel: TypingChannel, work: () => Promise<T>): Promise<T> {
    const typist = this.#start(channel);
    try {
      return await work();
    } finally {
      await this.#stop(channel, typist);
    }
  }

  #start(channel: TypingChannel): Typist {
    const present = this.#typists.get(channel.id);
    if (present) {
      present.answers += 1;
      return present;
    }
    const timer = setInterval(() => {
      typist.sent = this.#send(channel);
    }, refreshMs);
    const typist: Typist = { answers: 1, timer, sent: this.#send(channel) };
    this.#typists.set(channel.id, typist);
    return typist;
  }

  async #stop(channel: TypingChannel, typist: Typist): Promise<void> {
    typist.answers -= 1;
    if (typist.answers === 0) {
      clearInterval(typist.timer);
      this.#typists.delete(channel.id);
    }
    // An answer posted before this arrives would leave the bot typing after it; but it waits for no slow Discord.
    await Promise.race([typist.sent, setTimeout(patienceMs, undefined, { ref: false })]);
  }

  /** An answer matters more than the sign that it is coming, so this never fails. */
  async #send(channel: TypingChannel): Promise<void> {
    await channel.sendTyping().catch((error: unknown) => {
      this.#log.debug({ error, channelId: channel.id }, 'Could not show typing');
    });
  }
}
