// The beginning of a thread: its name and the message that it hangs on.
import type { APIMessage } from 'discord.js';
import { css, html, LitElement, nothing } from 'lit';
import type { PageChannel } from '../../page-api.ts';
import { icons } from '../icons.ts';
import type { Names } from '../names.ts';
import { sharedStyles } from '../shared-styles.ts';
import './message.ts';

export class ThreadIntro extends LitElement {
  static override properties = {
    thread: { attribute: false },
    starter: { attribute: false },
    hasNewerPicture: { type: Boolean },
    names: { attribute: false },
  };

  declare thread: PageChannel;
  declare starter: APIMessage | undefined;
  /** Whether a later picture has taken the place of the one that the thread began with. */
  declare hasNewerPicture: boolean;
  declare names: Names;

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; padding-top: 16px; }
      .head { padding: 0 16px; }
      .mark { display: grid; place-items: center; width: 64px; height: 64px; margin-bottom: 8px; border-radius: 50%; background: var(--grey-button); color: #fff; }
      h1 { font-size: 28px; line-height: 34px; font-weight: 700; color: var(--text-strong); overflow-wrap: anywhere; }
      p { color: var(--text-muted); }
      @media (max-width: 767px) { h1 { font-size: 24px; line-height: 30px; } }
    `,
  ];

  override render() {
    const owner =
      'owner_id' in this.thread && this.thread.owner_id ? this.names.user(this.thread.owner_id) : undefined;
    return html`
      <div class="head">
        <div class="mark">${icons.thread(36)}</div>
        <h1>${this.thread.name}</h1>
        <p>${owner ? html`Started by <strong>${owner}</strong>. ` : nothing}${this.#topic()}</p>
      </div>
      ${this.starter ? html`<blip-message .message=${this.starter} .names=${this.names} .presses=${[]} .answerable=${false}></blip-message>` : nothing}
    `;
  }

  #topic(): string {
    return this.hasNewerPicture
      ? 'It began with this picture; questions are now about the newest one below.'
      : 'Every message here is a question about this picture.';
  }
}

customElements.define('blip-thread-intro', ThreadIntro);
