// The files of a message: pictures at a sensible size, those that are spoilers covered, everything else as a card.
import type { APIAttachment } from 'discord.js';
import { css, html, LitElement, nothing } from 'lit';
import { fileSize } from '../../file-size.ts';
import { BrokenPictures } from '../broken-pictures.ts';
import { attachmentFlags } from '../discord-values.ts';
import { isPicture, isSpoiler, localAddress } from '../files.ts';
import { icons } from '../icons.ts';
import { ask } from '../page-events.ts';
import { shownSize } from '../picture-size.ts';
import { sharedStyles } from '../shared-styles.ts';
import { coverOf, coverStyles } from '../spoiler-cover.ts';

export class Attachments extends LitElement {
  static override properties = { attachments: { attribute: false } };

  declare attachments: readonly APIAttachment[];
  readonly #broken = new BrokenPictures(this);
  /** Ids of spoilers that somebody has looked at. */
  readonly #uncovered = new Set<string>();

  static override styles = [
    sharedStyles,
    coverStyles,
    css`
      :host { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 8px; margin: 4px 0; }
      .picture { display: block; max-width: 100%; border-radius: 8px; overflow: hidden; background: var(--sidebar); cursor: zoom-in; }
      .picture:focus-visible { border-radius: 8px; }
      img { display: block; width: 100%; height: 100%; object-fit: contain; }
      .enlarged img { image-rendering: pixelated; }
      .unsized { max-width: min(400px, 100%); }
      .unsized img { width: auto; height: auto; min-width: 24px; min-height: 24px; max-width: 100%; max-height: 300px; }
      .described { position: relative; max-width: 100%; }
      details { position: absolute; left: 8px; bottom: 8px; max-width: calc(100% - 16px); border-radius: 4px; background: rgb(0 0 0 / 75%); color: #fff; font-size: 14px; line-height: 18px; }
      summary { padding: 2px 6px; font-size: 12px; font-weight: 700; line-height: 16px; list-style: none; cursor: pointer; }
      details p { padding: 4px 8px 8px; overflow-wrap: anywhere; }
      .file { display: flex; align-items: center; gap: 8px; width: min(430px, 100%); padding: 12px; border: 1px solid var(--edge); border-radius: 8px; background: var(--sidebar); }
      .file svg { flex: none; }
      .file a { display: block; overflow-wrap: anywhere; }
      .file small { color: var(--text-muted); }
    `,
  ];

  override render() {
    return this.attachments.map((attachment) => {
      const { content_type, filename, url } = attachment;
      const isShown = isPicture(content_type ?? '', filename) && !this.#broken.has(localAddress(url));
      return isShown ? this.#picture(attachment) : this.#file(attachment);
    });
  }

  /** What has an alternative text says so, and shows it. */
  #picture(attachment: APIAttachment) {
    const { id, description, filename, flags = 0 } = attachment;
    const isCovered = isSpoiler(filename) || (flags & attachmentFlags.isSpoiler) !== 0;
    if (isCovered && !this.#uncovered.has(id)) return this.#cover(attachment);
    if (!description) return this.#image(attachment);
    return html`<div class="described">
      ${this.#image(attachment)}
      <details><summary aria-label="Alternative text">ALT</summary><p>${description}</p></details>
    </div>`;
  }

  #cover({ id, url, width, height }: APIAttachment) {
    return coverOf(localAddress(url), shownSize(width ?? 0, height ?? 0), () => {
      this.#uncovered.add(id);
      this.requestUpdate();
    });
  }

  #image({ url, filename, description, width, height }: APIAttachment) {
    const size = shownSize(width ?? 0, height ?? 0);
    const alt = description ?? filename;
    const address = localAddress(url);
    return html`<button
      class="picture ${size ? '' : 'unsized'} ${size?.isEnlarged ? 'enlarged' : ''}"
      style=${size ? `width: ${size.width}px; aspect-ratio: ${size.width} / ${size.height}` : nothing}
      aria-label="Enlarge the picture ${alt}"
      @click=${() => ask(this, 'open-image', { url: address, name: alt })}
    ><img src=${address} alt=${alt} @error=${this.#broken.note} /></button>`;
  }

  #file({ url, filename, size }: APIAttachment) {
    return html`<div class="file">${icons.file(32)}<div><a href=${localAddress(url)} download=${filename}>${filename}</a><small>${fileSize(size)}</small></div></div>`;
  }
}

customElements.define('blip-attachments', Attachments);
