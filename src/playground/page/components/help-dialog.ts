// The samples and the help card over the page, for whoever is past the beginning of the channel.
import { css, html, nothing } from 'lit';
import { icons } from '../icons.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import './help-card.ts';
import { modelNote, modelNoteStyles } from './model-note.ts';
import './sample-list.ts';

export class HelpDialog extends StoreElement {
  static override styles = [
    sharedStyles,
    modelNoteStyles,
    css`
      dialog { width: min(640px, calc(100vw - 32px)); padding: 24px; border: 0; border-radius: 8px; background: var(--chat); color: var(--text); box-shadow: var(--shadow); }
      dialog::backdrop { background: rgb(0 0 0 / 70%); }
      h2 { margin-bottom: 4px; font-size: 20px; color: var(--text-strong); }
      p { margin-bottom: 8px; color: var(--text-muted); }
      blip-sample-list { margin-bottom: 16px; }
      .close { position: absolute; top: 16px; right: 16px; display: flex; color: var(--icon); }
      .close:hover { color: var(--text-strong); }
    `,
  ];

  show(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  override render() {
    const { state } = this.store.model;
    const close = () => this.renderRoot.querySelector('dialog')?.close();
    const onBackdrop = (event: Event) => event.target === event.currentTarget && close();
    return html`<dialog aria-labelledby="title" @click=${onBackdrop} @use-command=${close} @ask-about-newest=${close} @post-sample=${close}>
      <h2 id="title">What to try</h2>
      <p>Drop a picture anywhere in the chat, or post one of these:</p>
      <blip-sample-list .samples=${state?.samples ?? []}></blip-sample-list>
      <p>Then:</p>
      <blip-help-card
        .hasPicture=${this.store.mayHavePicture}
        .botName=${state?.bot.user.username ?? 'blipcord'}
      ></blip-help-card>
      ${state ? modelNote(state) : nothing}
      <button class="close" aria-label="Close" @click=${close}>${icons.close(20)}</button>
    </dialog>`;
  }
}

customElements.define('blip-help-dialog', HelpDialog);
