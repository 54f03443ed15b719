// Asks before a message is deleted.
import type { APIMessage } from 'discord.js';
import { css, html, nothing } from 'lit';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';

export class DeleteDialog extends StoreElement {
  static override properties = { message: { state: true } };

  declare message: APIMessage | undefined;

  static override styles = [
    sharedStyles,
    css`
      dialog { width: min(440px, calc(100vw - 32px)); padding: 24px; border: 0; border-radius: 8px; background: var(--chat); color: var(--text); box-shadow: var(--shadow); }
      dialog::backdrop { background: rgb(0 0 0 / 70%); }
      h2 { margin-bottom: 8px; font-size: 20px; color: var(--text-strong); }
      .end { display: flex; justify-content: flex-end; gap: 8px; margin-top: 24px; }
      .red { background: #da373c; }
      .red:hover { background: #a12828; }
    `,
  ];

  async show(message: APIMessage): Promise<void> {
    this.message = message;
    await this.updateComplete;
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  override render() {
    const { message } = this;
    if (!message) return nothing;
    const close = () => this.renderRoot.querySelector('dialog')?.close();
    const remove = () => {
      close();
      void this.store.messages.delete(message);
    };
    return html`<dialog aria-labelledby="title">
      <h2 id="title">Delete message</h2>
      <p>Are you sure? It is gone for everybody.</p>
      <div class="end">
        <button class="button grey" @click=${close}>Cancel</button>
        <button class="button red" autofocus @click=${remove}>Delete</button>
      </div>
    </dialog>`;
  }
}

customElements.define('blip-delete-dialog', DeleteDialog);
