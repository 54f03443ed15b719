// One option of a slash command: a text, a number, a choice, true or false, or a picture.
import type { APIApplicationCommandOption } from 'discord.js';
import { css, html, LitElement, nothing } from 'lit';
import type { Choices } from '../../page-api.ts';
import { BrokenPictures } from '../broken-pictures.ts';
import type { OptionValue } from '../command-values.ts';
import { localDescription, localName } from '../commands.ts';
import { optionTypes } from '../discord-values.ts';
import { icons } from '../icons.ts';
import { Previews } from '../previews.ts';
import { sharedStyles } from '../shared-styles.ts';
import { type Choice, offeredList, offeredStyles } from './offered-list.ts';

export class OptionField extends LitElement {
  static override properties = {
    option: { attribute: false },
    value: { attribute: false },
    missing: { type: Boolean, reflect: true },
    complete: { attribute: false },
    offered: { state: true },
    active: { state: true },
  };

  declare option: APIApplicationCommandOption;
  declare value: OptionValue | undefined;
  declare missing: boolean;
  /** Asks the bot what it offers after this was typed. */
  declare complete: (typed: string) => Promise<Choices>;
  /** What the bot offers for what was typed last. */
  declare offered: Choices;
  /** Index of the chosen one among them. */
  declare active: number;
  /** Undefined once the list was closed. */
  #typed: string | undefined;
  readonly #previews = new Previews();
  readonly #broken = new BrokenPictures(this);

  static override styles = [
    sharedStyles,
    offeredStyles,
    css`
      :host { display: block; border-radius: 4px; background: var(--rail); }
      :host([missing]) { box-shadow: 0 0 0 1px var(--red); }
      label { display: flex; min-width: 0; align-items: stretch; min-height: 30px; font-size: 14px; }
      .name { display: flex; align-items: center; padding: 0 8px; border-radius: 4px 0 0 4px; background: var(--sidebar); color: var(--text-strong); font-weight: 500; white-space: nowrap; }
      input, select { min-width: 80px; padding: 4px 8px; border: 0; background: transparent; color: var(--text); font: inherit; field-sizing: content; max-width: 420px; }
      option { background: var(--floating); color: var(--text); }
      input:focus-visible, select:focus-visible, input:focus, select:focus { outline: none; }
      :host(:focus-within) { box-shadow: 0 0 0 2px var(--focus); }
      .pick { display: flex; align-items: center; gap: 8px; padding: 4px 10px; color: var(--link); }
      .pick img { width: 32px; height: 32px; object-fit: cover; border-radius: 3px; }
      .pick { min-width: 0; }
      .pick span { max-width: 200px; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    `,
  ];

  constructor() {
    super();
    this.offered = [];
    this.active = -1;
  }

  override focus(): void {
    const selector = 'input:not([hidden]), select, .pick';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#previews.forget();
  }

  override render() {
    const name = localName(this.option);
    const description = localDescription(this.option);
    if (this.option.type === optionTypes.attachment) return this.#picture(name, description);
    return html`<label title=${description}>
      <span class="name">${name}</span>
      ${this.#choices().length > 0 ? this.#select(this.#choices()) : this.#input()}
    </label>`;
  }

  #input() {
    const isNumber = this.option.type === optionTypes.number || this.option.type === optionTypes.integer;
    const onInput = ({ currentTarget }: Event) => {
      const { value } = currentTarget as HTMLInputElement;
      void this.#offer(value);
      this.#change(isNumber && value !== '' ? Number(value) : value);
    };
    const isOpen = this.offered.length > 0;
    return html`${isOpen ? offeredList({ choices: this.offered, active: this.active, onPick: (choice) => this.#pick(choice) }) : nothing}
      <input
        type=${isNumber ? 'number' : 'text'}
        step=${this.option.type === optionTypes.integer ? 1 : 'any'}
        placeholder=${localDescription(this.option)}
        autocomplete="off"
        role=${this.#isCompleted ? 'combobox' : nothing}
        aria-expanded=${this.#isCompleted ? isOpen : nothing}
        aria-controls=${isOpen ? 'offered' : nothing}
        aria-activedescendant=${isOpen && this.active >= 0 ? `offered-${this.active}` : nothing}
        .value=${String(this.value ?? '')}
        @focus=${() => void this.#offer(String(this.value ?? ''))}
        @blur=${() => this.#close()}
        @input=${onInput}
        @keydown=${this.#onKey}
      />`;
  }

  /** Enter without a chosen one is the form's. */
  readonly #onKey = (event: KeyboardEvent) => {
    const { length } = this.offered;
    const chosen = this.offered[this.active];
    if (length === 0 || event.isComposing) return;
    if (event.key === 'ArrowDown') this.active = (this.active + 1) % length;
    else if (event.key === 'ArrowUp') this.active = (Math.max(this.active, 0) - 1 + length) % length;
    else if (event.key === 'Escape') this.#close();
    else if (event.key === 'Enter' && chosen) this.#pick(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #pick({ value }: Choice): void {
    this.#close();
    this.#change(value);
  }

  /** What is still on its way comes too late. */
  #close(): void {
    this.#typed = undefined;
    this.offered = [];
    this.active = -1;
  }

  get #isCompleted(): boolean {
    return 'autocomplete' in this.option && this.option.autocomplete === true;
  }

  /** An answer that comes after more was typed is of no use. */
  async #offer(typed: string): Promise<void> {
    if (!this.#isCompleted) return;
    this.#typed = typed;
    const offered = await this.complete(typed);
    if (this.#typed !== typed) return;
    this.offered = offered;
    this.active = -1;
  }

  #select(choices: readonly Choice[]) {
    const onChange = ({ currentTarget }: Event) => {
      const index = (currentTarget as HTMLSelectElement).selectedIndex - 1;
      const value = choices[index]?.value;
      this.#change(
        this.option.type === optionTypes.boolean && value !== undefined ? value === 'true' : value,
      );
    };
    return html`<select @change=${onChange}>
      <option value="" ?selected=${this.value === undefined}>Choose…</option>
      ${choices.map((choice) => html`<option ?selected=${String(this.value) === String(choice.value)}>${localName(choice)}</option>`)}
    </select>`;
  }

  #choices(): readonly Choice[] {
    if (this.option.type === optionTypes.boolean)
      return ['true', 'false'].map((value) => ({ name: value, value }));
    return 'choices' in this.option ? (this.option.choices ?? []) : [];
  }

  #picture(name: string, description: string) {
    const file = this.value instanceof File ? this.value : undefined;
    const onChange = ({ currentTarget }: Event) =>
      this.#change((currentTarget as HTMLInputElement).files?.[0]);
    const browse = () => this.renderRoot.querySelector('input')?.click();
    return html`<label title=${description}>
        <span class="name">${name}</span>
        <button class="pick" type="button" aria-label="${name}: ${file ? file.name : 'choose a picture'}" @click=${browse}>
          ${file ? html`${this.#preview(file)}<span>${file.name}</span>` : html`${icons.upload(18)}<span>Drop a picture or click</span>`}
        </button>
      </label>
      <input type="file" accept="image/*" hidden aria-label=${name} @change=${onChange} />
`;
  }

  #preview(file: File) {
    const address = this.#previews.of(file);
    if (this.#broken.has(address)) return icons.file(24);
    return html`<img src=${address} alt="" @error=${this.#broken.note} />`;
  }

  #change(value: OptionValue | undefined): void {
    this.dispatchEvent(new CustomEvent('value', { detail: value }));
  }
}

customElements.define('blip-option-field', OptionField);
