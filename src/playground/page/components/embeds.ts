// What Discord shows of the links in a message: a picture by itself, covered where its link is, anything else as a card.
import type { APIEmbed } from 'discord.js';
import { css, html, LitElement, nothing } from 'lit';
import { localAddress } from '../files.ts';
import { ask } from '../page-events.ts';
import { shownSize } from '../picture-size.ts';
import { sharedStyles } from '../shared-styles.ts';
import { coverOf, coverStyles } from '../spoiler-cover.ts';

type Picture = NonNullable<APIEmbed['image']>;

export class Embeds extends LitElement {
  static override properties = { embeds: { attribute: false }, content: { attribute: false } };

  declare embeds: readonly APIEmbed[];
  /** Of the message. */
  declare content: string;
  /** Links of spoilers that somebody has looked at. */
  readonly #uncovered = new Set<string>();

  static override styles = [
    sharedStyles,
    coverStyles,
    css`
      :host { display: grid; justify-items: start; gap: 8px; margin: 4px 0; }
      .picture { display: block; max-width: 100%; border-radius: 8px; overflow: hidden; cursor: zoom-in; }
      img { display: block; width: 100%; height: 100%; object-fit: contain; }
      .card { display: grid; grid-template-columns: 1fr auto; gap: 8px 16px; max-width: min(520px, 100%); padding: 12px 16px; border-left: 4px solid var(--rail); border-radius: 4px; background: var(--sidebar); overflow-wrap: anywhere; }
      .title { font-weight: 600; }
      .description { font-size: 14px; line-height: 18px; white-space: pre-wrap; }
      .small { width: 80px; height: 80px; border-radius: 4px; overflow: hidden; }
    `,
  ];

  override render() {
    return this.embeds.map((embed) => {
      const picture = embed.image ?? embed.thumbnail;
      const isPicture = embed.type === 'image' || embed.type === 'gifv';
      if (!isPicture || !picture) return this.#card(embed);
      const link = embed.url ?? picture.url;
      return this.#isCovered(link) ? this.#cover(picture, link) : this.#picture(picture, link);
    });
  }

  #isCovered(link: string): boolean {
    const bars = this.content.match(/\|\|.+?\|\|/gs) ?? [];
    return !this.#uncovered.has(link) && bars.some((text) => text.includes(link));
  }

  #cover(picture: Picture, link: string) {
    return coverOf(this.#address(picture), shownSize(picture.width, picture.height), () => {
      this.#uncovered.add(link);
      this.requestUpdate();
    });
  }

  #address({ url, proxy_url }: Picture): string {
    return localAddress(proxy_url ?? url);
  }

  #picture(picture: Picture, name: string) {
    const size = shownSize(picture.width, picture.height);
    const address = this.#address(picture);
    return html`<button
      class="picture"
      style=${size ? `width: ${size.width}px; aspect-ratio: ${size.width} / ${size.height}` : nothing}
      aria-label="Enlarge the picture behind ${name}"
      @click=${() => ask(this, 'open-image', { url: address, name })}
    ><img src=${address} alt="" /></button>`;
  }

  #card({ title, description, url, thumbnail, image }: APIEmbed) {
    const small =
      thumbnail &&
      html`<img class="small" src=${localAddress(thumbnail.proxy_url ?? thumbnail.url)} alt="" />`;
    return html`<div class="card">
      <div>
        ${title ? html`<p class="title">${url ? html`<a href=${url} target="_blank" rel="noreferrer">${title}</a>` : title}</p>` : nothing}
        ${description ? html`<p class="description">${description}</p>` : nothing}
        ${image ? this.#picture(image, image.url) : nothing}
      </div>
      ${small ?? nothing}
    </div>`;
  }
}

customElements.define('blip-embeds', Embeds);
