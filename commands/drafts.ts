// Shows an answer that takes long while it is being made, in the message that becomes it. What comes soon shows as a whole
// at once.
import type { AnswerProgress, OnProgress } from '../conversation/conversations.ts';
import type { Logger } from '../models/logger.ts';
import { draftText } from './draft-text.ts';
import { isPassing } from './patience.ts';

/** Where a draft is shown. */
export interface DraftPlace {
  /** The message or the interaction that asks. */
  readonly sourceId: string;
  readonly channelId: string;
  /** Of whoever reads it. */
  readonly locale: string;
  /** Discord's markdown that stands above the text; begins no line. */
  readonly above?: string;
  /** The message that shows it, once it is known. */
  readonly messageId: string | undefined;
  /** Nobody but whoever asked sees it: it is gone with their window. */
  readonly isEphemeral?: boolean;
  /** What the draft stands in the place of, once it is prepared; that comes back where nothing becomes of the draft. */
  readonly replaces?: Replaced | undefined;
  /**
   * Called before it is shown for the first time, until it may be.
   * @returns false where another draft stands in its place
   * @throws as `show` does
   */
  prepare?(): Promise<boolean>;
  /**
   * Posts it at first, and edits it from then on.
   * @param signal ends the waiting for a Discord that fails
   * @throws what Discord says against it
   */
  show(text: string, signal: AbortSignal): Promise<void>;
}

/** An old answer, as its first message shows it. */
export interface Replaced {
  readonly content: string;
  /** As Discord describes them. */
  readonly components: readonly unknown[];
}

/** What is kept of a draft while it shows, so that it can be cleared after the bot was cut off. */
export interface KeptDraft {
  readonly channelId: string;
  readonly messageId: string;
  readonly sourceId: string;
  readonly replaces?: Replaced;
}

export interface NoteDraft {
  /** Never rejects. */
  note(draft: KeptDraft): Promise<void>;
}

export interface DraftTimes {
  /** An answer that is there sooner has no draft. */
  readonly afterMs: number;
  /** Between two edits in one channel, at least. */
  readonly everyMs: number;
}

/** Made once: each that `abort` makes by itself records where it was made. */
const ended = new Error('The answer has ended.');

const ofDiscord: DraftTimes = { afterMs: 2_000, everyMs: 1_000 };

export class Drafts {
  readonly #log: Logger;
  readonly #times: DraftTimes;
  readonly #kept: NoteDraft | undefined;
  readonly #underWay = new Set<DraftPlace>();
  /** Of those, the ones that show, or are about to. */
  readonly #shown = new Set<DraftPlace>();

  /** @param kept absent: a bot that is cut off knows nothing of its drafts */
  constructor(log: Logger, times: DraftTimes = ofDiscord, kept?: NoteDraft) {
    this.#log = log;
    this.#times = times;
    this.#kept = kept;
  }

  /** What asked for the answer that a message shows the draft of. */
  sourceOf(messageId: string): string | undefined {
    return [...this.#underWay].find((place) => place.messageId === messageId)?.sourceId;
  }

  /**
   * Shows how far the work is, from when it takes long until it has ended, well or badly. Never fails by itself.
   * @param whenShown called when whoever asked sees it for the first time
   */
  async during<T>(
    place: DraftPlace,
    work: (onProgress: OnProgress) => Promise<T>,
    whenShown: () => void = () => {},
  ): Promise<T> {
    const ending = new AbortController();
    let latest: AnswerProgress = { stage: 'thinking' };
    let sinceMs = performance.now();
    const current = () => draftText(latest, place, performance.now() - sinceMs);
    this.#underWay.add(place);
    const showing = this.#keepShowing(place, current, whenShown, ending.signal);
    try {
      return await work((progress) => {
        latest = progress;
        sinceMs = performance.now();
      });
    } finally {
      ending.abort(ended);
      // What comes after it must not be overtaken by an edit that is on its way.
      await showing;
      this.#underWay.delete(place);
      this.#shown.delete(place);
    }
  }

  async #keepShowing(
    place: DraftPlace,
    current: () => string,
    whenShown: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    let shown: string | undefined;
    for (let ms = this.#times.afterMs; await hasPassed(ms, signal); ms = this.#everyMs(place)) {
      const text = current();
      if (text === shown) continue;
      try {
        if (shown !== undefined) await place.show(text, signal);
        else if (await this.#showFirst(place, text, signal)) whenShown();
        else continue;
        shown = text;
      } catch (error) {
        this.#log.debug({ err: error, sourceId: place.sourceId }, 'Could not show the draft of an answer');
        // Asking again for what is refused would end in a ban.
        if (!isPassing(error)) return;
      }
    }
  }

  /** What it takes the place of is kept before that is gone. */
  async #showFirst(place: DraftPlace, text: string, signal: AbortSignal): Promise<boolean> {
    if ((await place.prepare?.()) === false || this.#isTaken(place)) return false;
    this.#shown.add(place);
    await this.#note(place);
    await place.show(text, signal);
    if (!place.replaces) await this.#note(place);
    return true;
  }

  /** One message shows one draft at a time. */
  #isTaken(place: DraftPlace): boolean {
    const { messageId } = place;
    const others = [...this.#shown].filter((other) => other !== place);
    return messageId !== undefined && others.some((other) => other.messageId === messageId);
  }

  async #note({ channelId, messageId, sourceId, replaces, isEphemeral = false }: DraftPlace): Promise<void> {
    if (messageId === undefined || isEphemeral) return;
    await this.#kept?.note({ channelId, messageId, sourceId, ...(replaces && { replaces }) });
  }

  /** Discord counts the edits in a channel: many drafts share what one may have. */
  #everyMs({ channelId }: DraftPlace): number {
    const here = [...this.#underWay].filter((place) => place.channelId === channelId);
    return this.#times.everyMs * here.length;
  }
}

/** False where it was aborted before. */
async function hasPassed(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(!signal.aborted);
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
