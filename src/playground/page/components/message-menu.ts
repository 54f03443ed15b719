// The menu of a message: replying to it, and under "Apps" what the bot does with it.
import type { APIApplicationCommand, APIMessage } from 'discord.js';
import { css, html, nothing } from 'lit';
import { localName } from '../commands.ts';
import { icons } from '../icons.ts';
import { ask, type PageRequests } from '../page-events.ts';
import { placeWithin } from '../place-within.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';

const widthPx = 220;

export class MessageMenu extends StoreElement {
  static override properties = { opened: { state: true } };

  declare opened: PageRequests['open-menu'] | undefined;

  static override styles = [
    sharedStyles,
    css`
      [popover] { position: fixed; inset: auto; width: 220px; margin: 0; padding: 6px 8px; border: 0; border-radius: 8px; background: var(--popover); color: var(--text); box-shadow: var(--shadow), 0 0 0 1px var(--edge); }
      h3 { padding: 8px 8px 4px; font-size: 12px; font-weight: 600; text-transform: uppercase; color: var(--text-muted); }
      button { display: flex; align-items: center; justify-content: space-between; gap: 8px; width: 100%; min-height: 32px; padding: 6px 8px; border-radius: 4px; font-size: 14px; text-align: left; }
      button:hover, button:focus-visible { background: var(--blurple); color: #fff; }
      .danger { color: var(--red-text); }
      .danger:hover, .danger:focus-visible { background: #da373c; }
    `,
  ];

  /** Shows it with its corner at that place, or as near as the page has room. */
  async show(opened: PageRequests['open-menu']): Promise<void> {
    this.opened = opened;
    await this.updateComplete;
    const menu = this.#menu;
    if (!menu) return;
    menu.showPopover();
    menu.style.left = `${placeWithin(opened.x, widthPx, innerWidth)}px`;
    menu.style.top = `${placeWithin(opened.y, menu.offsetHeight, innerHeight)}px`;
    menu.querySelector('button')?.focus();
  }

  override render() {
    const { opened } = this;
    if (!opened) return nothing;
    const { messageCommands, messages } = this.store;
    return html`<div popover role="menu" aria-label="Message" @keydown=${this.#onKey}>
      <button role="menuitem" @click=${() => this.#ask('reply-to', opened.message)}>Reply ${icons.reply(18)}</button>
      <button role="menuitem" @click=${() => this.#ask('forward-message', opened.message)}>Forward ${icons.forward(18)}</button>
      ${messages.mayEdit(opened.message) ? html`<button role="menuitem" @click=${() => this.#edit(opened.message)}>Edit ${icons.pencil(18)}</button>` : nothing}
      ${messages.mayDelete(opened.message, this.store.may('manageMessages')) ? html`<button role="menuitem" class="danger" @click=${() => this.#ask('delete-message', opened.message)}>Delete ${icons.trash(18)}</button>` : nothing}
      ${messageCommands.length > 0 ? html`<h3>Apps</h3>` : nothing}
      ${messageCommands.map((command) => html`<button role="menuitem" @click=${() => this.#run(command, opened.message)}>${localName(command)}</button>`)}
    </div>`;
  }

  readonly #onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const items = [...(this.#menu?.querySelectorAll('button') ?? [])];
    const at = items.findIndex((item) => item.matches(':focus'));
    items.at((at + step) % items.length)?.focus();
  };

  #ask(name: 'reply-to' | 'forward-message' | 'delete-message', message: APIMessage): void {
    this.#menu?.hidePopover();
    ask(this, name, message);
  }

  #edit(message: APIMessage): void {
    this.#menu?.hidePopover();
    this.store.messages.beginEdit(message);
  }

  #run(command: APIApplicationCommand, message: APIMessage): void {
    this.#menu?.hidePopover();
    void this.store.interactions.runOnMessage(command, message);
  }

  get #menu(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[popover]');
  }
}

customElements.define('blip-message-menu', MessageMenu);
