// The + button: a file of one's own, or one of the samples.
import { css, html, LitElement, nothing } from 'lit';
import type { SampleImage } from '../../page-api.ts';
import { icons } from '../icons.ts';
import { ask } from '../page-events.ts';
import { fetchSample } from '../samples.ts';
import { sharedStyles } from '../shared-styles.ts';

export class AttachMenu extends LitElement {
  static override properties = { samples: { attribute: false }, open: { state: true } };

  declare samples: readonly SampleImage[];
  declare open: boolean;

  static override styles = [
    sharedStyles,
    css`
      :host { position: relative; display: block; }
      .plus { display: flex; padding: 10px 16px; color: var(--icon); }
      .plus:hover, .plus[aria-expanded='true'] { color: var(--text-strong); }
      .plus:focus-visible { outline-offset: -4px; }
      .menu { position: absolute; left: 8px; bottom: calc(100% + 8px); z-index: 10; width: 276px; padding: 8px; border-radius: 8px; background: var(--floating); box-shadow: var(--shadow); }
      .upload { display: flex; align-items: center; gap: 8px; width: 100%; padding: 8px; border-radius: 4px; font-size: 14px; color: var(--text); }
      .upload:hover, .upload:focus-visible { background: var(--blurple); color: #fff; }
      h3 { padding: 8px 8px 6px; font-size: 12px; font-weight: 600; color: var(--text-muted); }
      .samples { display: grid; grid-template-columns: repeat(3, 1fr); gap: 6px; padding: 0 8px 8px; }
      .samples button { border-radius: 4px; overflow: hidden; border: 2px solid transparent; }
      .samples button:hover { border-color: var(--blurple); }
      .samples img { display: block; width: 100%; aspect-ratio: 1; object-fit: cover; }
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
      this.renderRoot.querySelector<HTMLElement>('.plus')?.focus();
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
      <button class="plus" aria-label="Add a picture" aria-expanded=${this.open} @click=${toggle}>${icons.plus()}</button>
      <input type="file" accept="image/*" multiple hidden aria-label="Pictures to upload" @change=${this.#onFiles} />
      ${this.open ? this.#menu() : nothing}
    `;
  }

  #menu() {
    const browse = () => this.renderRoot.querySelector('input')?.click();
    return html`<div class="menu" role="group" aria-label="Add a picture">
      <button class="upload" @click=${browse}>${icons.upload(20)} Upload a picture</button>
      ${
        this.samples.length > 0
          ? html`<button class="upload" @click=${this.#insertLink}>${icons.link(20)} Link to a picture</button>
              <h3>Or attach a sample</h3>
              <div class="samples">
                ${this.samples.map((sample) => html`<button aria-label="Attach the sample picture: ${sample.name}" @click=${() => this.#attach(sample)}><img src=${sample.url} alt="" /></button>`)}
              </div>`
          : nothing
      }
    </div>`;
  }

  readonly #onFiles = ({ currentTarget }: Event) => {
    const input = currentTarget as HTMLInputElement;
    ask(this, 'attach-files', [...(input.files ?? [])]);
    input.value = '';
    this.open = false;
  };

  readonly #insertLink = () => {
    const [sample] = this.samples;
    this.open = false;
    if (sample) ask(this, 'insert-text', sample.webAddress);
  };

  async #attach(sample: SampleImage): Promise<void> {
    const file = await fetchSample(sample);
    this.open = false;
    if (file) ask(this, 'attach-files', [file]);
  }
}

customElements.define('blip-attach-menu', AttachMenu);
