// A slash command that the bot has not answered yet, or never will.
import type { APIUser } from 'discord.js';
import { css, html, LitElement } from 'lit';
import { avatarOf } from '../avatars.ts';
import { icons } from '../icons.ts';
import { displayName } from '../messages.ts';
import type { Interaction } from '../model.ts';
import { sharedStyles } from '../shared-styles.ts';
import './command-frame.ts';
import './message-frame.ts';

export class PendingCommand extends LitElement {
  static override properties = {
    interaction: { attribute: false },
    me: { attribute: false },
    bot: { attribute: false },
  };

  declare interaction: Interaction;
  declare me: APIUser;
  declare bot: APIUser;

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; margin-top: 17px; }
      .sending { color: var(--text-muted); }
      .failed { display: flex; align-items: center; gap: 6px; color: var(--red-text); }
      .failed svg { flex: none; }
      .only-you { display: flex; align-items: center; gap: 4px; margin-top: 4px; font-size: 12px; line-height: 16px; color: var(--text-muted); }
      .only-you button { color: var(--link); font-weight: 500; }
      .only-you button:hover { text-decoration: underline; }
      .ephemeral { background: rgb(88 101 242 / 6%); box-shadow: inset 2px 0 var(--blurple); }
    `,
  ];

  override render() {
    const { source, failure } = this.interaction;
    const command = source.kind === 'command' ? source.name : '';
    const type = source.kind === 'command' && source.isOnMessage ? 'message_command' : 'slash_command';
    return html`<blip-message-frame class=${failure ? 'ephemeral' : ''} author=${displayName(this.bot)} avatar=${avatarOf(this.bot)} bot .timestamp=${''}>
      <blip-command-frame slot="reply" type=${type} author=${displayName(this.me)} .avatar=${avatarOf(this.me)} command=${command}></blip-command-frame>
      ${
        failure
          ? html`<span class="failed" role="alert">${icons.warning(18)} ${failure}</span>
              <div slot="thread" class="only-you">
                ${icons.eye(16)} Only you can see this •
                <button @click=${() => this.dispatchEvent(new Event('dismiss'))}>Dismiss message</button>
              </div>`
          : html`<span class="sending">Sending command…</span>`
      }
    </blip-message-frame>`;
  }
}

customElements.define('blip-pending-command', PendingCommand);
