// The draft of an answer that is made anew: stands in the place of the old one, which comes back where there is no new
// one.
import type { Channel, Message } from 'discord.js';
import type { OnProgress } from '../conversation/conversations.ts';
import type { Services } from './command.ts';
import { isGone } from './delete-message.ts';
import { isDraft } from './draft-text.ts';
import type { DraftPlace, Replaced } from './drafts.ts';
import { quietly } from './outgoing.ts';
import { patiently } from './patience.ts';
import { duringTyping } from './typing-in.ts';

export interface RewriteDraftOptions extends Pick<DraftPlace, 'sourceId' | 'channelId' | 'locale' | 'above'> {
  /** The first message of the old answer; undefined where it is gone. Called only where there is to be a draft. */
  readonly find: () => Promise<Message | undefined>;
}

export class RewriteDraft implements DraftPlace {
  readonly sourceId: string;
  readonly channelId: string;
  readonly locale: string;
  readonly above: string;
  replaces: Replaced | undefined;
  readonly #find: RewriteDraftOptions['find'];
  #message: Message | undefined;
  #isShown = false;

  constructor({ sourceId, channelId, locale, above = '', find }: RewriteDraftOptions) {
    this.sourceId = sourceId;
    this.channelId = channelId;
    this.locale = locale;
    this.above = above;
    this.#find = find;
  }

  get messageId(): string | undefined {
    return this.#message?.id;
  }

  async prepare(): Promise<boolean> {
    const message = await this.#find();
    // What would be put back in the end is what that one comes to.
    if (message && isDraft(message)) return false;
    this.#message = message;
    const { content, components } = message ?? {};
    if (content !== undefined && components) {
      this.replaces = { content, components: components.map((row) => row.toJSON()) };
    }
    return true;
  }

  async show(content: string): Promise<void> {
    if (!this.#message) return;
    this.#isShown = true;
    await this.#message.edit({ content, components: [], ...quietly });
  }

  /** Never rejects: what went wrong before matters more. */
  async putBack({ log, signal }: Pick<Services, 'log' | 'signal'>): Promise<void> {
    if (!this.#message || !this.replaces || !this.#isShown) return;
    try {
      await putBack(this.#message, this.replaces, signal);
    } catch (error) {
      log.warn({ err: error, messageId: this.messageId }, 'Could not put an old answer back');
    }
  }
}

/** Does no harm where the message is gone. */
export async function putBack(message: Message, old: Replaced, signal: AbortSignal): Promise<void> {
  const { content, components } = old;
  // As Discord gave them.
  const edit = { content, components: [...components] as never[], ...quietly };
  try {
    await patiently(() => message.edit(edit), signal.aborted ? undefined : signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Types and shows the draft while a new answer is made. */
export async function duringRewrite<T>(
  draft: RewriteDraft,
  channel: Channel | null,
  services: Services,
  work: (onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  try {
    return await duringTyping(channel, services, (stopTyping) =>
      services.drafts.during(draft, work, stopTyping),
    );
  } catch (error) {
    await draft.putBack(services);
    throw error;
  }
}
