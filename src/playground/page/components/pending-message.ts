// A message on its way, drawn as it will be; and what to do with one that could not be sent.
import { css, html, LitElement, nothing } from 'lit';
import { icons } from '../icons.ts';
import type { Pending } from '../model.ts';
import type { Names } from '../names.ts';
import { foreseen } from '../outbox.ts';
import { Previews } from '../previews.ts';
import { sharedStyles } from '../shared-styles.ts';
import type { Store } from '../store.ts';
import './message.ts';

export class PendingMessage extends LitElement {
  static override properties = {
    store: { attribute: false },
    pending: { attribute: false },
    names: { attribute: false },
    grouped: { type: Boolean },
  };

  declare store: Store;
  declare pending: Pending;
  declare names: Names;
  /** Whether it stands under the author line of the message before. */
  declare grouped: boolean;
  readonly #previews = new Previews();

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; }
      .sending { opacity: 0.5; }
      .failed { --text: var(--red-text); }
      .failure { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 2px 16px 4px 72px; font-size: 14px; color: var(--red-text); }
      .failure span { display: flex; align-items: center; gap: 6px; overflow-wrap: anywhere; }
      .failure svg { flex: none; }
      .failure button { color: var(--link); font-weight: 500; }
      .failure button:hover { text-decoration: underline; }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#previews.forget();
  }

  override render() {
    const { failure } = this.pending;
    return html`
      <blip-message
        class=${failure ? 'failed' : 'sending'}
        aria-busy=${failure === undefined}
        .message=${foreseen(this.pending, this.#previews.of)}
        .names=${this.names}
        .presses=${[]}
        .grouped=${this.grouped}
        .answerable=${false}
      ></blip-message>
      ${failure ? this.#failure(failure) : nothing}
    `;
  }

  #failure(failure: string) {
    const { outbox } = this.store;
    return html`<div class="failure" role="alert">
      <span>${icons.warning(16)} Not sent. ${failure}</span>
      <button @click=${() => void outbox.retry(this.pending)}>Retry</button>
      ${this.pending.draft.sticker ? nothing : html`<button @click=${() => this.store.drafts.takeBack(this.pending)}>Edit</button>`}
      <button @click=${() => outbox.discard(this.pending)}>Delete</button>
    </div>`;
  }
}

customElements.define('blip-pending-message', PendingMessage);
