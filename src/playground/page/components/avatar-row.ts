// Pictures that a person may show of themselves: the samples, one of their own, or none.
import { css, html, LitElement } from 'lit';
import type { SampleImage } from '../../page-api.ts';
import { icons } from '../icons.ts';
import { fetchSample } from '../samples.ts';
import { sharedStyles } from '../shared-styles.ts';

export class AvatarRow extends LitElement {
  static override properties = { samples: { attribute: false } };

  declare samples: readonly SampleImage[];

  static override styles = [
    sharedStyles,
    css`
      :host { display: flex; flex-wrap: wrap; gap: 4px; padding: 4px 8px; }
      button { display: grid; place-items: center; width: 28px; height: 28px; border-radius: 50%; overflow: hidden; background: var(--rail); color: var(--icon); }
      button:hover, button:focus-visible { box-shadow: 0 0 0 2px var(--blurple); border-radius: 50%; }
      img { width: 28px; height: 28px; object-fit: cover; }
    `,
  ];

  override render() {
    const browse = () => this.renderRoot.querySelector('input')?.click();
    return html`
      ${this.samples.map((sample) => html`<button aria-label="Show the ${sample.name}" title=${sample.name} @click=${() => this.#take(sample)}><img src=${sample.url} alt="" /></button>`)}
      <button aria-label="Show a picture of your own" title="Upload" @click=${browse}>${icons.upload(16)}</button>
      <button aria-label="Show no picture" title="None" @click=${() => this.#tell(undefined)}>${icons.close(14)}</button>
      <input type="file" accept="image/*" hidden aria-label="Picture of yours" @change=${this.#onFile} />
    `;
  }

  async #take(sample: SampleImage): Promise<void> {
    const file = await fetchSample(sample);
    if (file) this.#tell(file);
  }

  readonly #onFile = ({ currentTarget }: Event) => {
    const [file] = (currentTarget as HTMLInputElement).files ?? [];
    if (file) this.#tell(file);
  };

  #tell(picture: File | undefined): void {
    this.dispatchEvent(new CustomEvent('choose-picture', { detail: picture }));
  }
}

customElements.define('blip-avatar-row', AvatarRow);
