// In place of a channel that the address names and that is not there.
import { css, html, nothing } from 'lit';
import { titleOf } from '../channels.ts';
import { icons } from '../icons.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';

export class UnknownChannel extends StoreElement {
  static override styles = [
    sharedStyles,
    css`
      :host { display: grid; place-items: center; flex: 1; padding: 16px; text-align: center; color: var(--text-muted); }
      .mark { display: grid; place-items: center; width: 68px; height: 68px; margin: 0 auto 16px; border-radius: 50%; background: var(--grey-button); color: #fff; }
      h1 { margin-bottom: 4px; font-size: 20px; line-height: 26px; font-weight: 700; color: var(--text-strong); }
      .button { margin-top: 16px; }
    `,
  ];

  override render() {
    const first = this.store.model.state?.channels[0];
    return html`<div role="status">
      <div class="mark">${icons.hash(44)}</div>
      <h1>This channel is not here</h1>
      <p>It was deleted, or its address is wrong.</p>
      ${first ? html`<button class="button" @click=${() => ask(this, 'open-channel', first.id)}>Go to ${titleOf(first)}</button>` : nothing}
    </div>`;
  }
}

customElements.define('blip-unknown-channel', UnknownChannel);
