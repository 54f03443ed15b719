// The strip over the composer while a reply is being written.
import { css, html, LitElement, nothing } from 'lit';
import type { ReplyDraft } from '../drafts.ts';
import { icons } from '../icons.ts';
import { displayName } from '../messages.ts';
import { sharedStyles } from '../shared-styles.ts';

export class ReplyBar extends LitElement {
  static override properties = { draft: { attribute: false }, toSelf: { type: Boolean }, suggestion: {} };

  declare draft: ReplyDraft;
  /** Whether the person replies to their own message; then there is nobody to mention. */
  declare toSelf: boolean;
  /** A question worth asking. */
  declare suggestion: string | undefined;

  static override styles = [
    sharedStyles,
    css`
      div { display: flex; align-items: center; gap: 12px; padding: 8px 12px 8px 16px; border-radius: 8px 8px 0 0; background: var(--sidebar); font-size: 14px; line-height: 18px; color: var(--text-muted); }
      p { flex: none; max-width: 60%; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      strong { font-weight: 600; color: var(--text-strong); }
      button { display: flex; align-items: center; gap: 4px; color: var(--icon); }
      button:hover { color: var(--text-strong); }
      .suggestion { flex: 0 1 auto; min-width: 0; padding: 1px 8px; border-radius: 9px; background: var(--composer); color: var(--text); }
      .suggestion span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .space { flex: 1; }
      .switch { font-weight: 700; color: var(--text-muted); }
      .switch[aria-checked='true'] { color: var(--link); }
    `,
  ];

  override render() {
    const { mentionAuthor, message } = this.draft;
    const name = displayName(message.author);
    return html`<div>
      <p>Replying to <strong>${name}</strong></p>
      ${this.suggestion ? html`<button class="suggestion" title="Put this question in" @click=${this.#onSuggestion}><span>${this.suggestion}</span></button>` : nothing}
      <span class="space"></span>
      ${
        this.toSelf
          ? nothing
          : html`<button class="switch" role="switch" aria-checked=${mentionAuthor} aria-label="Mention ${name}" title=${mentionAuthor ? `Click to not mention ${name}` : `Click to mention ${name}`} @click=${() => this.dispatchEvent(new Event('toggle-mention'))}>
              ${icons.at(16)} ${mentionAuthor ? 'ON' : 'OFF'}
            </button>`
      }
      <button aria-label="Cancel the reply" title="Cancel (Esc)" @click=${() => this.dispatchEvent(new Event('cancel'))}>${icons.closeFilled(18)}</button>
    </div>`;
  }

  readonly #onSuggestion = () => {
    this.dispatchEvent(new CustomEvent('take-suggestion', { detail: this.suggestion }));
  };
}

customElements.define('blip-reply-bar', ReplyBar);
