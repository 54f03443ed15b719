// Where messages are written: text, files, replies, and the lists that open on "/" and "@".
import type { APIApplicationCommand, APIMessage, APIUser } from 'discord.js';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { isThread } from '../channels.ts';
import { beginCommand, type CommandValues, sentOptions } from '../command-values.ts';
import { maxMessageLength } from '../discord-values.ts';
import { icons } from '../icons.ts';
import { encodeMentions, mentionQuery } from '../mentions.ts';
import { avatarOf, displayName, hasPicture } from '../messages.ts';
import { sampleFileName } from '../samples.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import './attach-menu.ts';
import './command-form.ts';
import './file-chips.ts';
import './reply-bar.ts';
import type { CommandForm } from './command-form.ts';
import { type PickerItem, picker, pickerStyles } from './picker.ts';

interface Suggestions {
  readonly title: string;
  readonly items: readonly PickerItem[];
  readonly pick: (index: number) => void;
}

const growsByItself = CSS.supports('field-sizing', 'content');
const countFrom = 1_800;
const maxFiles = 10;

export class Composer extends StoreElement {
  static override properties = {
    text: { state: true },
    files: { state: true },
    form: { state: true },
    active: { state: true },
    closedFor: { state: true },
    busy: { state: true },
  };

  declare text: string;
  declare files: readonly File[];
  /** The slash command that is being filled in, if any. */
  declare form: CommandValues | undefined;
  /** Index of the active suggestion. */
  declare active: number;
  /** The text for which the person closed the suggestions. */
  declare closedFor: string | undefined;
  declare busy: boolean;
  readonly #drafts = new Map<string, { text: string; files: readonly File[] }>();
  #channelId: string | undefined;

  static override styles = [
    sharedStyles,
    pickerStyles,
    css`
      :host { position: relative; display: block; flex: none; padding: 0 16px; }
      .box { position: relative; }
      .field { border-radius: 8px; background: var(--composer); }
      .replying .field { border-radius: 0 0 8px 8px; }
      .line { display: flex; align-items: flex-end; }
      textarea { flex: 1; min-width: 0; max-height: 50vh; padding: 11px 0; border: 0; resize: none; background: transparent; color: var(--text); font: 16px / 22px var(--font); field-sizing: content; }
      textarea::placeholder { color: var(--text-muted); white-space: nowrap; text-overflow: ellipsis; opacity: 1; }
      textarea:focus-visible { outline: none; }
      .field:has(textarea:focus-visible) { box-shadow: 0 0 0 1px var(--grey-button); }
      .send { display: flex; padding: 12px 16px; color: var(--blurple); }
      .send:disabled { color: var(--text-faint); }
      .count { padding: 11px 0; font-size: 14px; color: var(--text-muted); }
      .count.over { color: var(--red-text); font-weight: 600; }
      .offline { padding: 8px 16px; font-size: 14px; color: var(--yellow); }
    `,
  ];

  constructor() {
    super();
    this.text = '';
    this.files = [];
    this.active = 0;
    this.busy = false;
  }

  override focus(): void {
    this.#textarea?.focus();
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
    const command = this.#commands().find((other) => other.name === name);
    if (command) this.#choose(command);
    else this.store.toast(`The bot has no /${name} command at the moment. Is it online?`);
  }

  /** Bots answer replies to other people's pictures only when they are mentioned, so the mention is put in. */
  beginReply(message: APIMessage): void {
    const bot = this.store.model.state?.bot.user;
    this.form = undefined;
    if (bot && message.author.id !== bot.id && hasPicture(message) && this.text === '' && !this.#inThread) {
      this.text = `@${bot.username} `;
    }
    void this.updateComplete.then(() => this.#focusAtEnd());
  }

  protected override willUpdate(): void {
    const { channelId } = this.store.model;
    if (channelId === this.#channelId) return;
    if (this.#channelId) this.#drafts.set(this.#channelId, { text: this.text, files: this.files });
    const draft = this.#drafts.get(channelId ?? '');
    this.#channelId = channelId;
    this.text = draft?.text ?? '';
    this.files = draft?.files ?? [];
    this.form = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const field = this.#textarea;
    if (!field || !changed.has('text')) return;
    if (field.value !== this.text) field.value = this.text;
    if (!growsByItself) fitHeight(field);
  }

  override firstUpdated(): void {
    if (matchMedia('(hover: hover)').matches) this.focus();
  }

  override render() {
    const { state, channelId } = this.store.model;
    const draft = this.store.model.replies.get(channelId ?? '');
    if (!state) return nothing;
    return html`
      ${state.bot.online ? nothing : html`<p class="offline" role="status">${state.bot.user.username} is offline. It answers when it is back.</p>`}
      <div class="box ${draft ? 'replying' : ''}">
        ${
          draft
            ? html`<blip-reply-bar
                .draft=${draft}
                .toSelf=${draft.message.author.id === state.me.id}
                @toggle-mention=${() => this.store.setReply(draft.message.channel_id, { ...draft, mentionAuthor: !draft.mentionAuthor })}
                @cancel=${this.#cancelReply}
              ></blip-reply-bar>`
            : nothing
        }
        <div class="field">${this.form ? this.#commandForm(this.form) : this.#message()}</div>
      </div>
    `;
  }

  #message(): TemplateResult {
    const suggestions = this.#suggestions();
    return html`
      ${suggestions ? picker({ ...suggestions, active: this.active, onPick: suggestions.pick }) : nothing}
      ${
        this.files.length > 0
          ? html`<blip-file-chips .files=${this.files} @remove=${({ detail }: CustomEvent<File>) => {
              this.files = this.files.filter((file) => file !== detail);
            }}></blip-file-chips>`
          : nothing
      }
      <div class="line">
        <blip-attach-menu .samples=${this.store.model.state?.samples ?? []}></blip-attach-menu>
        <textarea
          rows="1"
          placeholder=${this.#placeholder()}
          aria-label=${this.#placeholder()}
          role=${suggestions ? 'combobox' : 'textbox'}
          aria-multiline=${suggestions ? nothing : 'true'}
          aria-expanded=${suggestions ? 'true' : nothing}
          aria-controls=${suggestions ? 'picker' : nothing}
          aria-activedescendant=${suggestions ? `picker-${this.active}` : nothing}
          .value=${this.text}
          @input=${this.#onInput}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event, suggestions)}
        ></textarea>
        ${this.#count()}
        <button class="send" aria-label="Send" title="Send (Enter)" ?disabled=${!this.#canSend} @click=${() => void this.#send()}>${icons.send(20)}</button>
      </div>
    `;
  }

  #commandForm(form: CommandValues): TemplateResult {
    return html`<blip-command-form
      .form=${form}
      .busy=${this.busy}
      @change-form=${({ detail }: CustomEvent<CommandValues>) => {
        this.form = detail;
      }}
      @leave=${this.#leaveCommand}
      @run=${() => void this.#run(form)}
    ></blip-command-form>`;
  }

  #count(): TemplateResult | typeof nothing {
    const left = maxMessageLength - this.#encoded.length;
    if (this.text.length < countFrom) return nothing;
    return html`<span class="count ${left < 0 ? 'over' : ''}" role="status" aria-label="${left} characters left">${left}</span>`;
  }

  #placeholder(): string {
    const { channel } = this.store;
    const draft = this.store.model.replies.get(channel?.id ?? '');
    const sample = this.store.model.state?.samples.find((one) =>
      draft?.message.attachments.some(({ filename }) => filename === sampleFileName(one)),
    );
    if (sample) return `Ask about the picture: “${sample.tryAsking}”`;
    if (!channel) return 'Message';
    return isThread(channel) ? `Ask about the picture in “${channel.name}”` : `Message #${channel.name}`;
  }

  #suggestions(): Suggestions | undefined {
    if (this.closedFor === this.text) return undefined;
    return this.#commandSuggestions() ?? this.#mentionSuggestions();
  }

  #commandSuggestions(): Suggestions | undefined {
    const query = /^\/([\w-]*)$/.exec(this.text)?.[1];
    const commands =
      query === undefined ? [] : this.#commands().filter(({ name }) => name.startsWith(query.toLowerCase()));
    if (commands.length === 0) return undefined;
    return {
      title: query ? `Commands matching /${query}` : 'Commands',
      items: commands.map(({ name, description }) => ({
        title: `/${name}`,
        description,
        icon: html`<img src="/blipcord.svg" alt="" />`,
        aside: this.store.model.state?.bot.user.username ?? '',
      })),
      pick: (index) => commands[index] && this.#choose(commands[index]),
    };
  }

  #mentionSuggestions(): Suggestions | undefined {
    const caret = this.#textarea?.selectionStart ?? this.text.length;
    const found = mentionQuery(this.text, caret);
    if (!found) return undefined;
    const users = this.#users().filter(({ username }) => username.startsWith(found.query.toLowerCase()));
    if (users.length === 0 || users.some(({ username }) => username === found.query)) return undefined;
    return {
      title: 'Members',
      items: users.map((user) => ({
        title: displayName(user),
        description: user.bot ? 'App' : user.username,
        icon: html`<img src=${avatarOf(user)} alt="" />`,
      })),
      pick: (index) => users[index] && this.#mention(users[index], found.start, caret),
    };
  }

  readonly #onInput = ({ currentTarget }: Event) => {
    this.text = (currentTarget as HTMLTextAreaElement).value;
    this.active = 0;
    const exact = /^\/([\w-]+) $/.exec(this.text)?.[1];
    const command = this.#commands().find(({ name }) => name === exact);
    if (command) this.#choose(command);
  };

  #onKey(event: KeyboardEvent, suggestions: Suggestions | undefined): void {
    if (event.isComposing) return;
    const handled =
      (suggestions && this.#onSuggestionKey(event.key, suggestions)) || this.#onMessageKey(event);
    if (handled) event.preventDefault();
  }

  #onSuggestionKey(key: string, { items, pick }: Suggestions): boolean {
    if (key === 'ArrowDown') this.active = (this.active + 1) % items.length;
    else if (key === 'ArrowUp') this.active = (this.active - 1 + items.length) % items.length;
    else if (key === 'Enter' || key === 'Tab') pick(this.active);
    else if (key === 'Escape') this.closedFor = this.text;
    else return false;
    return true;
  }

  #onMessageKey(event: KeyboardEvent): boolean {
    if (event.key === 'Enter' && !event.shiftKey) void this.#send();
    else if (event.key === 'Escape') this.#cancelReply();
    else return false;
    return true;
  }

  readonly #cancelReply = () => {
    const { channelId, state } = this.store.model;
    if (channelId) this.store.setReply(channelId, undefined);
    if (this.text === `@${state?.bot.user.username} `) this.text = '';
    this.focus();
  };

  readonly #leaveCommand = () => {
    this.form = undefined;
    void this.updateComplete.then(() => this.focus());
  };

  get #encoded(): string {
    return encodeMentions(this.text, this.#users()).trim();
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
    this.text = '';
    this.files = [];
    const taken = await this.store.send(channelId, content, files);
    this.busy = false;
    if (!taken && this.text === '') Object.assign(this, { text, files });
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

  #mention(user: APIUser, start: number, caret: number): void {
    this.text = `${this.text.slice(0, start)}@${user.username} ${this.text.slice(caret)}`;
    void this.updateComplete.then(() => this.#focusAtEnd());
  }

  /** Slash commands only: the page has no menus for the other kinds. */
  #commands(): readonly APIApplicationCommand[] {
    return this.store.model.state?.commands.filter(({ type }) => type === 1) ?? [];
  }

  #users(): readonly APIUser[] {
    const { state } = this.store.model;
    return state ? state.members.map(({ user }) => user).filter(({ id }) => id !== state.me.id) : [];
  }

  get #inThread(): boolean {
    return this.store.channel !== undefined && isThread(this.store.channel);
  }

  get #textarea(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  #focusAtEnd(): void {
    const field = this.#textarea;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }
}

function fitHeight(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}

customElements.define('blip-composer', Composer);
