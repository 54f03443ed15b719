// Skyra's "X used /caption" line in the page's colours.

import { DiscordCommand } from '@skyra/discord-components-core/discord-command.js';
import { type CSSResultOrNative, css } from 'lit';

const skin = css`
  :host { margin: 0 0 4px 56px; padding: 0; color: var(--text-muted); font-family: var(--font); }
  .discord-replied-message-username:hover { text-decoration: none; cursor: inherit; }
  :host .discord-slash-command-name, :host .discord-slash-command-name:hover { margin-left: 4px; color: var(--mention-text) !important; background-color: var(--mention) !important; }
  :host .discord-context-command-name { color: var(--mention-text) !important; }
  /* Whom or what it was used on, which the frame is not told. */
  .discord-arrow-right-icon, .discord-context-user { display: none; }
  span:not([class]) { margin: 0; }
`;

export class CommandFrame extends DiscordCommand {
  static override finalizeStyles(): CSSResultOrNative[] {
    return DiscordCommand.finalizeStyles([DiscordCommand.styles, skin]);
  }
}

customElements.define('blip-command-frame', CommandFrame);
