// One message with all that hangs on it.
import type { APIMessage } from 'discord.js';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { PageChannel } from '../../page-api.ts';
import { avatarOf } from '../avatars.ts';
import { messageTypes } from '../discord-values.ts';
import { icons } from '../icons.ts';
import { displayName, isEphemeral, isThinking, usedCommand } from '../messages.ts';
import type { Interaction } from '../model.ts';
import { type Names, previewText } from '../names.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { clockTime, messageTime } from '../times.ts';
import './attachments.ts';
import './buttons.ts';
import './command-frame.ts';
import './embeds.ts';
import './forwarded.ts';
import './markdown.ts';
import './message-frame.ts';
import './reply-frame.ts';
import './stickers.ts';
import './thread-card.ts';

/** The frames' own white is for a dark theme alone. */
const nameColor = 'var(--text-strong)';

export class Message extends LitElement {
  static override properties = {
    message: { attribute: false },
    names: { attribute: false },
    grouped: { type: Boolean, reflect: true },
    thread: { attribute: false },
    presses: { attribute: false },
    answerable: { type: Boolean },
    editor: { attribute: false },
  };

  declare message: APIMessage;
  declare names: Names;
  /** Whether it stands under the author line of the message before. */
  declare grouped: boolean;
  /** The thread that hangs on it. */
  declare thread: PageChannel | undefined;
  declare presses: readonly Interaction[];
  /** Whether it can be replied to where it stands. */
  declare answerable: boolean;
  /** What stands in the place of its text while that is being changed. */
  declare editor: TemplateResult | undefined;

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; position: relative; margin-top: 17px; }
      :host([grouped]) { margin-top: 0; }
      .whole:focus-visible { border-radius: 0; outline-offset: -2px; }
      .mentioned { background: var(--highlight); box-shadow: inset 2px 0 var(--yellow); }
      .ephemeral { background: rgb(88 101 242 / 6%); box-shadow: inset 2px 0 var(--blurple); }
      :host([flash]) blip-message-frame { background: var(--mention); transition: background-color 0.2s; }
      .reply { display: block; width: 100%; }
      .reply:focus-visible { outline-offset: -2px; }
      .thinking { color: var(--text-muted); }
      .thinking .dots { margin-left: 2px; }
      .thinking .dots i { width: 5px; height: 5px; }
      .only-you { display: flex; align-items: center; gap: 4px; flex-wrap: wrap; margin-top: 4px; font-size: 12px; line-height: 16px; color: var(--text-muted); }
      .only-you button { color: var(--link); font-weight: 500; }
      .only-you button:hover { text-decoration: underline; }
      .toolbar {
        position: absolute;
        top: -16px;
        right: 16px;
        z-index: 2;
        display: flex;
        overflow: hidden;
        border: 1px solid var(--edge);
        border-radius: 8px;
        background: var(--chat);
        box-shadow: 0 2px 6px rgb(0 0 0 / 20%);
        opacity: 0;
      }
      :host(:hover) .toolbar, :host(:focus-within) .toolbar { opacity: 1; }
      .toolbar button { display: flex; align-items: center; gap: 6px; height: 32px; padding: 0 10px; color: var(--icon); font-size: 14px; }
      .toolbar button:hover { background: var(--hover); color: var(--text-strong); }
      .toolbar button:focus-visible { outline-offset: -2px; }
      @media (hover: none) {
        .toolbar { top: 0; right: 8px; opacity: 1; border-color: transparent; background: transparent; box-shadow: none; }
        .toolbar span { position: absolute; clip-path: inset(50%); }
      }
    `,
  ];

  /** The message itself can be focused, but not by Tab: a host that can't would hide its buttons from Tab, too. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.whole')?.focus(options);
  }

  override render() {
    const { message } = this;
    const when = this.grouped ? clockTime(message.timestamp) : messageTime(message.timestamp);
    const ephemeral = isEphemeral(message);
    return html`
      <div class="whole" tabindex="-1" @contextmenu=${this.#onContextMenu}><blip-message-frame
        class="${ephemeral ? 'ephemeral' : this.#mentionsMe() ? 'mentioned' : ''}"
        author=${displayName(message.author)}
        avatar=${avatarOf(message.author)}
        role-color=${nameColor}
        ?bot=${message.author.bot ?? false}
        ?edited=${this.#isEdited() && !this.#isText()}
        ?message-body-only=${this.grouped}
        .timestamp=${when}
      >
        ${this.#above()} ${this.#content()}
        ${message.attachments.length > 0 ? html`<blip-attachments slot="attachments" .attachments=${message.attachments}></blip-attachments>` : nothing}
        ${message.sticker_items?.length ? html`<blip-stickers slot="attachments" .stickers=${message.sticker_items}></blip-stickers>` : nothing}
        ${message.embeds?.length ? html`<blip-embeds slot="attachments" .embeds=${message.embeds} .content=${message.content}></blip-embeds>` : nothing}
        ${message.components?.length ? html`<blip-buttons slot="components" .message=${message} .presses=${this.presses}></blip-buttons>` : nothing}
        ${this.thread ? html`<blip-thread-card slot="thread" .thread=${this.thread}></blip-thread-card>` : nothing}
        ${ephemeral ? this.#onlyYou() : nothing}
      </blip-message-frame></div>
      ${this.answerable && !ephemeral && !isThinking(message) ? this.#toolbar() : nothing}
    `;
  }

  #content() {
    if (this.editor) return this.editor;
    if (this.message.message_snapshots)
      return html`<blip-forwarded .message=${this.message} .names=${this.names}></blip-forwarded>`;
    if (this.#isText())
      return html`<blip-markdown .text=${this.message.content} .names=${this.names} .edited=${this.#isEdited()}></blip-markdown>`;
    return html`<span class="thinking">${displayName(this.message.author)} is thinking<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span></span>`;
  }

  #isEdited(): boolean {
    return this.message.edited_timestamp !== null;
  }

  #isText(): boolean {
    return !this.editor && !this.message.message_snapshots && !isThinking(this.message);
  }

  /** What the message answers: a command or another message. */
  #above() {
    const command = usedCommand(this.message);
    const user = this.message.interaction?.user;
    if (command && user) {
      const isOnMessage = this.message.type === messageTypes.contextMenuCommand;
      return html`<blip-command-frame slot="reply" type=${isOnMessage ? 'message_command' : 'slash_command'} author=${displayName(user)} role-color=${nameColor} .avatar=${avatarOf(user)} command=${command}></blip-command-frame>`;
    }
    return this.message.message_reference && this.message.referenced_message !== undefined
      ? this.#reply()
      : nothing;
  }

  #reply() {
    const target = this.message.referenced_message;
    if (!target) return html`<blip-reply-frame slot="reply" deleted></blip-reply-frame>`;
    const text = previewText(target.content, this.names);
    const name = displayName(target.author);
    const mentions = this.message.mentions.some(({ id }) => id === target.author.id);
    return html`<button slot="reply" class="reply" aria-label="Replying to ${name}. Jump to that message." @click=${() => ask(this, 'jump-to', target.id)}>
      <blip-reply-frame
        author=${name}
        role-color=${nameColor}
        .avatar=${avatarOf(target.author)}
        ?bot=${target.author.bot ?? false}
        ?mentions=${mentions}
        ?attachment=${target.attachments.length > 0}
      >${text || (target.attachments.length > 0 ? 'Click to see attachment' : 'Click to see message')}</blip-reply-frame>
    </button>`;
  }

  #onlyYou() {
    return html`<div slot="thread" class="only-you">
      ${icons.eye(16)} Only you can see this •
      <button @click=${() => ask(this, 'dismiss-message', this.message)}>Dismiss message</button>
    </div>`;
  }

  #toolbar() {
    return html`<div class="toolbar">
      <button aria-label="Reply to ${displayName(this.message.author)}" title="Reply" @click=${() => ask(this, 'reply-to', this.message)}>
        ${icons.reply(18)}<span aria-hidden="true">Reply</span>
      </button>
      <button aria-label="More for the message of ${displayName(this.message.author)}" title="More" @click=${this.#onMore}>
        ${icons.more(18)}
      </button>
    </div>`;
  }

  readonly #onMore = ({ currentTarget }: Event) => {
    const { right, bottom } = (currentTarget as HTMLElement).getBoundingClientRect();
    ask(this, 'open-menu', { message: this.message, x: right, y: bottom });
  };

  /** The browser's own menu stays for links, pictures and what is selected. */
  readonly #onContextMenu = (event: MouseEvent) => {
    const isForBrowser = event.composedPath().some((one) => one instanceof Element && one.matches('a, img'));
    const offers = this.answerable && !isEphemeral(this.message) && !isThinking(this.message);
    if (!offers || isForBrowser || getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    ask(this, 'open-menu', { message: this.message, x: event.clientX, y: event.clientY });
  };

  #mentionsMe(): boolean {
    return (
      this.message.mentions.some(({ id }) => id === this.names.meId) &&
      this.message.author.id !== this.names.meId
    );
  }
}

customElements.define('blip-message', Message);
