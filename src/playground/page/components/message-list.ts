// The messages of the channel on show. It stays at the newest one unless the person has scrolled up.
import type { APIMessage } from 'discord.js';
import { css, html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PageState } from '../../page-api.ts';
import { isThread, parentOf } from '../channels.ts';
import { icons } from '../icons.ts';
import { continues, isSystemMessage } from '../messages.ts';
import type { Interaction } from '../model.ts';
import { type Names, namesIn } from '../names.ts';
import { sharedStyles } from '../shared-styles.ts';
import { compareSnowflakes } from '../snowflake.ts';
import { StoreElement } from '../store-element.ts';
import { dividerDay, isSameDay } from '../times.ts';
import './message.ts';
import './pending-command.ts';
import './thread-intro.ts';
import './welcome.ts';

const nearPx = 80;
const flashMs = 1_500;
const noPresses: readonly Interaction[] = [];

export class MessageList extends StoreElement {
  static override properties = { atEnd: { state: true } };

  /** Whether the newest message is in view. */
  declare atEnd: boolean;
  #shownChannel: string | undefined;
  #newestSeen: string | undefined;
  #lastTop = 0;
  #names: { state: PageState; names: Names } | undefined;
  readonly #growth = new ResizeObserver(() => this.atEnd && this.#toEnd());

  static override styles = [
    sharedStyles,
    css`
      :host { position: relative; display: flex; flex: 1; min-height: 0; }
      .scroller { flex: 1; overflow-y: auto; overflow-x: hidden; overscroll-behavior: contain; scrollbar-color: #1a1b1e #2b2d31; }
      .scroller:focus-visible { outline-offset: -2px; }
      .content { display: flex; flex-direction: column; justify-content: flex-end; min-height: 100%; padding-bottom: 24px; }
      .day { display: flex; align-items: center; gap: 4px; margin: 24px 16px 0; color: var(--text-muted); font-size: 12px; font-weight: 600; line-height: 13px; }
      .day::before, .day::after { content: ''; flex: 1; height: 1px; background: var(--line); }
      .present { position: absolute; left: 16px; right: 16px; bottom: 0; z-index: 3; display: flex; justify-content: space-between; padding: 4px 16px; border-radius: 8px 8px 0 0; background: var(--floating); color: var(--text); font-size: 14px; white-space: nowrap; }
      .older { overflow: hidden; text-overflow: ellipsis; }
      .present span:last-child { display: flex; align-items: center; gap: 4px; font-weight: 600; }
      .older {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .loading { margin: auto; color: var(--text-muted); }
    `,
  ];

  constructor() {
    super();
    this.atEnd = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#growth.disconnect();
  }

  override firstUpdated(): void {
    for (const element of this.renderRoot.querySelectorAll('.scroller, .content'))
      this.#growth.observe(element);
  }

  protected override willUpdate(): void {
    const { channelId, state } = this.store.model;
    const newest = this.store.shownMessages?.at(-1);
    const isMineAndNew = newest?.id !== this.#newestSeen && newest?.author.id === state?.me.id;
    if (channelId !== this.#shownChannel) this.#lastTop = 0;
    if (channelId !== this.#shownChannel || isMineAndNew) this.atEnd = true;
    this.#shownChannel = channelId;
    this.#newestSeen = newest?.id;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.atEnd) this.#toEnd();
  }

  /** Scrolls to a message and lights it up for a moment. */
  jumpTo(messageId: string): void {
    const message = this.renderRoot.querySelector<HTMLElement>(`[data-message="${messageId}"]`);
    if (!message) {
      this.store.toast('That message is not in this channel any more.');
      return;
    }
    this.atEnd = false;
    message.scrollIntoView({ block: 'center', behavior: prefersLessMotion() ? 'auto' : 'smooth' });
    message.focus({ preventScroll: true });
    message.toggleAttribute('flash', true);
    setTimeout(() => message.toggleAttribute('flash', false), flashMs);
  }

  override render() {
    const { state } = this.store.model;
    const { channel, shownMessages: messages } = this.store;
    if (!state || !channel) return nothing;
    return html`
      <div class="scroller" tabindex="0" role="region" aria-label="Messages in ${channel.name}" @scroll=${this.#onScroll}>
        <div class="content" role="log" aria-live="polite">
          ${messages ? this.#messages(state, messages) : html`<p class="loading">Loading messages…</p>`}
        </div>
      </div>
      ${this.atEnd ? nothing : this.#presentBar()}
    `;
  }

  #messages(state: PageState, messages: readonly APIMessage[]) {
    const names = this.#namesOf(state);
    const visible = messages.filter((message) => !isSystemMessage(message));
    return html`
      ${this.#beginning(names)}
      ${repeat(
        visible,
        ({ id }) => id,
        (message, index) => html`
          ${this.#message(message, visible[index - 1], names)}
          ${this.#commandsAfter(message.id, visible[index + 1]?.id, state)}
        `,
      )}
      ${visible.length === 0 ? this.#commandsAfter('', undefined, state) : nothing}
    `;
  }

  #beginning(names: Names) {
    const { channel } = this.store;
    if (!channel || !isThread(channel)) return html`<blip-welcome .store=${this.store}></blip-welcome>`;
    const siblings = this.store.model.messages.get(parentOf(channel) ?? '') ?? [];
    // A thread that hangs on a message has that message's id.
    const starter = siblings.find(({ id }) => id === channel.id);
    return html`<blip-thread-intro .thread=${channel} .starter=${starter} .names=${names}></blip-thread-intro>`;
  }

  #message(message: APIMessage, before: APIMessage | undefined, names: Names) {
    const newDay = !before || !isSameDay(before.timestamp, message.timestamp);
    const presses = this.store.model.interactions.filter(
      ({ source }) => source.kind === 'button' && source.messageId === message.id,
    );
    return html`
      ${newDay ? html`<div class="day" role="separator">${dividerDay(message.timestamp)}</div>` : nothing}
      <blip-message
        data-message=${message.id}
        role="article"
        .message=${message}
        .names=${names}
        .grouped=${continues(before, message)}
        .thread=${this.store.findChannel(message.thread?.id)}
        .presses=${presses.length > 0 ? presses : noPresses}
        .answerable=${true}
      ></blip-message>
    `;
  }

  /** Commands without an answer stand where they were used. */
  #commandsAfter(id: string, nextId: string | undefined, state: PageState) {
    const { interactions, channelId } = this.store.model;
    const used = interactions.filter(
      ({ source, channelId: where, afterId }) =>
        source.kind === 'command' &&
        where === channelId &&
        compareSnowflakes(afterId, id) >= 0 &&
        (nextId === undefined || compareSnowflakes(afterId, nextId) < 0),
    );
    return used.map(
      (interaction) => html`<blip-pending-command
        .interaction=${interaction}
        .me=${state.me}
        .bot=${state.bot.user}
        @dismiss=${() => this.store.dismissInteraction(interaction.key)}
      ></blip-pending-command>`,
    );
  }

  #presentBar() {
    const jump = () => {
      this.atEnd = true;
      this.#toEnd();
    };
    return html`<button class="present" @click=${jump}>
      <span class="older">You're viewing older messages</span><span>Jump to present ${icons.chevronDown(16)}</span>
    </button>`;
  }

  readonly #onScroll = ({ currentTarget }: Event) => {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget as HTMLElement;
    // Content that grows below moves the end away, too; only a person's scrolling up leaves it.
    if (scrollHeight - scrollTop - clientHeight < nearPx) this.atEnd = true;
    else if (scrollTop < this.#lastTop) this.atEnd = false;
    this.#lastTop = scrollTop;
  };

  /** To the newest message; a channel without any shows its invitation from the top. */
  #toEnd(): void {
    const scroller = this.renderRoot.querySelector('.scroller');
    const isEmpty = this.store.shownMessages?.length === 0;
    if (scroller) scroller.scrollTop = isEmpty ? 0 : scroller.scrollHeight;
  }

  /** The same object as long as the state is the same, so that messages aren't drawn again in vain. */
  #namesOf(state: PageState): Names {
    if (this.#names?.state !== state) this.#names = { state, names: namesIn(state) };
    return this.#names.names;
  }
}

function prefersLessMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

customElements.define('blip-message-list', MessageList);
