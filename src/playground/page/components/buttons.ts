// The rows of buttons and menus under a message, with Discord's busy dots and the note of a failed press.
import type {
  APIButtonComponentWithCustomId,
  APIButtonComponentWithURL,
  APIMessage,
  APIStringSelectComponent,
} from 'discord.js';
import { css, html, LitElement, nothing } from 'lit';
import { buttonStyles, componentTypes } from '../discord-values.ts';
import { icons } from '../icons.ts';
import type { Interaction } from '../model.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';

type Button = APIButtonComponentWithCustomId | APIButtonComponentWithURL;

const classNames: Record<number, string> = {
  [buttonStyles.secondary]: 'grey',
  [buttonStyles.success]: 'green',
  [buttonStyles.danger]: 'red',
  [buttonStyles.link]: 'grey',
};

export class Buttons extends LitElement {
  static override properties = { message: { attribute: false }, presses: { attribute: false } };

  declare message: APIMessage;
  /** Presses of this message's buttons that are under way or failed. */
  declare presses: readonly Interaction[];

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; margin: 4px 0; }
      .row { display: flex; flex-wrap: wrap; gap: 8px; }
      .row + .row { margin-top: 8px; }
      .button { position: relative; min-width: 60px; }
      .button.green { background: #248046; }
      .button.green:hover:not(:disabled) { background: #1a6334; }
      .button.red { background: #da373c; }
      .button.red:hover:not(:disabled) { background: #a12828; }
      .button:disabled { opacity: 0.5; }
      .busy { pointer-events: none; }
      .busy span { visibility: hidden; }
      .busy .dots { position: absolute; inset: 0; justify-content: center; }
      select { width: min(400px, 100%); padding: 10px; border: 1px solid var(--edge); border-radius: 8px; background: var(--sidebar); color: inherit; font: inherit; }
      a.button:hover { text-decoration: none; }
      .failure { display: flex; align-items: center; gap: 4px; margin-top: 6px; font-size: 14px; color: var(--red-text); }
      .failure svg { flex: none; }
    `,
  ];

  override render() {
    const rows = (this.message.components ?? []).filter((row) => row.type === componentTypes.actionRow);
    const failure = this.presses.find((press) => press.failure)?.failure;
    return html`
      ${rows.map(
        ({ components }) =>
          html`<div class="row">${components.map((component) =>
            component.type === componentTypes.menu
              ? this.#menu(component as APIStringSelectComponent)
              : this.#button(component as Button),
          )}</div>`,
      )}
      ${failure ? html`<div class="failure" role="alert">${icons.warning(16)} ${failure}</div>` : nothing}
    `;
  }

  #button(button: Button) {
    if (button.type !== componentTypes.button) return nothing;
    const className = `button ${classNames[button.style] ?? ''}`;
    const label = html`<span>${button.emoji?.name} ${button.label}</span>`;
    if ('url' in button) {
      return html`<a class=${className} href=${button.url} target="_blank" rel="noreferrer">${label}${icons.external(16)}</a>`;
    }
    const customId = button.custom_id;
    const busy = this.presses.some(
      ({ source, failure }) => source.kind === 'button' && source.customId === customId && !failure,
    );
    return html`<button
      class="${className} ${busy ? 'busy' : ''}"
      ?disabled=${button.disabled ?? false}
      aria-busy=${busy}
      @click=${() => busy || ask(this, 'press-button', { message: this.message, customId })}
    >${label}${busy ? html`<i class="dots" aria-hidden="true"><i></i><i></i><i></i></i>` : nothing}</button>`;
  }

  /** Stays on what the answer is about: what was chosen is answered by another message. */
  #menu({ custom_id: customId, options, placeholder, disabled }: APIStringSelectComponent) {
    const choose = ({ currentTarget }: Event) => {
      const menu = currentTarget as HTMLSelectElement;
      const { value } = menu;
      menu.value = options.find((option) => option.default)?.value ?? '';
      ask(this, 'choose-option', { message: this.message, customId, value });
    };
    return html`<select aria-label=${placeholder ?? 'Make a selection'} ?disabled=${disabled ?? false} @change=${choose}>
      ${options.some((option) => option.default) ? nothing : html`<option value="" selected disabled>${placeholder}</option>`}
      ${options.map(
        (option) => html`<option value=${option.value} ?selected=${option.default ?? false}>
          ${option.label}${option.description ? ` – ${option.description}` : ''}
        </option>`,
      )}
    </select>`;
  }
}

customElements.define('blip-buttons', Buttons);
