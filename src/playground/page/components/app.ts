// The whole page: server rail, channel list, the channel on show, and what lies over them.
import { css, html, nothing } from 'lit';
import { addressOf } from '../address.ts';
import { isDirect, titleOf } from '../channels.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import './channel-view.ts';
import './connection-banner.ts';
import './lightbox.ts';
import './member-card.ts';
import './member-list.ts';
import './server-rail.ts';
import './sidebar.ts';
import './toasts.ts';
import type { Lightbox } from './lightbox.ts';
import type { MemberCard } from './member-card.ts';

/** From here on the member list has a column of its own; on narrower pages it lies over the chat. */
const wide = matchMedia('(min-width: 1100px)');

export class App extends StoreElement {
  static override properties = {
    reconnect: { attribute: false },
    menuOpen: { state: true },
    membersOpen: { state: true },
  };

  declare reconnect: () => void;
  declare menuOpen: boolean;
  declare membersOpen: boolean;

  static override styles = [
    sharedStyles,
    css`
      :host { display: flex; flex-direction: column; height: 100dvh; }
      .columns { position: relative; display: flex; flex: 1; min-height: 0; }
      .navigation { display: flex; flex: none; min-height: 0; }
      main { display: flex; flex: 1; min-width: 0; }
      blip-channel-view { flex: 1; min-width: 0; }
      .loading { margin: auto; text-align: center; color: var(--text-muted); }
      .loading img { width: 64px; height: 64px; border-radius: 20px; margin-bottom: 16px; }
      .shade { display: none; }
      @media (max-width: 767px) {
        .navigation {
          position: absolute;
          inset: 0 auto 0 0;
          z-index: 20;
          visibility: hidden;
          transform: translateX(-100%);
          transition: transform 0.2s ease, visibility 0.2s;
        }
        .navigation.open { transform: none; visibility: visible; box-shadow: var(--shadow); }
        .navigation.open + .shade { display: block; }
        .shade { position: absolute; inset: 0; z-index: 15; width: 100%; background: rgb(0 0 0 / 60%); }
      }
    `,
  ];

  constructor() {
    super();
    this.menuOpen = false;
    this.membersOpen = wide.matches;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('open-channel', (event) => {
      this.menuOpen = false;
      location.hash = addressOf(event.detail);
    });
    this.addEventListener('toggle-menu', () => {
      this.menuOpen = !this.menuOpen;
    });
    this.addEventListener('toggle-members', () => {
      this.membersOpen = !this.membersOpen;
    });
    this.addEventListener('open-image', (event) =>
      this.renderRoot.querySelector<Lightbox>('blip-lightbox')?.show(event.detail),
    );
    this.addEventListener('act-as', ({ detail }) => this.#actAs(detail));
    this.addEventListener('open-direct-messages', () => void this.#openDirectMessages());
    this.addEventListener(
      'open-member',
      ({ detail }) => void this.renderRoot.querySelector<MemberCard>('blip-member-card')?.show(detail),
    );
    // A file that is dropped where no chat takes it would make the browser leave the page.
    for (const name of ['dragover', 'drop']) addEventListener(name, (event) => event.preventDefault());
    wide.addEventListener('change', this.#onWidth);
    addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    wide.removeEventListener('change', this.#onWidth);
    removeEventListener('keydown', this.#onKey);
  }

  /** Direct messages are one person's alone. */
  #actAs(userId: string): void {
    const { channel } = this.store;
    this.store.actAs(userId);
    if (channel && isDirect(channel)) location.hash = '';
    this.reconnect();
  }

  async #openDirectMessages(): Promise<void> {
    const channelId = await this.store.server.directMessages();
    if (channelId) ask(this, 'open-channel', channelId);
  }

  readonly #onWidth = () => {
    this.membersOpen = wide.matches;
  };

  /** Esc closes what lies over the chat. */
  readonly #onKey = ({ key }: KeyboardEvent) => {
    if (key !== 'Escape') return;
    this.menuOpen = false;
    if (!wide.matches) this.membersOpen = false;
  };

  override updated(): void {
    const { unread } = this.store.model;
    const count = [...unread.values()].reduce((sum, { mentions }) => sum + mentions, 0);
    const { channel } = this.store;
    const title = channel ? `${titleOf(channel)} | ` : '';
    document.title = `${count > 0 ? `(${count}) ` : ''}${title}blipcord playground`;
  }

  override render() {
    const { state, connection } = this.store.model;
    if (!state) return this.#loading();
    return html`
      ${connection === 'lost' ? html`<blip-connection-banner .retry=${this.reconnect}></blip-connection-banner>` : nothing}
      <div class="columns">
        <div class="navigation ${this.menuOpen ? 'open' : ''}">
          <blip-server-rail .store=${this.store}></blip-server-rail>
          <blip-sidebar .store=${this.store}></blip-sidebar>
        </div>
        <button class="shade" aria-label="Close the channel list" @click=${() => {
          this.menuOpen = false;
        }}></button>
        <main aria-label=${this.store.channel ? titleOf(this.store.channel) : 'Channel'}>
          <blip-channel-view .store=${this.store} .membersOpen=${this.membersOpen}></blip-channel-view>
          ${this.membersOpen ? html`<blip-member-list .store=${this.store}></blip-member-list>` : nothing}
        </main>
      </div>
      <blip-member-card .store=${this.store}></blip-member-card>
      <blip-lightbox></blip-lightbox>
      <blip-toasts .store=${this.store}></blip-toasts>
    `;
  }

  #loading() {
    return html`<div class="loading" role="status">
      <img src="/blipcord.svg" alt="" />
      <p>Connecting to the local Discord <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span></p>
    </div>`;
  }
}

customElements.define('blip-app', App);

declare global {
  interface HTMLElementTagNameMap {
    'blip-app': App;
  }
}
