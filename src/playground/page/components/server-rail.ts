// The leftmost column: the one server.
import { css, html } from 'lit';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';

export class ServerRail extends StoreElement {
  static override styles = [
    sharedStyles,
    css`
      :host { display: block; width: 72px; padding-top: 12px; background: var(--rail); }
      nav { position: relative; display: flex; justify-content: center; }
      nav::before {
        content: '';
        position: absolute;
        left: 0;
        top: 4px;
        width: 4px;
        height: 40px;
        border-radius: 0 4px 4px 0;
        background: var(--text-strong);
      }
      button { width: 48px; height: 48px; border-radius: 16px; overflow: hidden; }
      button:focus-visible { border-radius: 16px; }
      img { display: block; width: 48px; height: 48px; }
    `,
  ];

  override render() {
    const { state } = this.store.model;
    const first = state?.channels[0]?.id;
    return html`<nav aria-label="Servers">
      <button
        aria-label=${state?.guild.name ?? 'Server'}
        title=${state?.guild.name ?? ''}
        @click=${() => first && ask(this, 'open-channel', first)}
      ><img src="/blipcord.svg" alt="" /></button>
    </nav>`;
  }
}

customElements.define('blip-server-rail', ServerRail);
