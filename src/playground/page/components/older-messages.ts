// What stands above the oldest message that is loaded: shapes of those that are on their way.
import { css, html, LitElement } from 'lit';
import type { Older } from '../model.ts';
import { sharedStyles } from '../shared-styles.ts';

const shapes = [[38, 62], [24, 80, 45], [52], [30, 70], [44, 58, 66], [36]];

export class OlderMessages extends LitElement {
  static override properties = { older: { attribute: false } };

  declare older: Older;

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; padding: 16px; color: var(--text-muted); }
      .shape { display: flex; flex-direction: column; gap: 8px; padding: 2px 0 22px 56px; position: relative; }
      .shape::before { content: ''; position: absolute; left: 0; top: 2px; width: 40px; height: 40px; border-radius: 50%; background: var(--sidebar); }
      i { height: 16px; border-radius: 8px; background: var(--sidebar); }
      i:first-child { width: 120px; background: var(--composer); }
      .failed { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 12px; padding: 16px; }
    `,
  ];

  override render() {
    if (this.older.failed) {
      return html`<div class="failed" role="status">
        Older messages could not be loaded.
        <button class="button grey" @click=${() => this.dispatchEvent(new Event('retry'))}>Try again</button>
      </div>`;
    }
    return html`<p class="visually-hidden">Loading older messages…</p>
      <div aria-hidden="true">
        ${shapes.map((widths) => html`<div class="shape"><i></i>${widths.map((width) => html`<i style="width: ${width}%"></i>`)}</div>`)}
      </div>`;
  }
}

customElements.define('blip-older-messages', OlderMessages);
