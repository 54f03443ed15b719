// The emoji and stickers of the server: an emoji goes into the text, a sticker is sent at once.
import type { APIStickerItem } from 'discord.js';
import { css, html, LitElement, nothing } from 'lit';
import type { PageEmoji } from '../../page-api.ts';
import { icons } from '../icons.ts';
import { sharedStyles } from '../shared-styles.ts';
import { stickerAddress } from './stickers.ts';

export class ExpressionPicker extends LitElement {
  static override properties = {
    emoji: { attribute: false },
    stickers: { attribute: false },
    open: { state: true },
  };

  declare emoji: readonly PageEmoji[];
  declare stickers: readonly APIStickerItem[];
  declare open: boolean;

  static override styles = [
    sharedStyles,
    css`
      :host { position: relative; display: block; }
      .toggle { display: flex; padding: 10px 4px 10px 12px; color: var(--icon); }
      .toggle:hover, .toggle[aria-expanded='true'] { color: var(--text-strong); }
      .picker { position: absolute; right: -48px; bottom: calc(100% + 8px); z-index: 10; width: min(320px, calc(100vw - 32px)); padding: 8px; border-radius: 8px; background: var(--floating); box-shadow: var(--shadow); }
      h3 { padding: 8px 8px 6px; font-size: 12px; font-weight: 600; color: var(--text-muted); }
      .emoji, .stickers { display: grid; gap: 4px; padding: 0 8px 8px; }
      .emoji { grid-template-columns: repeat(auto-fill, 40px); }
      .stickers { grid-template-columns: repeat(auto-fill, minmax(64px, 1fr)); }
      .picker button { display: grid; place-items: center; border-radius: 4px; font-size: 12px; text-align: center; color: var(--text-muted); overflow: hidden; }
      .picker button:hover, .picker button:focus-visible { background: var(--hover); }
      .emoji button { width: 40px; height: 40px; }
      .emoji img { width: 32px; height: 32px; object-fit: contain; }
      .stickers button { aspect-ratio: 1; }
      .stickers img { width: 100%; height: 100%; padding: 4px; object-fit: contain; }
    `,
  ];

  readonly #closeOutside = (event: Event) => {
    if (!event.composedPath().includes(this)) this.open = false;
  };

  constructor() {
    super();
    this.open = false;
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.open) return;
      event.stopPropagation();
      this.open = false;
      this.renderRoot.querySelector<HTMLElement>('.toggle')?.focus();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pointerdown', this.#closeOutside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pointerdown', this.#closeOutside);
  }

  override render() {
    const toggle = () => {
      this.open = !this.open;
    };
    return html`
      ${this.open ? this.#picker() : nothing}
      <button class="toggle" aria-label="Emoji and stickers" title="Emoji and stickers" aria-expanded=${this.open} @click=${toggle}>${icons.smile()}</button>
    `;
  }

  #picker() {
    return html`<div class="picker" role="group" aria-label="Emoji and stickers of this server">
      <h3>Emoji</h3>
      <div class="emoji">
        ${this.emoji.map((emoji) => html`<button aria-label="Emoji ${emoji.name}" title=":${emoji.name}:" @click=${() => this.#tell('pick-emoji', emoji)}><img src="/emojis/${emoji.id}.${emoji.animated ? 'gif' : 'png'}" alt="" /></button>`)}
      </div>
      <h3>Stickers</h3>
      <div class="stickers">${this.stickers.map((sticker) => this.#sticker(sticker))}</div>
    </div>`;
  }

  #sticker(sticker: APIStickerItem) {
    const address = stickerAddress(sticker);
    return html`<button aria-label="Send the sticker ${sticker.name}" title=${sticker.name} @click=${() => this.#tell('pick-sticker', sticker)}>
      ${address ? html`<img src=${address} alt="" />` : sticker.name}
    </button>`;
  }

  #tell(name: string, detail: unknown): void {
    this.open = false;
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

customElements.define('blip-expression-picker', ExpressionPicker);
