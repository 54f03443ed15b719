// The draft of an answer to an interaction: stands in the place of "thinking…" until the answer does.

import type { AskedBy } from './asked-by.ts';
import type { DraftPlace } from './drafts.ts';
import { quietly } from './outgoing.ts';

export class InteractionDraft implements DraftPlace {
  readonly sourceId: string;
  readonly channelId: string;
  readonly locale: string;
  readonly above: string;
  readonly isEphemeral: boolean;
  messageId: string | undefined;
  readonly #interaction: AskedBy;

  /** @param interaction acknowledged, but not by `acknowledgeBeside` */
  constructor(interaction: AskedBy, above = '') {
    this.sourceId = interaction.id;
    this.channelId = interaction.channelId ?? '';
    this.locale = interaction.locale;
    this.above = above;
    this.isEphemeral = interaction.ephemeral ?? false;
    this.#interaction = interaction;
  }

  async show(content: string): Promise<void> {
    this.messageId = (await this.#interaction.editReply({ content, ...quietly })).id;
  }
}
