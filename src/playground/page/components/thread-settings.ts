// What becomes of a thread: closed, locked or deleted, to see what the bot makes of that.
import { css, html, nothing } from 'lit';
import { isThread, nameOf, parentOf } from '../channels.ts';
import { icons } from '../icons.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import { settingsStyles, toggle } from './settings-dialog.ts';

export class ThreadSettings extends StoreElement {
  static override styles = [
    sharedStyles,
    settingsStyles,
    css`
      .red { margin-top: 16px; background: #da373c; }
      .red:hover:not(:disabled) { background: #a12828; }
    `,
  ];

  show(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  override render() {
    const { channel: thread } = this.store;
    if (!thread || !isThread(thread)) return nothing;
    const mayChange = this.store.may('manageThreads');
    const { archived = false, locked = false } =
      ('thread_metadata' in thread && thread.thread_metadata) || {};
    const change = (changed: { closed?: boolean; locked?: boolean }) =>
      void this.store.server.changeChannel(thread.id, changed);
    const close = () => this.renderRoot.querySelector('dialog')?.close();
    const onBackdrop = (event: Event) => event.target === event.currentTarget && close();
    return html`<dialog aria-labelledby="title" @click=${onBackdrop}>
      <h2 id="title">${nameOf(thread)}</h2>
      <h3>Thread</h3>
      ${toggle({ name: 'Closed, until somebody writes in it', isOn: archived, mayChange, onChange: (closed) => change({ closed }) })}
      ${toggle({ name: 'Locked: only moderators write in it', isOn: locked, mayChange, onChange: (isLocked) => change({ locked: isLocked }) })}
      ${
        mayChange
          ? html`<button class="button red" @click=${() => this.#delete(thread.id, parentOf(thread))}>Delete thread</button>`
          : html`<p class="note">Only who manages threads can change this, such as the owner of the server.</p>`
      }
      <button class="close" aria-label="Close" @click=${close}>${icons.close(20)}</button>
    </dialog>`;
  }

  /** From the channel above it: where it was shown, nothing is left to go on from. */
  #delete(threadId: string, parentId: string | undefined): void {
    this.renderRoot.querySelector('dialog')?.close();
    if (parentId) ask(this, 'open-channel', parentId);
    void this.store.server.deleteThread(threadId);
  }
}

customElements.define('blip-thread-settings', ThreadSettings);
