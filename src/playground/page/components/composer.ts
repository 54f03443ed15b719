// Where one writes: a message or, once a command is chosen, its form; and over it what the message replies to.
import type { APIApplicationCommand } from 'discord.js';
import { css, html, nothing, type TemplateResult } from 'lit';
import { beginCommand, type CommandValues, sentOptions, withFile } from '../command-values.ts';
import { maxFiles, type ReplyDraft, withoutReply, withQuestion } from '../drafts.ts';
import { sampleIn } from '../samples.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import './command-form.ts';
import './message-box.ts';
import './reply-bar.ts';
import type { MessageBox } from './message-box.ts';

export class Composer extends StoreElement {
  static override properties = { busy: { state: true } };

  /** Whether a command is on its way. */
  declare busy: boolean;

  static override styles = [
    sharedStyles,
    css`
      :host { position: relative; display: block; flex: none; padding: 0 16px; }
      .box { position: relative; }
      .field { border-radius: 8px; background: var(--composer); }
      .replying .field { border-radius: 0 0 8px 8px; }
      .field:focus-within { box-shadow: 0 0 0 1px var(--grey-button); }
      .offline { padding: 8px 16px; font-size: 14px; color: var(--yellow); }
    `,
  ];

  constructor() {
    super();
    this.busy = false;
  }

  override focus(): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<MessageBox>('blip-message-box')?.focus(),
    );
  }

  attach(files: readonly File[]): void {
    const { form } = this.store.drafts.shown;
    const [first] = files;
    if (!first) return;
    if (form) this.#giveToCommand(form, first);
    else this.#addFiles(files);
    this.focus();
  }

  /** Puts words behind what is written. */
  insert(words: string): void {
    this.renderRoot.querySelector<MessageBox>('blip-message-box')?.insert(words);
  }

  useCommand(name: string): void {
    const command = this.store.commands.find((other) => other.name === name);
    if (command) this.#choose(command);
    else this.store.toast(`The bot has no /${name} command at the moment. Is it online?`);
  }

  override firstUpdated(): void {
    if (matchMedia('(hover: hover)').matches) this.focus();
  }

  override render() {
    const { state } = this.store.model;
    if (!state) return nothing;
    const { reply, form } = this.store.drafts.shown;
    const { user, online } = state.bot;
    return html`
      ${online ? nothing : html`<p class="offline" role="status">${user.username} is offline. It answers when it is back.</p>`}
      <div class="box ${reply ? 'replying' : ''}">
        ${reply ? this.#replyBar(reply) : nothing}
        <div class="field">
          ${form ? this.#commandForm(form) : html`<blip-message-box .store=${this.store} @choose-command=${this.#onChoose} @cancel=${this.#cancelReply}></blip-message-box>`}
        </div>
      </div>
    `;
  }

  #replyBar(reply: ReplyDraft): TemplateResult {
    const { me, samples = [] } = this.store.model.state ?? {};
    const toggle = () =>
      this.store.drafts.set({
        ...this.store.drafts.shown,
        reply: { ...reply, mentionAuthor: !reply.mentionAuthor },
      });
    return html`<blip-reply-bar
      .draft=${reply}
      .toSelf=${reply.message.author.id === me?.id}
      .suggestion=${sampleIn(reply.message, samples)?.tryAsking}
      @toggle-mention=${toggle}
      @take-suggestion=${this.#onSuggestion}
      @cancel=${this.#cancelReply}
    ></blip-reply-bar>`;
  }

  #commandForm(form: CommandValues): TemplateResult {
    return html`<blip-command-form
      .form=${form}
      .busy=${this.busy}
      .complete=${(option: string, typed: string) => this.store.interactions.choicesFor(form.command, option, typed)}
      @change-form=${({ detail }: CustomEvent<CommandValues>) => this.#setForm(detail)}
      @leave=${this.#leaveCommand}
      @run=${() => void this.#run(form)}
    ></blip-command-form>`;
  }

  #giveToCommand(form: CommandValues, file: File): void {
    const filled = withFile(form, file);
    if (filled) this.#setForm(filled);
    else this.store.toast(`/${form.command.name} takes no further picture.`);
  }

  #addFiles(files: readonly File[]): void {
    const draft = this.store.drafts.shown;
    const all = [...draft.files, ...files];
    if (all.length > maxFiles) this.store.toast(`A message carries at most ${maxFiles} files.`);
    this.store.drafts.set({ ...draft, files: all.slice(0, maxFiles) });
  }

  readonly #onChoose = ({ detail }: CustomEvent<APIApplicationCommand>) => this.#choose(detail);

  readonly #onSuggestion = ({ detail }: CustomEvent<string>) => {
    this.store.drafts.set(withQuestion(this.store.drafts.shown, detail));
    this.focus();
  };

  readonly #cancelReply = () => {
    this.store.drafts.set(withoutReply(this.store.drafts.shown));
    this.focus();
  };

  readonly #leaveCommand = () => {
    this.#setForm(undefined);
    this.focus();
  };

  async #run(form: CommandValues): Promise<void> {
    const { channelId } = this.store.model;
    if (!channelId || this.busy) return;
    const { options, files } = sentOptions(form);
    const { id: commandId, name } = form.command;
    const command = { kind: 'command', channelId, commandId, options } as const;
    this.busy = true;
    const taken = await this.store.interactions.runCommand(name, command, files);
    this.busy = false;
    if (!taken) return;
    this.#setForm(undefined, channelId);
    this.focus();
  }

  /** What names the command goes; anything else that was written waits until the command is done. */
  #choose(command: APIApplicationCommand): void {
    const draft = this.store.drafts.shown;
    const text = draft.text.startsWith('/') ? '' : draft.text;
    this.store.drafts.set({ ...draft, text, form: beginCommand(command) });
  }

  #setForm(form: CommandValues | undefined, channelId = this.store.model.channelId ?? ''): void {
    this.store.drafts.set({ ...this.store.drafts.in(channelId), form }, channelId);
  }
}

customElements.define('blip-composer', Composer);
