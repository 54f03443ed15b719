// The card under a message that a thread hangs on.
import { css, html, LitElement } from 'lit';
import type { PageChannel } from '../../page-api.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';

export class ThreadCard extends LitElement {
  static override properties = { thread: { attribute: false } };

  declare thread: PageChannel;

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; margin: 4px 0; }
      button { display: block; max-width: min(480px, 100%); min-width: min(240px, 100%); padding: 8px 12px; border-radius: 8px; background: var(--sidebar); }
      button:hover { background: var(--user-panel); }
      .top { display: flex; gap: 8px; font-size: 14px; line-height: 18px; font-weight: 600; }
      .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--text-strong); }
      .count { flex: none; color: var(--link); }
      button:hover .count { text-decoration: underline; }
      .bottom { font-size: 14px; line-height: 18px; margin-top: 2px; color: var(--text-muted); }
    `,
  ];

  override render() {
    const count = 'message_count' in this.thread ? (this.thread.message_count ?? 0) : 0;
    const words = count === 0 ? 'See thread' : `${count} ${count === 1 ? 'message' : 'messages'}`;
    return html`<button @click=${() => ask(this, 'open-channel', this.thread.id)}>
      <span class="top"><span class="name">${this.thread.name}</span><span class="count">${words} ›</span></span>
      <span class="bottom">${count === 0 ? 'There are no messages in this thread yet.' : 'Open the thread to go on asking.'}</span>
    </button>`;
  }
}

customElements.define('blip-thread-card', ThreadCard);
