// The files that go with the next message, each with a preview and a way to cover it or to take it off.
import { css, html, LitElement, nothing } from 'lit';
import { fileSize } from '../../file-size.ts';
import { BrokenPictures } from '../broken-pictures.ts';
import { isPicture, isSpoiler, plainName } from '../files.ts';
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
      .covered img { filter: blur(24px); }
      .acts { position: absolute; top: 0; right: 0; display: flex; border-radius: 4px; overflow: hidden; background: var(--chat); transform: translate(12%, -25%); box-shadow: var(--shadow); }
      button { display: flex; padding: 8px; color: var(--text-muted); }
      button:hover { background: var(--composer); }
      [aria-pressed='true'] { background: var(--active); color: var(--text); }
      .remove { color: var(--red-text); }
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
          <div class="preview ${isSpoiler(file.name) ? 'covered' : ''}">${this.#preview(file)}</div>
          <div class="name">${plainName(file.name)} <small>${fileSize(file.size)}</small></div>
          <div class="acts">
            ${isPicture(file.type, file.name) ? html`<button aria-label="Spoiler: ${plainName(file.name)}" title="Mark as spoiler" aria-pressed=${isSpoiler(file.name)} @click=${() => this.#tell('spoiler', file)}>${icons.eye(20)}</button>` : nothing}
            <button class="remove" aria-label="Remove ${plainName(file.name)}" title="Remove" @click=${() => this.#tell('remove', file)}>${icons.trash(20)}</button>
          </div>
        </li>`,
      )}
    </ul>
    ${pictures.length > 1 ? html`<p>${this.botName} looks at the first picture of a message.</p>` : nothing}`;
  }

  #tell(act: 'remove' | 'spoiler', detail: File): void {
    this.dispatchEvent(new CustomEvent(act, { detail }));
  }

  #preview(file: File) {
    const address = isPicture(file.type, file.name) ? this.#previews.of(file) : undefined;
    if (address === undefined || this.#broken.has(address)) return icons.file(48);
    return html`<img src=${address} alt="" @error=${this.#broken.note} />`;
  }
}

customElements.define('blip-file-chips', FileChips);
