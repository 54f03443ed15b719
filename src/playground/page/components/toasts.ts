// What went wrong, in a few words over the page, below its header: nothing that one writes is covered.
import { css, html } from 'lit';
import { icons } from '../icons.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';

export class Toasts extends StoreElement {
  static override styles = [
    sharedStyles,
    css`
      :host { position: fixed; left: 50%; top: 56px; z-index: 40; transform: translateX(-50%); width: min(480px, calc(100vw - 32px)); }
      .toast {
        display: flex;
        align-items: center;
        gap: 12px;
        margin-top: 8px;
        padding: 12px 12px 12px 16px;
        border-radius: 8px;
        border-left: 4px solid var(--red);
        background: var(--floating);
        color: var(--text-strong);
        box-shadow: var(--shadow);
        overflow-wrap: anywhere;
      }
      .toast span { flex: 1; }
      .toast > svg { flex: none; color: var(--red-text); }
      button { display: flex; color: var(--icon); }
      button:hover { color: var(--text-strong); }
    `,
  ];

  override render() {
    return html`<div role="alert">
      ${this.store.model.toasts.map(
        ({ key, text }) => html`<div class="toast">
          ${icons.warning(20)}<span>${text}</span>
          <button aria-label="Close this notice" @click=${() => this.store.dismissToast(key)}>${icons.close(20)}</button>
        </div>`,
      )}
    </div>`;
  }
}

customElements.define('blip-toasts', Toasts);
