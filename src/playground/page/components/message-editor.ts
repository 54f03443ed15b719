// A message of one's own while it is being changed, in its place.
import type { APIMessage } from 'discord.js';
import { css, html } from 'lit';
import { maxMessageLength } from '../discord-values.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import { decodeText, encodeText } from '../written-text.ts';

export class MessageEditor extends StoreElement {
  static override properties = { message: { attribute: false } };

  declare message: APIMessage;

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; margin: 4px 0; }
      textarea { display: block; width: 100%; max-height: 50vh; padding: 11px 16px; border: 0; border-radius: 8px; resize: none; background: var(--composer); color: var(--text); font: 16px / 22px var(--font); field-sizing: content; }
      textarea:focus-visible { outline: none; }
      p { padding: 4px 0; font-size: 12px; line-height: 16px; color: var(--text-muted); }
      p button { color: var(--link); }
      p button:hover { text-decoration: underline; }
    `,
  ];

  override firstUpdated(): void {
    const field = this.#field;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }

  override render() {
    const text = decodeText(this.message.content, this.store.words);
    return html`
      <textarea rows="1" aria-label="Change the message" maxlength=${maxMessageLength} .value=${text} @keydown=${this.#onKey}></textarea>
      <p>escape to <button @click=${() => this.store.messages.endEdit()}>cancel</button> • enter to <button @click=${this.#save}>save</button></p>
    `;
  }

  readonly #onKey = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') this.store.messages.endEdit();
    else if (event.key === 'Enter' && !event.shiftKey) this.#save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** A message without words or files would be none: Discord asks whether it is to be deleted. */
  readonly #save = () => {
    const { message } = this;
    const content = encodeText(this.#field?.value ?? '', this.store.words).trim();
    if (content === '' && message.attachments.length === 0) {
      this.store.messages.endEdit();
      ask(this, 'delete-message', message);
    } else if (content === message.content) this.store.messages.endEdit();
    else void this.store.messages.edit(message, content);
  };

  get #field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }
}

customElements.define('blip-message-editor', MessageEditor);
