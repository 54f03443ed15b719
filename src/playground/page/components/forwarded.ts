// What a message forwards, and where that comes from.
import type { APIMessage } from 'discord.js';
import { css, html, LitElement, nothing } from 'lit';
import { icons } from '../icons.ts';
import type { Names } from '../names.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { messageTime } from '../times.ts';
import './attachments.ts';
import './embeds.ts';
import './markdown.ts';
import './stickers.ts';

export class Forwarded extends LitElement {
  static override properties = { message: { attribute: false }, names: { attribute: false } };

  declare message: APIMessage;
  declare names: Names;

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; padding-left: 12px; border-left: 4px solid var(--grey-button); border-radius: 2px; }
      .head { display: flex; align-items: center; gap: 4px; font-size: 13px; font-style: italic; color: var(--text-muted); }
      .from { font-size: 12px; color: var(--text-muted); }
      .from:hover { text-decoration: underline; }
    `,
  ];

  override render() {
    const { message_snapshots: snapshots = [], message_reference: from } = this.message;
    return snapshots.map(({ message }) => {
      const { content, attachments, embeds, timestamp, sticker_items: stickers = [] } = message;
      const channel = from && this.names.channel(from.channel_id);
      return html`
        <div class="head">${icons.forward(14)} Forwarded</div>
        ${content ? html`<blip-markdown .text=${content} .names=${this.names}></blip-markdown>` : nothing}
        ${attachments.length > 0 ? html`<blip-attachments .attachments=${attachments}></blip-attachments>` : nothing}
        ${stickers.length > 0 ? html`<blip-stickers .stickers=${stickers}></blip-stickers>` : nothing}
        ${embeds.length > 0 ? html`<blip-embeds .embeds=${embeds} .content=${content}></blip-embeds>` : nothing}
        ${channel ? html`<button class="from" @click=${() => ask(this, 'open-channel', from.channel_id)}>${channel} • ${messageTime(timestamp)}</button>` : nothing}
      `;
    });
  }
}

customElements.define('blip-forwarded', Forwarded);
