// Where messages are written: text, files, replies and slash commands.
import type { APIApplicationCommand, APIMessage } from 'discord.js';
import { css, html, nothing, type TemplateResult } from 'lit';
import { isThread } from '../channels.ts';
import { beginCommand, type CommandValues, sentOptions } from '../command-values.ts';
import { maxMessageLength } from '../discord-values.ts';
import { icons } from '../icons.ts';
import { encodeMentions } from '../mentions.ts';
import { hasPicture } from '../messages.ts';
import { sampleFileName } from '../samples.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import type { Vocabulary } from '../suggestions.ts';
import './attach-menu.ts';
import './command-form.ts';
import './file-chips.ts';
import './message-field.ts';
import './reply-bar.ts';
import type { PageState } from '../../page-api.ts';
import type { ReplyDraft } from '../model.ts';
import type { CommandForm } from './command-form.ts';
import type { MessageField } from './message-field.ts';

interface Draft {
  readonly text: string;
  readonly files: readonly File[];
}

const noDraft: Draft = { text: '', files: [] };
const countFrom = 1_800;
const maxFiles = 10;

export class Composer extends StoreElement {
  static override properties = {
    text: { state: true },
    files: { state: true },
    form: { state: true },
    busy: { state: true },
  };

  declare text: string;
  declare files: readonly File[];
  /** The slash command that is being filled in, if any. */
  declare form: CommandValues | undefined;
  declare busy: boolean;
  readonly #drafts = new Map<string, Draft>();
  #channelId: string | undefined;

  static override styles = [
    sharedStyles,
    css`
      :host { position: relative; display: block; flex: none; padding: 0 16px; }
      .box { position: relative; }
      .field { border-radius: 8px; background: var(--composer); }
      .replying .field { border-radius: 0 0 8px 8px; }
      .line { display: flex; align-items: flex-end; }
      .field:has(blip-message-field:focus-within) { box-shadow: 0 0 0 1px var(--grey-button); }
      .send { display: flex; padding: 12px 16px; color: var(--blurple); }
      .send:disabled { color: var(--text-faint); }
      .count { padding: 11px 0; font-size: 14px; color: var(--text-muted); }
      .count.over { color: var(--red-text); font-weight: 600; }
      .offline { padding: 8px 16px; font-size: 14px; color: var(--yellow); }
    `,
  ];

  constructor() {
    super();
    Object.assign(this, noDraft);
    this.busy = false;
  }

  override focus(): void {
    this.#field?.focus();
  }

  attach(files: readonly File[]): void {
    if (files.length === 0) return;
    const form = this.renderRoot.querySelector<CommandForm>('blip-command-form');
    if (form && files[0] && form.takeFile(files[0])) return;
    if (this.files.length + files.length > maxFiles)
      this.store.toast(`A message carries at most ${maxFiles} files.`);
    this.files = [...this.files, ...files].slice(0, maxFiles);
    this.focus();
  }

  useCommand(name: string): void {
    const command = this.#commands.find((other) => other.name === name);
    if (command) this.#choose(command);
    else this.store.toast(`The bot has no /${name} command at the moment. Is it online?`);
  }

  /** Bots answer replies to other people's pictures only when they are mentioned, so the mention is put in. */
  beginReply(message: APIMessage): void {
    this.form = undefined;
    const { channel } = this.store;
    const needsMention = !message.author.bot && hasPicture(message) && !(channel && isThread(channel));
    if (needsMention && this.text === '') this.text = this.#mention;
    void this.updateComplete.then(() => this.#field?.focusAtEnd());
  }

  protected override willUpdate(): void {
    const { channelId = '' } = this.store.model;
    if (channelId === this.#channelId) return;
    const { text, files } = this;
    if (this.#channelId !== undefined) this.#drafts.set(this.#channelId, { text, files });
    this.#channelId = channelId;
    this.form = undefined;
    Object.assign(this, this.#drafts.get(channelId) ?? noDraft);
  }

  override firstUpdated(): void {
    if (matchMedia('(hover: hover)').matches) this.focus();
  }

  override render() {
    const { state, channelId = '', replies } = this.store.model;
    if (!state) return nothing;
    const reply = replies.get(channelId);
    const { user, online } = state.bot;
    return html`
      ${online ? nothing : html`<p class="offline" role="status">${user.username} is offline. It answers when it is back.</p>`}
      <div class="box ${reply ? 'replying' : ''}">
        ${reply ? this.#replyBar(reply, state) : nothing}
        <div class="field">${this.form ? this.#commandForm(this.form) : this.#message(state)}</div>
      </div>
    `;
  }

  #replyBar(reply: ReplyDraft, { me }: PageState): TemplateResult {
    const toggle = () =>
      this.store.setReply(reply.message.channel_id, { ...reply, mentionAuthor: !reply.mentionAuthor });
    return html`<blip-reply-bar
      .draft=${reply}
      .toSelf=${reply.message.author.id === me.id}
      @toggle-mention=${toggle}
      @cancel=${this.#cancelReply}
    ></blip-reply-bar>`;
  }

  #message(state: PageState): TemplateResult {
    return html`
      ${this.files.length > 0 ? html`<blip-file-chips .files=${this.files} @remove=${this.#onRemove}></blip-file-chips>` : nothing}
      <div class="line">
        <blip-attach-menu .samples=${state.samples}></blip-attach-menu>
        <blip-message-field
          .text=${this.text}
          .placeholder=${this.#placeholder(state)}
          .known=${this.#known(state)}
          @change-text=${this.#onText}
          @choose-command=${({ detail }: CustomEvent<APIApplicationCommand>) => this.#choose(detail)}
          @send=${() => void this.#send()}
          @cancel=${this.#cancelReply}
        ></blip-message-field>
        ${this.#count()}
        <button class="send" aria-label="Send" title="Send (Enter)" ?disabled=${!this.#canSend} @click=${() => void this.#send()}>${icons.send(20)}</button>
      </div>
    `;
  }

  #commandForm(form: CommandValues): TemplateResult {
    return html`<blip-command-form
      .form=${form}
      .busy=${this.busy}
      @change-form=${this.#onForm}
      @leave=${this.#leaveCommand}
      @run=${() => void this.#run(form)}
    ></blip-command-form>`;
  }

  #count(): TemplateResult | typeof nothing {
    const left = maxMessageLength - this.#encoded.length;
    if (this.text.length < countFrom) return nothing;
    return html`<span class="count ${left < 0 ? 'over' : ''}" role="status" aria-label="${left} characters left">${left}</span>`;
  }

  #placeholder({ samples }: PageState): string {
    const { channel } = this.store;
    const answered = this.store.model.replies.get(channel?.id ?? '')?.message.attachments ?? [];
    const sample = samples.find((one) => answered.some(({ filename }) => filename === sampleFileName(one)));
    if (sample) return `Ask about the picture: “${sample.tryAsking}”`;
    if (!channel) return 'Message';
    return isThread(channel) ? `Ask about the picture in “${channel.name}”` : `Message #${channel.name}`;
  }

  #known({ bot, members, me }: PageState): Vocabulary {
    const users = members.map(({ user }) => user).filter(({ id }) => id !== me.id);
    return { bot: bot.user, commands: this.#commands, users };
  }

  readonly #onText = ({ detail }: CustomEvent<string>) => {
    this.text = detail;
  };

  readonly #onForm = ({ detail }: CustomEvent<CommandValues>) => {
    this.form = detail;
  };

  readonly #onRemove = ({ detail }: CustomEvent<File>) => {
    this.files = this.files.filter((file) => file !== detail);
  };

  readonly #cancelReply = () => {
    const { channelId } = this.store.model;
    if (channelId) this.store.setReply(channelId, undefined);
    if (this.text === this.#mention) this.text = '';
    this.focus();
  };

  readonly #leaveCommand = () => {
    this.form = undefined;
    void this.updateComplete.then(() => this.focus());
  };

  /** The text as Discord takes it. */
  get #encoded(): string {
    const { state } = this.store.model;
    return state ? encodeMentions(this.text, this.#known(state).users).trim() : '';
  }

  get #canSend(): boolean {
    return (
      !this.busy &&
      (this.#encoded !== '' || this.files.length > 0) &&
      this.#encoded.length <= maxMessageLength
    );
  }

  async #send(): Promise<void> {
    const { channelId } = this.store.model;
    if (!channelId || !this.#canSend) return;
    const { text, files } = this;
    const content = this.#encoded;
    this.busy = true;
    Object.assign(this, noDraft);
    const taken = await this.store.send(channelId, content, files);
    this.busy = false;
    if (!taken && channelId === this.#channelId && this.text === '') Object.assign(this, { text, files });
  }

  async #run(form: CommandValues): Promise<void> {
    const { channelId } = this.store.model;
    if (!channelId || this.busy) return;
    const { options, files } = sentOptions(form);
    this.busy = true;
    const { id: commandId, name } = form.command;
    const taken = await this.store.runCommand(
      name,
      { kind: 'command', channelId, commandId, options },
      files,
    );
    this.busy = false;
    if (taken) this.#leaveCommand();
  }

  #choose(command: APIApplicationCommand): void {
    this.text = '';
    this.form = beginCommand(command);
  }

  /** Slash commands only: the page has no menus for the other kinds. */
  get #commands(): readonly APIApplicationCommand[] {
    return this.store.model.state?.commands.filter(({ type }) => type === 1) ?? [];
  }

  get #mention(): string {
    return `@${this.store.model.state?.bot.user.username} `;
  }

  get #field(): MessageField | null {
    return this.renderRoot.querySelector<MessageField>('blip-message-field');
  }
}

customElements.define('blip-composer', Composer);
