// The draft of an answer to an interaction: stands in the place of "thinking…" until the answer does.
import type { DraftPlace } from './drafts.ts';
import { type AskedBy, quietly } from './reply.ts';

export class InteractionDraft implements DraftPlace {
  readonly sourceId: string;
  readonly channelId: string;
  readonly locale: string;
  readonly above: string;
  messageId: string | undefined;
  readonly #interaction: AskedBy;

  /** @param interaction acknowledged, but not by `acknowledgeBeside` */
  constructor(interaction: AskedBy, above = '') {
    this.sourceId = interaction.id;
    this.channelId = interaction.channelId ?? '';
    this.locale = interaction.locale;
    this.above = above;
    this.#interaction = interaction;
  }

  async show(content: string): Promise<void> {
    this.messageId = (await this.#interaction.editReply({ content, ...quietly })).id;
  }
}
