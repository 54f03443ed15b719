// Says that the server is gone and that the page keeps trying.
import { css, html, LitElement } from 'lit';
import { sharedStyles } from '../shared-styles.ts';

export class ConnectionBanner extends LitElement {
  static override properties = { retry: { attribute: false } };

  declare retry: () => void;

  static override styles = [
    sharedStyles,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: 4px 16px;
        min-height: 36px;
        padding: 4px 16px;
        background: var(--yellow);
        color: #1e1f22;
        font-size: 14px;
        font-weight: 500;
      }
      button { padding: 2px 8px; border: 1px solid #1e1f22; border-radius: 4px; }
      button:hover { background: rgb(0 0 0 / 12%); }
    `,
  ];

  override render() {
    return html`<div role="status">
      The local Discord is gone. Start it again with npm start; this page connects by itself.
      <button @click=${() => this.retry()}>Try now</button>
    </div>`;
  }
}

customElements.define('blip-connection-banner', ConnectionBanner);
