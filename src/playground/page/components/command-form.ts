// A chosen slash command with its options, in place of the text field. Enter runs it; the cross, Esc or Backspace leaves it.
import type { APIApplicationCommandOption } from 'discord.js';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import type { Choices } from '../../page-api.ts';
import {
  addableOptions,
  type CommandValues,
  missingOptions,
  type OptionValue,
  shownOptions,
  withOption,
  withoutOption,
  withValue,
} from '../command-values.ts';
import { localDescription, localName } from '../commands.ts';
import { icons } from '../icons.ts';
import { sharedStyles } from '../shared-styles.ts';
import './option-field.ts';
import type { OptionField } from './option-field.ts';

export class CommandForm extends LitElement {
  static override properties = {
    form: { attribute: false },
    busy: { type: Boolean },
    complete: { attribute: false },
    complaining: { state: true },
  };

  declare form: CommandValues;
  declare busy: boolean;
  /** Asks the bot what it offers for an option. */
  declare complete: (option: string, typed: string) => Promise<Choices>;
  /** Whether missing values are marked: not before the first try to send. */
  declare complaining: boolean;
  #focusNext: string | undefined;

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; }
      .optional { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 8px 12px; border-bottom: 1px solid var(--line); font-size: 14px; color: var(--text-muted); }
      .optional button { padding: 3px 8px; border-radius: 4px; background: var(--sidebar); color: var(--text); }
      .optional button:hover { background: var(--rail); color: var(--text-strong); }
      .line { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; min-height: 44px; padding: 6px 8px 6px 12px; }
      .command { padding: 3px 6px; border-radius: 4px; background: var(--mention); color: var(--mention-text); font-weight: 500; }
      .option { display: flex; align-items: center; gap: 2px; min-width: 0; max-width: 100%; }
      blip-option-field { min-width: 0; }
      .remove, .cancel { display: flex; flex: none; padding: 4px; color: var(--text-muted); }
      .remove:hover, .cancel:hover { color: var(--text-strong); }
      .end { display: flex; align-items: center; gap: 8px; margin-left: auto; }
      .complaint { padding: 0 12px 8px; font-size: 14px; color: var(--red-text); }
    `,
  ];

  constructor() {
    super();
    this.complaining = false;
  }

  override firstUpdated(): void {
    const required = this.renderRoot.querySelector<OptionField>('blip-option-field');
    if (required) required.focus();
    else this.renderRoot.querySelector<HTMLElement>('.run')?.focus();
  }

  protected override updated(_changed: PropertyValues): void {
    if (!this.#focusNext) return;
    this.renderRoot.querySelector<OptionField>(`[data-option="${this.#focusNext}"]`)?.focus();
    this.#focusNext = undefined;
  }

  override render() {
    const missing = missingOptions(this.form);
    const addable = addableOptions(this.form);
    return html`<div role="group" aria-label="/${this.#name}" @keydown=${this.#onKey}>
      ${addable.length > 0 ? this.#optional(addable) : nothing}
      <div class="line">
        <span class="command" title=${localDescription(this.form.command)}>/${this.#name}</span>
        ${shownOptions(this.form).map((option) => this.#option(option, missing))}
        <span class="end">
          <button class="cancel" aria-label="Cancel /${this.#name}" title="Cancel (Esc)" @click=${() => this.#leave()}>${icons.close(20)}</button>
          <button class="button run" aria-label="Run /${this.#name}" ?disabled=${this.busy} @click=${this.#run}>${icons.send(16)} Run</button>
        </span>
      </div>
      ${this.complaining && missing.length > 0 ? html`<p class="complaint" role="alert">Give a value for ${missing.join(', ')}.</p>` : nothing}
    </div>`;
  }

  get #name(): string {
    return localName(this.form.command);
  }

  #optional(options: readonly APIApplicationCommandOption[]) {
    return html`<div class="optional">
      Optional:
      ${options.map(
        (option) =>
          html`<button title=${localDescription(option)} aria-label="Add the option ${localName(option)}: ${localDescription(option)}" @click=${() => this.#add(option.name)}>+ ${localName(option)}</button>`,
      )}
    </div>`;
  }

  #option(option: APIApplicationCommandOption, missing: readonly string[]) {
    const { name, required } = option;
    return html`<span class="option">
      <blip-option-field
        data-option=${name}
        .option=${option}
        .value=${this.form.values.get(name)}
        .complete=${(typed: string) => this.complete(name, typed)}
        .missing=${this.complaining && missing.includes(name)}
        @value=${({ detail }: CustomEvent<OptionValue | undefined>) => this.#change(withValue(this.form, name, detail))}
      ></blip-option-field>
      ${required ? nothing : html`<button class="remove" aria-label="Remove the option ${localName(option)}" @click=${() => this.#change(withoutOption(this.form, name))}>${icons.close(16)}</button>`}
    </span>`;
  }

  readonly #onKey = (event: KeyboardEvent) => {
    const target = event.composedPath()[0] as HTMLElement;
    if (event.key === 'Escape') this.#leave();
    else if (event.key === 'Enter' && target instanceof HTMLInputElement) this.#run();
    else if (event.key === 'Backspace' && isEmpty(target)) this.#stepBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Backspace in an empty field takes the last option off, then the command. */
  #stepBack(): void {
    const last = this.form.added.at(-1);
    if (last) this.#change(withoutOption(this.form, last));
    else this.#leave();
  }

  #add(name: string): void {
    this.#focusNext = name;
    this.#change(withOption(this.form, name));
  }

  readonly #run = () => {
    this.complaining = true;
    if (missingOptions(this.form).length === 0) this.dispatchEvent(new Event('run'));
  };

  #leave(): void {
    this.dispatchEvent(new Event('leave'));
  }

  #change(form: CommandValues): void {
    this.dispatchEvent(new CustomEvent('change-form', { detail: form }));
  }
}

function isEmpty(target: HTMLElement): boolean {
  return (
    !(target instanceof HTMLSelectElement) && !(target instanceof HTMLInputElement && target.value !== '')
  );
}

customElements.define('blip-command-form', CommandForm);
