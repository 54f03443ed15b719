// The form that the bot opened, over the page.
import type { APIModalInteractionResponseCallbackData, APITextInputComponent } from 'discord.js';
import { css, html, nothing } from 'lit';
import { componentTypes, textInputStyles } from '../discord-values.ts';
import { icons } from '../icons.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';

export class FormDialog extends StoreElement {
  static override styles = [
    sharedStyles,
    css`
      dialog { width: min(440px, calc(100vw - 32px)); padding: 24px; border: 0; border-radius: 8px; background: var(--chat); color: var(--text); box-shadow: var(--shadow); }
      dialog::backdrop { background: rgb(0 0 0 / 70%); }
      h2 { margin: 0 32px 16px 0; font-size: 20px; color: var(--text-strong); }
      label { display: block; margin-bottom: 16px; font-size: 14px; font-weight: 600; color: var(--text-strong); }
      label i { color: var(--red-text); font-style: normal; }
      input, textarea { display: block; box-sizing: border-box; width: 100%; margin-top: 8px; padding: 10px; border: 0; border-radius: 4px; background: var(--rail); color: var(--text); font: inherit; font-weight: 400; }
      textarea { min-height: 96px; resize: vertical; }
      .end { display: flex; justify-content: flex-end; gap: 8px; }
      .close { position: absolute; top: 24px; right: 24px; display: flex; color: var(--icon); }
      .close:hover { color: var(--text-strong); }
    `,
  ];

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  override render() {
    const { form } = this.store.model;
    if (!form) return nothing;
    const { title } = form.modal;
    const close = () => this.store.interactions.closeForm();
    return html`<dialog aria-labelledby="title" @close=${close}>
      <h2 id="title">${title}</h2>
      <form @submit=${this.#onSubmit}>
        ${textInputs(form.modal).map((input) => field(input))}
        <div class="end">
          <button type="button" class="button grey" @click=${close}>Cancel</button>
          <button class="button">Submit</button>
        </div>
      </form>
      <button class="close" aria-label="Close" @click=${close}>${icons.close(20)}</button>
    </dialog>`;
  }

  readonly #onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget as HTMLFormElement)];
    this.store.interactions.submitForm(
      Object.fromEntries(entries.map(([name, value]) => [name, String(value)])),
    );
  };
}

function textInputs({ components }: APIModalInteractionResponseCallbackData): APITextInputComponent[] {
  const rows = components as unknown as { components?: APITextInputComponent[] }[];
  return rows.flatMap((row) => row.components ?? []).filter(({ type }) => type === componentTypes.textInput);
}

function field(input: APITextInputComponent) {
  const { custom_id: name, label, style, required = true, value = '', placeholder = '' } = input;
  const { min_length: least = 0, max_length: most = 4_000 } = input;
  return html`<label>
    ${label}${required ? html` <i aria-hidden="true">*</i>` : nothing}
    ${
      style === textInputStyles.paragraph
        ? html`<textarea name=${name} .value=${value} placeholder=${placeholder} minlength=${least} maxlength=${most} ?required=${required}></textarea>`
        : html`<input name=${name} autocomplete="off" .value=${value} placeholder=${placeholder} minlength=${least} maxlength=${most} ?required=${required} />`
    }
  </label>`;
}

customElements.define('blip-form-dialog', FormDialog);
