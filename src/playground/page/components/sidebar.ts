// The channel list with its threads, and the person's own panel below it.
import { css, html, nothing } from 'lit';
import type { PageChannel, PageState } from '../../page-api.ts';
import { avatarOf } from '../avatars.ts';
import { isDirect, isThread, nameOf, parentOf } from '../channels.ts';
import { icons } from '../icons.ts';
import { displayName } from '../messages.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import { threadNames } from '../thread-names.ts';
import './account-menu.ts';

export class Sidebar extends StoreElement {
  static override styles = [
    sharedStyles,
    css`
      :host { display: flex; flex-direction: column; width: 240px; background: var(--sidebar); }
      h1 {
        flex: none;
        padding: 12px 16px;
        height: 48px;
        font-size: 16px;
        line-height: 24px;
        font-weight: 600;
        color: var(--text-strong);
        border-bottom: 1px solid var(--edge);
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      nav { flex: 1; overflow-y: auto; padding: 16px 8px; scrollbar-width: thin; }
      h2 { padding: 0 8px 4px; font-size: 12px; font-weight: 600; letter-spacing: 0.02em; color: var(--text-muted); text-transform: uppercase; }
      ul { list-style: none; }
      li { position: relative; }
      .channel {
        display: flex;
        align-items: center;
        gap: 6px;
        width: 100%;
        min-height: 34px;
        padding: 5px 8px;
        margin: 1px 0;
        border-radius: 4px;
        color: var(--text-muted);
        font-weight: 500;
      }
      .channel:hover { background: var(--hover); color: var(--text); }
      .channel[aria-current='page'] { background: var(--active); color: var(--text-strong); }
      .channel.unread { color: var(--text-strong); }
      .name { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      svg { flex: none; color: var(--text-faint); }
      .unread::before {
        content: '';
        position: absolute;
        left: -8px;
        top: 14px;
        width: 4px;
        height: 8px;
        border-radius: 0 4px 4px 0;
        background: var(--text-strong);
      }
      .badge {
        min-width: 16px;
        padding: 0 5px;
        border-radius: 8px;
        background: var(--red);
        color: #fff;
        font-size: 12px;
        font-weight: 700;
        line-height: 16px;
        text-align: center;
      }
      .threads { position: relative; margin-left: 16px; }
      .threads li { padding-left: 18px; }
      .threads li::before {
        content: '';
        position: absolute;
        left: 0;
        top: -4px;
        width: 14px;
        height: 24px;
        border: solid var(--grey-button);
        border-width: 0 0 2px 2px;
        border-bottom-left-radius: 8px;
      }
      .threads li:not(:first-child)::before { top: -20px; height: 40px; }
      .threads .unread::before { left: -24px; }
      .direct { margin-top: 16px; }
      .channel img { flex: none; width: 24px; height: 24px; border-radius: 50%; }
    `,
  ];

  override render() {
    const { state } = this.store.model;
    if (!state) return nothing;
    const channels = state.channels.filter((channel) => !isThread(channel) && !isDirect(channel));
    return html`
      <h1>${state.guild.name}</h1>
      <nav aria-label="Channels">
        <h2>Text channels</h2>
        <ul>
          ${channels.map((channel) => html`<li>${this.#channel(channel)}${this.#threads(channel.id)}</li>`)}
        </ul>
        <h2 class="direct">Direct messages</h2>
        <ul class="direct-list"><li>${this.#direct(state)}</li></ul>
      </nav>
      <blip-account-menu .store=${this.store}></blip-account-menu>
    `;
  }

  /** Those with the bot are opened when they are first wanted. */
  #direct({ channels, bot }: PageState) {
    const { channelId, unread } = this.store.model;
    const channel = channels.find(isDirect);
    const news = unread.get(channel?.id ?? '');
    return html`<button
      class="channel ${news ? 'unread' : ''}"
      aria-current=${channel && channel.id === channelId ? 'page' : nothing}
      @click=${() => ask(this, 'open-direct-messages', undefined)}
    >
      <img src=${avatarOf(bot.user)} alt="" />
      <span class="name">${displayName(bot.user)}</span>
      ${news ? html`<span class="visually-hidden">${news.count} unread</span><span class="badge" aria-hidden="true">${news.count}</span>` : nothing}
    </button>`;
  }

  #threads(parentId: string) {
    const threads =
      this.store.model.state?.channels.filter((channel) => parentOf(channel) === parentId) ?? [];
    if (threads.length === 0) return nothing;
    const names = threadNames(threads);
    return html`<ul class="threads" aria-label="Threads">
      ${threads.map((thread) => html`<li>${this.#channel(thread, names.get(thread.id))}</li>`)}
    </ul>`;
  }

  #channel(channel: PageChannel, name = nameOf(channel)) {
    const { channelId, unread } = this.store.model;
    const news = unread.get(channel.id);
    return html`<button
      class="channel ${news ? 'unread' : ''}"
      aria-current=${channel.id === channelId ? 'page' : nothing}
      title=${name}
      @click=${() => ask(this, 'open-channel', channel.id)}
    >
      ${isThread(channel) ? nothing : icons.hash(20)}
      <span class="name">${name}</span>
      ${news ? html`<span class="visually-hidden">${news.count} unread</span>` : nothing}
      ${news?.mentions ? html`<span class="badge" aria-hidden="true">${news.mentions}</span>` : nothing}
    </button>`;
  }
}

customElements.define('blip-sidebar', Sidebar);
