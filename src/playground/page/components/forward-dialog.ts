// Asks where a message is forwarded to.
import type { APIMessage } from 'discord.js';
import { css, html, nothing } from 'lit';
import type { PageChannel } from '../../page-api.ts';
import { isDirect, isThread, nameOf } from '../channels.ts';
import { icons } from '../icons.ts';
import { displayName } from '../messages.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';

export class ForwardDialog extends StoreElement {
  static override properties = { message: { state: true } };

  declare message: APIMessage | undefined;

  static override styles = [
    sharedStyles,
    css`
      dialog { width: min(440px, calc(100vw - 32px)); padding: 24px; border: 0; border-radius: 8px; background: var(--chat); color: var(--text); box-shadow: var(--shadow); }
      dialog::backdrop { background: rgb(0 0 0 / 70%); }
      h2 { margin: 0 32px 12px 0; font-size: 20px; color: var(--text-strong); }
      ul { list-style: none; max-height: 320px; overflow-y: auto; }
      li button { display: flex; align-items: center; gap: 8px; width: 100%; min-height: 40px; padding: 4px 8px; border-radius: 4px; font-weight: 500; }
      li button:hover, li button:focus-visible { background: var(--hover); color: var(--text-strong); }
      li svg { flex: none; color: var(--text-faint); }
      .close { position: absolute; top: 24px; right: 24px; display: flex; color: var(--icon); }
      .close:hover { color: var(--text-strong); }
    `,
  ];

  async show(message: APIMessage): Promise<void> {
    this.message = message;
    await this.updateComplete;
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  override render() {
    const { state } = this.store.model;
    if (!state || !this.message) return nothing;
    const channels = state.channels.filter((channel) => !isDirect(channel));
    return html`<dialog aria-labelledby="title">
      <h2 id="title">Forward to</h2>
      <ul>
        ${channels.map((channel) => html`<li><button @click=${() => this.#forward(async () => channel.id)}>${icon(channel)} ${nameOf(channel)}</button></li>`)}
        <li><button @click=${() => this.#forward(() => this.store.server.directMessages())}>${icons.at(20)} ${displayName(state.bot.user)}</button></li>
      </ul>
      <button class="close" aria-label="Close" @click=${this.#close}>${icons.close(20)}</button>
    </dialog>`;
  }

  readonly #close = () => this.renderRoot.querySelector('dialog')?.close();

  async #forward(where: () => Promise<string | undefined>): Promise<void> {
    const { message } = this;
    this.#close();
    const channelId = await where();
    if (!message || !channelId) return;
    if (await this.store.messages.forward(message, channelId)) ask(this, 'open-channel', channelId);
  }
}

function icon(channel: PageChannel) {
  return isThread(channel) ? icons.thread(20) : icons.hash(20);
}

customElements.define('blip-forward-dialog', ForwardDialog);
