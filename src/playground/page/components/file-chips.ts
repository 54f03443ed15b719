// The files that go with the next message, each with a preview and a way to take it off.
import { css, html, LitElement, nothing } from 'lit';
import { fileSize } from '../../file-size.ts';
import { BrokenPictures } from '../broken-pictures.ts';
import { isPicture } from '../files.ts';
import { icons } from '../icons.ts';
import { Previews } from '../previews.ts';
import { sharedStyles } from '../shared-styles.ts';

export class FileChips extends LitElement {
  static override properties = { files: { attribute: false }, botName: {} };

  declare files: readonly File[];
  declare botName: string;
  readonly #previews = new Previews();
  readonly #broken = new BrokenPictures(this);

  static override styles = [
    sharedStyles,
    css`
      p { padding: 8px 16px; border-bottom: 1px solid var(--line); font-size: 14px; color: var(--text-muted); }
      ul { display: flex; gap: 16px; padding: 16px; list-style: none; overflow-x: auto; border-bottom: 1px solid var(--line); }
      li { position: relative; display: flex; flex-direction: column; gap: 8px; flex: none; width: 184px; padding: 8px; border-radius: 4px; background: var(--sidebar); }
      .preview { display: grid; place-items: center; height: 136px; border-radius: 4px; overflow: hidden; color: var(--text-faint); }
      img { width: 100%; height: 136px; object-fit: contain; }
      .name { font-size: 14px; line-height: 18px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .name small { color: var(--text-muted); }
      button { position: absolute; top: 0; right: 0; display: flex; padding: 8px; border-radius: 4px; background: var(--chat); color: var(--red-text); transform: translate(25%, -25%); box-shadow: var(--shadow); }
      button:hover { background: var(--composer); }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#previews.forget();
  }

  override render() {
    const pictures = this.files.filter(({ type, name }) => isPicture(type, name));
    return html`<ul aria-label="Files to send">
      ${this.files.map(
        (file) => html`<li>
          <div class="preview">${this.#preview(file)}</div>
          <div class="name">${file.name} <small>${fileSize(file.size)}</small></div>
          <button aria-label="Remove ${file.name}" title="Remove" @click=${() => this.dispatchEvent(new CustomEvent('remove', { detail: file }))}>${icons.trash(20)}</button>
        </li>`,
      )}
    </ul>
    ${pictures.length > 1 ? html`<p>${this.botName} looks at the first picture of a message.</p>` : nothing}`;
  }

  #preview(file: File) {
    const address = isPicture(file.type, file.name) ? this.#previews.of(file) : undefined;
    if (address === undefined || this.#broken.has(address)) return icons.file(48);
    return html`<img src=${address} alt="" @error=${this.#broken.note} />`;
  }
}

customElements.define('blip-file-chips', FileChips);
