// "blipcord is typing…" below the composer.
import { css, html, nothing } from 'lit';
import { displayName } from '../messages.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';

export class TypingLine extends StoreElement {
  static override styles = [
    sharedStyles,
    css`
      :host { display: block; height: 24px; padding: 0 16px; font-size: 14px; line-height: 24px; color: var(--text); }
      .dots { margin-right: 6px; }
      strong { font-weight: 600; }
    `,
  ];

  override render() {
    const { typing, channelId } = this.store.model;
    const user = typing.get(channelId ?? '')?.user;
    return html`<div aria-live="polite">
      ${
        user
          ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><strong>${displayName(user)}</strong> is typing…`
          : nothing
      }
    </div>`;
  }
}

customElements.define('blip-typing-line', TypingLine);
