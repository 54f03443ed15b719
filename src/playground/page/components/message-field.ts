// The text field of the composer, and the list that opens over it.
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { sharedStyles } from '../shared-styles.ts';
import {
  namedCommand,
  type Suggestion,
  type Suggestions,
  suggestionsFor,
  type Vocabulary,
} from '../suggestions.ts';
import { picker, pickerStyles } from './picker.ts';

const growsByItself = CSS.supports('field-sizing', 'content');

export class MessageField extends LitElement {
  static override properties = {
    text: {},
    placeholder: {},
    known: { attribute: false },
    active: { state: true },
    closedFor: { state: true },
  };

  declare text: string;
  declare placeholder: string;
  declare known: Vocabulary;
  /** Index of the active suggestion. */
  declare active: number;
  /** The text for which the person closed the list. */
  declare closedFor: string | undefined;

  static override styles = [
    sharedStyles,
    pickerStyles,
    css`
      :host { display: block; flex: 1; min-width: 0; }
      textarea { display: block; width: 100%; max-height: 50vh; padding: 11px 0; border: 0; resize: none; background: transparent; color: var(--text); font: 16px / 22px var(--font); field-sizing: content; }
      textarea::placeholder { color: var(--text-muted); white-space: nowrap; text-overflow: ellipsis; opacity: 1; }
      textarea:focus-visible { outline: none; }
    `,
  ];

  constructor() {
    super();
    this.active = 0;
  }

  override focus(): void {
    if (this.#field) this.#field.focus();
    else void this.updateComplete.then(() => this.#field?.focus());
  }

  /** Puts the caret behind the text, once that is drawn. */
  async focusAtEnd(): Promise<void> {
    await this.updateComplete;
    this.focus();
    this.#field?.setSelectionRange(this.text.length, this.text.length);
  }

  protected override updated(changed: PropertyValues): void {
    const field = this.#field;
    if (!field || !changed.has('text')) return;
    if (field.value !== this.text) field.value = this.text;
    if (!growsByItself) fitHeight(field);
  }

  override render() {
    const suggestions = this.#suggestions();
    return html`
      ${suggestions ? picker({ ...suggestions, active: this.active, onPick: (item) => this.#pick(item) }) : nothing}
      <textarea
        rows="1"
        placeholder=${this.placeholder}
        aria-label=${this.placeholder}
        role=${suggestions ? 'combobox' : 'textbox'}
        aria-multiline=${suggestions ? nothing : 'true'}
        aria-expanded=${suggestions ? 'true' : nothing}
        aria-controls=${suggestions ? 'picker' : nothing}
        aria-activedescendant=${suggestions ? `picker-${this.active}` : nothing}
        @input=${this.#onInput}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, suggestions)}
      ></textarea>
    `;
  }

  #suggestions(): Suggestions | undefined {
    if (this.closedFor === this.text) return undefined;
    return suggestionsFor(this.text, this.#field?.selectionStart ?? this.text.length, this.known);
  }

  readonly #onInput = ({ currentTarget }: Event) => {
    const text = (currentTarget as HTMLTextAreaElement).value;
    this.active = 0;
    const command = namedCommand(text, this.known);
    if (command) this.#tell('choose-command', command);
    else this.#tell('change-text', text);
  };

  #onKey(event: KeyboardEvent, suggestions: Suggestions | undefined): void {
    if (event.isComposing || (event.shiftKey && event.key !== 'Escape')) return;
    const handled = (suggestions && this.#onListKey(event.key, suggestions)) || this.#onFieldKey(event.key);
    if (handled) event.preventDefault();
  }

  #onListKey(key: string, { items }: Suggestions): boolean {
    const picked = items[this.active];
    if (key === 'ArrowDown') this.active = (this.active + 1) % items.length;
    else if (key === 'ArrowUp') this.active = (this.active - 1 + items.length) % items.length;
    else if (key === 'Escape') this.closedFor = this.text;
    else if ((key === 'Enter' || key === 'Tab') && picked) this.#pick(picked);
    else return false;
    return true;
  }

  #onFieldKey(key: string): boolean {
    if (key === 'Enter') this.#tell('send');
    else if (key === 'Escape') this.#tell('cancel');
    else if (key === 'ArrowUp' && this.text === '') this.#tell('edit-last');
    else return false;
    return true;
  }

  #pick({ result }: Suggestion): void {
    if (typeof result === 'string') {
      this.#tell('change-text', result);
      void this.focusAtEnd();
    } else this.#tell('choose-command', result);
  }

  #tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  get #field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }
}

function fitHeight(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}

customElements.define('blip-message-field', MessageField);
