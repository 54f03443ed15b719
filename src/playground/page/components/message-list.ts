// The messages of the channel on show. It stays at the newest one unless the person has scrolled up.
import { css, html, nothing, type PropertyValues } from 'lit';
import { titleOf } from '../channels.ts';
import { icons } from '../icons.ts';
import { ReadingPlace } from '../reading-place.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import { messageRows } from './message-rows.ts';

const nearPx = 80;
const flashMs = 1_500;
const upwardKeys = new Set(['ArrowUp', 'Home', 'PageUp', ' ', 'Tab']);
/** For so long a gesture goes on scrolling, as a wheel that runs out. */
const gestureMs = 1_000;

export class MessageList extends StoreElement {
  static override properties = { atEnd: { state: true } };

  /** Whether the newest message is in view. */
  declare atEnd: boolean;
  #shownChannel: string | undefined;
  #newestSeen: string | undefined;
  #newestAsked: number | undefined;
  /** When the person last did what may scroll, in milliseconds as events tell it. */
  #gestureMs = Number.NEGATIVE_INFINITY;
  readonly #place = new ReadingPlace();
  readonly #growth = new ResizeObserver(() => this.#onGrowth());

  static override styles = [
    sharedStyles,
    css`
      :host { position: relative; display: flex; flex: 1; min-height: 0; }
      .scroller { flex: 1; overflow-y: auto; overflow-x: hidden; overscroll-behavior: contain; overflow-anchor: none; scrollbar-color: var(--scrollbar) var(--scrollbar-track); }
      .scroller:focus-visible { outline-offset: -2px; }
      .content { display: flex; flex-direction: column; justify-content: flex-end; min-height: 100%; padding-bottom: 24px; }
      .day { display: flex; align-items: center; gap: 4px; margin: 24px 16px 0; color: var(--text-muted); font-size: 12px; font-weight: 600; line-height: 13px; }
      .day::before, .day::after { content: ''; flex: 1; height: 1px; background: var(--line); }
      .present { position: absolute; left: 16px; right: 16px; bottom: 0; z-index: 3; display: flex; justify-content: space-between; padding: 4px 16px; border-radius: 8px 8px 0 0; background: var(--floating); color: var(--text); font-size: 14px; white-space: nowrap; }
      .older { overflow: hidden; text-overflow: ellipsis; }
      .present span:last-child { display: flex; align-items: center; gap: 4px; font-weight: 600; }
      .loading { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 12px; margin: auto; color: var(--text-muted); }
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
    const messages = this.store.shownMessages;
    const newest = messages?.at(-1);
    const asked = this.store.newestAsked(channelId);
    const isMineAndNew =
      (newest?.id !== this.#newestSeen && newest?.author.id === state?.me.id) ||
      (asked !== undefined && asked !== this.#newestAsked);
    const isLoadedAnew = channelId !== this.#shownChannel || !messages;
    if (isLoadedAnew || isMineAndNew) {
      this.atEnd = true;
      // The gesture that led to what was just sent is over, though its second may not be.
      this.#gestureMs = Number.NEGATIVE_INFINITY;
    }
    this.#shownChannel = channelId;
    this.#newestSeen = newest?.id;
    this.#newestAsked = asked;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.atEnd) this.#toEnd();
  }

  /** Scrolls to a message and lights it up for a moment. */
  async jumpTo(messageId: string): Promise<void> {
    const { channelId = '' } = this.store.model;
    const isFar = !this.#find(messageId);
    if (isFar && !(await this.store.history.reach(channelId, messageId))) return;
    if (isFar) await nextFrame();
    const message = this.#find(messageId);
    if (!message) return;
    this.atEnd = false;
    const behavior = isFar || prefersLessMotion() ? 'auto' : 'smooth';
    message.scrollIntoView({ block: 'center', behavior });
    message.focus({ preventScroll: true });
    message.toggleAttribute('flash', true);
    setTimeout(() => message.toggleAttribute('flash', false), flashMs);
  }

  override render() {
    const { state } = this.store.model;
    const { channel, shownMessages: messages } = this.store;
    if (!state || !channel) return nothing;
    return html`
      <div class="scroller" tabindex="0" role="region" aria-label="Messages in ${titleOf(channel)}" @scroll=${this.#onScroll}
        @wheel=${this.#onGesture} @touchmove=${this.#onGesture} @pointerdown=${this.#onGesture} @keydown=${this.#onGesture}>
        <div class="content" role="log" aria-live="polite">
          ${messages ? messageRows(this.store, { state, channel, messages, retry: () => this.#loadOlder() }) : this.#notLoaded(channel.id)}
        </div>
      </div>
      ${this.atEnd ? nothing : this.#presentBar()}
    `;
  }

  #notLoaded(channelId: string) {
    if (!this.store.model.unloadable.has(channelId)) return html`<p class="loading">Loading messages…</p>`;
    return html`<div class="loading">
      The messages could not be loaded.
      <button class="button grey" @click=${() => void this.store.history.load(channelId)}>Try again</button>
    </div>`;
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

  readonly #onGesture = (event: Event) => {
    if (mayScroll(event)) this.#gestureMs = event.timeStamp;
  };

  readonly #onScroll = ({ currentTarget, timeStamp }: Event) => {
    const scroller = currentTarget as HTMLElement;
    const { scrollHeight, scrollTop, clientHeight } = scroller;
    // What grows or shrinks moves the end away, too; only a person leaves it.
    const isByPerson = timeStamp - this.#gestureMs < gestureMs;
    if (scrollHeight - clientHeight - scrollTop < nearPx) this.atEnd = true;
    else if (isByPerson) this.atEnd = false;
    else if (this.atEnd) this.#toEnd();
    this.#noteAndFill(scroller);
  };

  #onGrowth(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    if (this.atEnd) this.#toEnd();
    else this.#place.restore(scroller);
    this.#noteAndFill(scroller);
  }

  /** Loads older messages before their place comes into view, so that one can read on. */
  #noteAndFill(scroller: Element): void {
    this.#place.note(scroller, [...this.renderRoot.querySelectorAll('[data-message]')]);
    const { channelId = '', older } = this.store.model;
    const isNear = scroller.scrollTop < scroller.clientHeight;
    if (isNear && older.get(channelId)?.failed === false) this.#loadOlder();
  }

  #loadOlder(): void {
    void this.store.history.loadOlder(this.store.model.channelId ?? '');
  }

  /** To the newest message; a channel without any shows its invitation from the top. */
  #toEnd(): void {
    const scroller = this.#scroller;
    const isEmpty = this.store.shownMessages?.length === 0;
    if (scroller) scroller.scrollTop = isEmpty ? 0 : scroller.scrollHeight;
  }

  #find(messageId: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-message="${messageId}"]`);
  }

  get #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroller');
  }
}

/** Whether a person's wheel, finger, key or hold of the scroll bar leads away from the newest message. */
function mayScroll(event: Event): boolean {
  if (event instanceof KeyboardEvent) return upwardKeys.has(event.key);
  // The scroll bar belongs to the scroller itself, whatever else is pressed is inside it.
  return event.type !== 'pointerdown' || event.composedPath()[0] === event.currentTarget;
}

/** By then everything that was added is laid out. */
function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

function prefersLessMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

customElements.define('blip-message-list', MessageList);
