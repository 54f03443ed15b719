// The stickers of a message. A Lottie one is told by its name: it is a drawing that browsers don't know.
import type { APIStickerItem } from 'discord.js';
import { css, html, LitElement } from 'lit';
import { stickerFormats } from '../discord-values.ts';
import { icons } from '../icons.ts';
import { sharedStyles } from '../shared-styles.ts';

export class Stickers extends LitElement {
  static override properties = { stickers: { attribute: false } };

  declare stickers: readonly APIStickerItem[];

  static override styles = [
    sharedStyles,
    css`
      :host { display: flex; flex-wrap: wrap; gap: 8px; margin: 4px 0; }
      img { display: block; width: 160px; height: 160px; object-fit: contain; }
      .unseen { display: grid; place-content: center; justify-items: center; gap: 4px; width: 160px; height: 160px; border-radius: 8px; background: var(--sidebar); color: var(--text-muted); font-size: 14px; text-align: center; }
    `,
  ];

  override render() {
    return this.stickers.map((sticker) => {
      const address = stickerAddress(sticker);
      return address
        ? html`<img src=${address} alt="Sticker: ${sticker.name}" title=${sticker.name} />`
        : html`<div class="unseen" role="img" aria-label="Sticker: ${sticker.name}">${icons.smile(40)}${sticker.name}<small>Lottie sticker</small></div>`;
    });
  }
}

/** Undefined for what a browser can't draw. */
export function stickerAddress({ id, format_type: format }: APIStickerItem): string | undefined {
  if (format === stickerFormats.lottie) return undefined;
  return `/stickers/${id}.${format === stickerFormats.gif ? 'gif' : 'png'}`;
}

customElements.define('blip-stickers', Stickers);
