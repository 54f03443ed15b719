// A message that is being written: its files, its text, and the button that sends it.
import type { APIStickerItem } from 'discord.js';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { PageEmoji } from '../../page-api.ts';
import { isThread, nameOf, titleOf } from '../channels.ts';
import { maxMessageLength } from '../discord-values.ts';
import { toggleSpoiler } from '../files.ts';
import { icons } from '../icons.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import type { Vocabulary } from '../suggestions.ts';
import { encodeText } from '../written-text.ts';
import './attach-menu.ts';
import './expression-picker.ts';
import './file-chips.ts';
import './message-field.ts';
import type { MessageField } from './message-field.ts';

const countFrom = 1_800;

export class MessageBox extends StoreElement {
  static override styles = [
    sharedStyles,
    css`
      :host { display: block; }
      .line { display: flex; align-items: flex-end; }
      .send { display: flex; padding: 12px 16px; color: var(--blurple); }
      .send:disabled { color: var(--text-faint); }
      .count { padding: 11px 0; font-size: 14px; color: var(--text-muted); }
      .count.over { color: var(--red-text); font-weight: 600; }
    `,
  ];

  /** Puts the caret behind the text. */
  override focus(): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<MessageField>('blip-message-field')?.focusAtEnd(),
    );
  }

  /** Puts words behind the text. */
  insert(words: string): void {
    const draft = this.store.drafts.shown;
    const gap = draft.text === '' || draft.text.endsWith(' ') ? '' : ' ';
    this.store.drafts.set({ ...draft, text: `${draft.text}${gap}${words} ` });
    this.focus();
  }

  override render() {
    const { text, files } = this.store.drafts.shown;
    const encoded = encodeText(text, this.store.words).trim();
    const left = maxMessageLength - encoded.length;
    const canSend = (encoded !== '' || files.length > 0) && left >= 0;
    const send = () => canSend && void this.store.drafts.send(encoded);
    return html`
      ${files.length > 0 ? html`<blip-file-chips .files=${files} .botName=${this.#known.bot.username} @remove=${this.#onRemove} @spoiler=${this.#onSpoiler}></blip-file-chips>` : nothing}
      <div class="line">
        <blip-attach-menu .samples=${this.store.model.state?.samples ?? []}></blip-attach-menu>
        <blip-message-field
          .text=${text}
          .placeholder=${this.#placeholder()}
          .known=${this.#known}
          @change-text=${({ detail }: CustomEvent<string>) => this.store.drafts.set({ ...this.store.drafts.shown, text: detail })}
          @choose-command=${this.#passOn}
          @cancel=${this.#passOn}
          @edit-last=${() => this.store.messages.beginEditOfNewest(this.store.model.channelId ?? '')}
          @send=${send}
        ></blip-message-field>
        ${text.length < countFrom ? nothing : this.#count(left)}
        <blip-expression-picker
          .emoji=${this.store.model.state?.emoji ?? []}
          .stickers=${this.store.model.state?.stickers ?? []}
          @pick-emoji=${({ detail }: CustomEvent<PageEmoji>) => this.insert(`:${detail.name}:`)}
          @pick-sticker=${({ detail }: CustomEvent<APIStickerItem>) => void this.store.drafts.sendSticker(detail)}
        ></blip-expression-picker>
        <button class="send" aria-label="Send" title="Send (Enter)" ?disabled=${!canSend} @click=${send}>${icons.send(20)}</button>
      </div>
    `;
  }

  #count(left: number): TemplateResult {
    return html`<span class="count ${left < 0 ? 'over' : ''}" role="status" aria-label="${left} characters left">${left}</span>`;
  }

  #placeholder(): string {
    const { channel } = this.store;
    if (!channel) return 'Message';
    return isThread(channel)
      ? `Ask about the picture in “${nameOf(channel)}”`
      : `Message ${titleOf(channel)}`;
  }

  get #known(): Vocabulary {
    const { state } = this.store.model;
    if (!state) throw new Error('Nothing can be written before the local Discord has told what there is.');
    const users = state.members.map(({ user }) => user).filter(({ id }) => id !== state.me.id);
    return { bot: state.bot.user, commands: this.store.commands, users };
  }

  readonly #onRemove = ({ detail }: CustomEvent<File>) => {
    const draft = this.store.drafts.shown;
    this.store.drafts.set({ ...draft, files: draft.files.filter((file) => file !== detail) });
  };

  readonly #onSpoiler = ({ detail }: CustomEvent<File>) => {
    const draft = this.store.drafts.shown;
    const files = draft.files.map((file) => (file === detail ? toggleSpoiler(file) : file));
    this.store.drafts.set({ ...draft, files });
  };

  readonly #passOn = ({ type, detail }: CustomEvent<unknown>) => {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  };
}

customElements.define('blip-message-box', MessageBox);
