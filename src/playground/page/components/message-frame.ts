// Skyra's message with the measures of Discord's present client: 16 px text on 22 px lines, times in the margin.

import { DiscordMessage } from '@skyra/discord-components-core/discord-message.js';
import { type CSSResultOrNative, css } from 'lit';

const skin = css`
  :host, :host([ephemeral]), :host([highlight]) {
    display: block;
    font: 16px / 22px var(--font);
    color: var(--text);
    padding: 2px 48px 2px 16px;
    margin: 0;
    min-height: 0;
  }
  :host([message-body-only]) { padding-top: 1px !important; padding-bottom: 1px !important; }
  :host(:hover) { background-color: var(--message-hover); }
  .discord-message-inner-center { align-items: flex-start; }
  .discord-author-avatar { margin-top: 2px; }
  .discord-author-avatar img { cursor: default; }
  .discord-message-content { min-width: 0; line-height: 22px; padding-top: 0; }
  .discord-message-markup { font-size: inherit; line-height: inherit; }
  .discord-message-timestamp { color: var(--text-muted); margin-left: 4px; font-size: 12px; line-height: 22px; white-space: nowrap; }
  .discord-message-body-only-indent { flex: none; width: 56px; margin-left: 0; font-size: 11px; text-align: center; }
  .discord-message-edited { margin-left: 4px; color: var(--text-muted); }
`;

export class MessageFrame extends DiscordMessage {
  static override finalizeStyles(): CSSResultOrNative[] {
    return DiscordMessage.finalizeStyles([DiscordMessage.styles, skin]);
  }
}

customElements.define('blip-message-frame', MessageFrame);
