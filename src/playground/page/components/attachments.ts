// The files of a message: pictures at a sensible size, everything else as a card.
import type { APIAttachment } from 'discord.js';
import { css, html, LitElement } from 'lit';
import { fileSize } from '../../file-size.ts';
import { isPicture, localAddress } from '../files.ts';
import { icons } from '../icons.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';

const maxWidthPx = 400;
const maxHeightPx = 300;

export class Attachments extends LitElement {
  static override properties = { attachments: { attribute: false } };

  declare attachments: readonly APIAttachment[];

  static override styles = [
    sharedStyles,
    css`
      :host { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 8px; margin: 4px 0; }
      .picture { display: block; max-width: 100%; border-radius: 8px; overflow: hidden; background: var(--sidebar); cursor: zoom-in; }
      .picture:focus-visible { border-radius: 8px; }
      img { display: block; width: 100%; height: auto; object-fit: contain; }
      .unsized img { width: auto; max-width: 100%; max-height: 300px; }
      .file { display: flex; align-items: center; gap: 8px; width: min(430px, 100%); padding: 12px; border: 1px solid var(--edge); border-radius: 8px; background: var(--sidebar); }
      .file svg { flex: none; }
      .file a { display: block; overflow-wrap: anywhere; }
      .file small { color: var(--text-muted); }
    `,
  ];

  override render() {
    return this.attachments.map((attachment) =>
      isPicture(attachment.content_type ?? '', attachment.filename)
        ? this.#picture(attachment)
        : this.#file(attachment),
    );
  }

  #picture({ url, filename, description, width, height }: APIAttachment) {
    const size = fitted(width ?? 0, height ?? 0);
    const alt = description ?? filename;
    const address = localAddress(url);
    return html`<button
      class="picture ${size ? '' : 'unsized'}"
      style=${size ? `width: ${size.width}px; aspect-ratio: ${size.width} / ${size.height}` : `max-width: ${maxWidthPx}px`}
      aria-label="Enlarge the picture ${alt}"
      @click=${() => ask(this, 'open-image', { url: address, name: alt })}
    ><img src=${address} alt=${alt} /></button>`;
  }

  #file({ url, filename, size }: APIAttachment) {
    return html`<div class="file">${icons.file(32)}<div><a href=${localAddress(url)} download=${filename}>${filename}</a><small>${fileSize(size)}</small></div></div>`;
  }
}

/** A picture's size on the page: inside the bounds, never enlarged. */
function fitted(width: number, height: number): { width: number; height: number } | undefined {
  if (width === 0 || height === 0) return undefined;
  const scale = Math.min(1, maxWidthPx / width, maxHeightPx / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

customElements.define('blip-attachments', Attachments);
