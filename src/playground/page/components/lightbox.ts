// A picture at its full size over the page.
import { css, html, LitElement, nothing } from 'lit';
import { icons } from '../icons.ts';
import type { ShownImage } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';

export class Lightbox extends LitElement {
  static override properties = { image: { state: true } };

  declare image: ShownImage | undefined;

  static override styles = [
    sharedStyles,
    css`
      dialog {
        width: 100vw;
        height: 100dvh;
        max-width: none;
        max-height: none;
        padding: 48px 16px;
        border: 0;
        background: transparent;
        color: var(--text);
      }
      dialog[open] { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 8px; }
      dialog::backdrop { background: rgb(0 0 0 / 85%); }
      img { max-width: 100%; max-height: calc(100% - 32px); min-width: min(448px, 90vw); object-fit: contain; border-radius: 4px; }
      a { font-size: 14px; color: var(--text); }
      button { position: fixed; top: 16px; right: 16px; display: flex; padding: 8px; border-radius: 50%; background: var(--floating); }
    `,
  ];

  show(image: ShownImage): void {
    this.image = image;
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  override render() {
    const close = () => this.renderRoot.querySelector('dialog')?.close();
    return html`<dialog aria-label=${this.image?.name ?? 'Picture'} @click=${close}>
      ${
        this.image
          ? html`<img src=${this.image.url} alt=${this.image.name} @click=${(event: Event) => event.stopPropagation()} />
              <a href=${this.image.url} target="_blank" rel="noreferrer" @click=${(event: Event) => event.stopPropagation()}>Open in browser</a>`
          : nothing
      }
      <button aria-label="Close the picture" @click=${close}>${icons.close(20)}</button>
    </dialog>`;
  }
}

customElements.define('blip-lightbox', Lightbox);
