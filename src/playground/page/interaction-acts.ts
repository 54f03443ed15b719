// What a person asks of the bot by a command, a button, a menu or a form.
import type { APIApplicationCommand, APIMessage } from 'discord.js';
import type { Choices, PostInteraction } from '../page-api.ts';
import { withInteractionId, withRefusal } from './apply-event.ts';
import { type Client, RequestError } from './client.ts';
import type { Interaction } from './model.ts';
import type { ModelHolder } from './model-holder.ts';

/** A button whose press was taken shows busy no longer than Discord waits for an acknowledgement. */
const buttonBusyMs = 3_500;

export class InteractionActs {
  readonly #holder: ModelHolder;
  readonly #client: Client;

  constructor(holder: ModelHolder, client: Client) {
    this.#holder = holder;
    this.#client = client;
  }

  /** @returns whether the command was taken */
  runCommand(
    name: string,
    command: Extract<PostInteraction, { kind: 'command' }>,
    files: ReadonlyMap<string, File>,
  ): Promise<boolean> {
    return this.#interact({ kind: 'command', name }, command, files);
  }

  /** What the bot offers for an option in which this was typed. */
  async choicesFor(command: APIApplicationCommand, option: string, typed: string): Promise<Choices> {
    const { channelId = '' } = this.#holder.model;
    try {
      return await this.#client.choices({ channelId, commandId: command.id, option, typed });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return []; // one types on
    }
  }

  runOnMessage({ id: commandId, name }: APIApplicationCommand, message: APIMessage): Promise<boolean> {
    const { id: messageId, channel_id: channelId } = message;
    const payload = { kind: 'message-command', channelId, commandId, messageId } as const;
    return this.#interact({ kind: 'command', name, isOnMessage: true }, payload, new Map());
  }

  /** Sends the form that the bot opened. */
  submitForm(values: Readonly<Record<string, string>>): void {
    const { form } = this.#holder.model;
    if (!form) return;
    const { interactionId, channelId, modal } = form;
    this.closeForm();
    const source = { kind: 'command', name: modal.title, isOnMessage: true } as const;
    void this.#interact(source, { kind: 'form', channelId, interactionId, values }, new Map());
  }

  closeForm(): void {
    this.#holder.set({ form: undefined });
  }

  pressButton(message: APIMessage, customId: string): Promise<boolean> {
    const { id: messageId, channel_id: channelId } = message;
    const source = { kind: 'button', messageId, customId } as const;
    return this.#interact(source, { ...source, channelId }, new Map());
  }

  chooseOption(message: APIMessage, customId: string, value: string): Promise<boolean> {
    const { id: messageId, channel_id: channelId } = message;
    const source = { kind: 'button', messageId, customId } as const;
    return this.#interact(source, { ...source, kind: 'menu', values: [value], channelId }, new Map());
  }

  dismiss(key: number): void {
    const { interactions } = this.#holder.model;
    this.#holder.set({ interactions: interactions.filter((interaction) => interaction.key !== key) });
  }

  async #interact(
    source: Interaction['source'],
    payload: PostInteraction,
    files: ReadonlyMap<string, File>,
  ): Promise<boolean> {
    const key = this.#holder.newKey();
    const { channelId } = payload;
    const others = this.#holder.model.interactions.filter(isLasting);
    const afterId = this.#holder.model.messages.get(channelId)?.at(-1)?.id ?? '';
    this.#holder.set({ interactions: [...others, { key, channelId, afterId, source }] });
    try {
      const { interactionId } = await this.#client.postInteraction(payload, files);
      this.#holder.set(withInteractionId(this.#holder.model, key, interactionId));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.#holder.set(withRefusal(this.#holder.model, key, error.message));
      return false;
    }
    if (source.kind === 'button') setTimeout(() => this.#endBusy(key), buttonBusyMs);
    return true;
  }

  #endBusy(key: number): void {
    const interaction = this.#holder.model.interactions.find((other) => other.key === key);
    if (interaction && !interaction.failure) this.dismiss(key);
  }
}

/** What was refused or failed goes with the next use; a command that the bot left unanswered stays, as a message does. */
function isLasting({ id, failure, source }: Interaction): boolean {
  return !failure || (source.kind === 'command' && id !== undefined);
}
