// Skyra's reply line, cut to one line with an ellipsis.

import { DiscordReply } from '@skyra/discord-components-core/discord-reply.js';
import { type CSSResultOrNative, css } from 'lit';

const skin = css`
  :host { margin: 0 0 4px 56px; padding: 0; color: var(--icon); font-family: var(--font); min-width: 0; }
  .discord-replied-message-content { min-width: 0; overflow: hidden; }
  .discord-replied-message-content:hover { color: var(--text-strong); }
  .discord-replied-message-username:hover { cursor: inherit; }
  .discord-application-tag { border-radius: 4px; font-weight: 600; }
`;

export class ReplyFrame extends DiscordReply {
  static override finalizeStyles(): CSSResultOrNative[] {
    return DiscordReply.finalizeStyles([DiscordReply.styles, skin]);
  }
}

customElements.define('blip-reply-frame', ReplyFrame);
