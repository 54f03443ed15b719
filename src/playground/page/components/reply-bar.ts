// The strip over the composer while a reply is being written.
import { css, html, LitElement, nothing } from 'lit';
import { icons } from '../icons.ts';
import { displayName } from '../messages.ts';
import type { ReplyDraft } from '../model.ts';
import { sharedStyles } from '../shared-styles.ts';

export class ReplyBar extends LitElement {
  static override properties = { draft: { attribute: false }, toSelf: { type: Boolean } };

  declare draft: ReplyDraft;
  /** Whether the person replies to their own message; then there is nobody to mention. */
  declare toSelf: boolean;

  static override styles = [
    sharedStyles,
    css`
      div { display: flex; align-items: center; gap: 12px; padding: 8px 12px 8px 16px; border-radius: 8px 8px 0 0; background: var(--sidebar); font-size: 14px; line-height: 18px; color: var(--text-muted); }
      p { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      strong { font-weight: 600; color: var(--text-strong); }
      button { display: flex; align-items: center; gap: 4px; color: var(--icon); }
      button:hover { color: var(--text-strong); }
      .switch { font-weight: 700; color: var(--text-muted); }
      .switch[aria-checked='true'] { color: var(--link); }
    `,
  ];

  override render() {
    const { mentionAuthor, message } = this.draft;
    const name = displayName(message.author);
    return html`<div>
      <p>Replying to <strong>${name}</strong></p>
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
}

customElements.define('blip-reply-bar', ReplyBar);
