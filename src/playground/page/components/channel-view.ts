// The channel on show: header, messages, composer; and the one place that turns requests of its parts into acts.
import type { APIMessage } from 'discord.js';
import { css, html, nothing } from 'lit';
import type { SampleImage } from '../../page-api.ts';
import { titleOf } from '../channels.ts';
import { emptyDraft } from '../drafts.ts';
import { icons } from '../icons.ts';
import { fetchSample } from '../samples.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import { focusedIn, isForComposer } from '../typing.ts';
import './channel-header.ts';
import './channel-settings.ts';
import './composer.ts';
import './delete-dialog.ts';
import './form-dialog.ts';
import './forward-dialog.ts';
import './help-dialog.ts';
import './message-list.ts';
import './message-menu.ts';
import './thread-settings.ts';
import './typing-line.ts';
import './unknown-channel.ts';
import type { ChannelSettings } from './channel-settings.ts';
import type { Composer } from './composer.ts';
import type { DeleteDialog } from './delete-dialog.ts';
import type { ForwardDialog } from './forward-dialog.ts';
import type { HelpDialog } from './help-dialog.ts';
import type { MessageList } from './message-list.ts';
import type { MessageMenu } from './message-menu.ts';
import type { ThreadSettings } from './thread-settings.ts';

export class ChannelView extends StoreElement {
  static override properties = { membersOpen: { type: Boolean }, dragging: { state: true } };

  declare membersOpen: boolean;
  declare dragging: boolean;
  #dragDepth = 0;
  /** Name of the sample that is on its way. */
  #posting: string | undefined;

  static override styles = [
    sharedStyles,
    css`
      :host { position: relative; display: flex; flex-direction: column; min-height: 0; background: var(--chat); }
      .drop { position: absolute; inset: 0; z-index: 30; display: grid; place-items: center; background: rgb(0 0 0 / 70%); pointer-events: none; }
      .drop div { width: min(300px, 80%); padding: 24px; border: 2px dashed rgb(255 255 255 / 70%); border-radius: 8px; background: var(--blurple); color: #fff; text-align: center; }
      .drop strong { display: block; font-size: 20px; }
    `,
  ];

  constructor() {
    super();
    this.dragging = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('jump-to', ({ detail }) => void this.#list?.jumpTo(detail));
    this.addEventListener('reply-to', ({ detail }) => this.#reply(detail));
    this.addEventListener('attach-files', ({ detail }) => this.#composer?.attach(detail));
    this.addEventListener('post-sample', ({ detail }) => void this.#post(detail));
    this.addEventListener(
      'press-button',
      ({ detail }) => void this.store.interactions.pressButton(detail.message, detail.customId),
    );
    this.addEventListener(
      'choose-option',
      ({ detail }) =>
        void this.store.interactions.chooseOption(detail.message, detail.customId, detail.value),
    );
    this.addEventListener('insert-text', ({ detail }) => this.#composer?.insert(detail));
    this.addEventListener(
      'forward-message',
      ({ detail }) => void this.renderRoot.querySelector<ForwardDialog>('blip-forward-dialog')?.show(detail),
    );
    this.addEventListener(
      'delete-message',
      ({ detail }) => void this.renderRoot.querySelector<DeleteDialog>('blip-delete-dialog')?.show(detail),
    );
    this.addEventListener('dismiss-message', ({ detail }) => this.store.dismiss(detail));
    this.addEventListener('use-command', ({ detail }) => this.#composer?.useCommand(detail));
    this.addEventListener('ask-about-newest', () => void this.#askAboutNewest());
    this.addEventListener('open-menu', ({ detail }) =>
      this.renderRoot.querySelector<MessageMenu>('blip-message-menu')?.show(detail),
    );
    this.addEventListener('show-channel-settings', () =>
      this.renderRoot.querySelector<ChannelSettings>('blip-channel-settings')?.show(),
    );
    this.addEventListener('show-thread-settings', () =>
      this.renderRoot.querySelector<ThreadSettings>('blip-thread-settings')?.show(),
    );
    this.addEventListener('show-help', () =>
      this.renderRoot.querySelector<HelpDialog>('blip-help-dialog')?.show(),
    );
    addEventListener('dragenter', this.#onDragEnter);
    addEventListener('dragleave', this.#onDragLeave);
    addEventListener('drop', this.#onDrop);
    addEventListener('keydown', this.#onKey);
    document.addEventListener('paste', this.#onPaste);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('dragenter', this.#onDragEnter);
    removeEventListener('dragleave', this.#onDragLeave);
    removeEventListener('drop', this.#onDrop);
    removeEventListener('keydown', this.#onKey);
    document.removeEventListener('paste', this.#onPaste);
  }

  override render() {
    const { channel } = this.store;
    if (!channel) return html`<blip-unknown-channel .store=${this.store}></blip-unknown-channel>`;
    return html`
      <blip-channel-header .store=${this.store} .membersOpen=${this.membersOpen}></blip-channel-header>
      <blip-message-list .store=${this.store}></blip-message-list>
      <blip-composer .store=${this.store}></blip-composer>
      <blip-typing-line .store=${this.store}></blip-typing-line>
      <blip-help-dialog .store=${this.store}></blip-help-dialog>
      <blip-channel-settings .store=${this.store}></blip-channel-settings>
      <blip-thread-settings .store=${this.store}></blip-thread-settings>
      <blip-forward-dialog .store=${this.store}></blip-forward-dialog>
      <blip-delete-dialog .store=${this.store}></blip-delete-dialog>
      <blip-form-dialog .store=${this.store}></blip-form-dialog>
      <blip-message-menu .store=${this.store}></blip-message-menu>
      ${
        this.dragging
          ? html`<div class="drop"><div>${icons.picture(48)}<strong>Upload to ${titleOf(channel)}</strong>Drop the picture; you can add words before you send it.</div></div>`
          : nothing
      }
    `;
  }

  get #list(): MessageList | null {
    return this.renderRoot.querySelector<MessageList>('blip-message-list');
  }

  get #composer(): Composer | null {
    return this.renderRoot.querySelector<Composer>('blip-composer');
  }

  #reply(message: APIMessage): void {
    this.store.drafts.reply(message);
    this.#composer?.focus();
  }

  async #askAboutNewest(): Promise<void> {
    const picture = await this.store.history.newestPicture(this.store.model.channelId ?? '');
    if (picture) this.#reply(picture);
  }

  /** A second click on the same picture, before the first has posted it, posts nothing. */
  async #post(sample: SampleImage): Promise<void> {
    const { channelId } = this.store.model;
    if (!channelId || this.#posting === sample.name) return;
    this.#posting = sample.name;
    const file = await fetchSample(sample);
    if (file) await this.store.outbox.send(channelId, '', { ...emptyDraft, files: [file] });
    else this.store.toast(`The sample ${sample.name} could not be fetched. Is npm start still running?`);
    this.#posting = undefined;
    this.#composer?.focus();
  }

  readonly #onDragEnter = (event: DragEvent) => this.#onDrag(event, 1);
  readonly #onDragLeave = (event: DragEvent) => this.#onDrag(event, -1);

  #onDrag(event: DragEvent, step: 1 | -1): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#dragDepth = Math.max(0, this.#dragDepth + step);
    this.dragging = this.#dragDepth > 0;
  }

  readonly #onDrop = (event: DragEvent) => {
    event.preventDefault();
    this.#dragDepth = 0;
    this.dragging = false;
    this.#composer?.attach([...(event.dataTransfer?.files ?? [])]);
  };

  /** The key itself then goes to what has the focus. */
  readonly #onKey = (event: KeyboardEvent) => {
    if (isForComposer(event, focusedIn(document))) this.#composer?.focus();
  };

  readonly #onPaste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#composer?.attach(files);
  };
}

customElements.define('blip-channel-view', ChannelView);
