// The bar over the messages: where one is, and the ways to help and members.
import { css, html, nothing } from 'lit';
import type { PageChannel } from '../../page-api.ts';
import { isDirect, isThread, nameOf, parentOf } from '../channels.ts';
import { icons } from '../icons.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';

export class ChannelHeader extends StoreElement {
  static override properties = { membersOpen: { type: Boolean } };

  declare membersOpen: boolean;

  static override styles = [
    sharedStyles,
    css`
      header { display: flex; align-items: center; gap: 8px; height: 48px; padding: 0 16px; border-bottom: 1px solid var(--edge); }
      .icon { display: flex; flex: none; color: var(--text-faint); }
      h2 { min-width: 0; font-size: 16px; font-weight: 600; color: var(--text-strong); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .parent { flex: none; color: var(--text-muted); font-weight: 500; }
      .parent:hover { color: var(--text-strong); text-decoration: underline; }
      .topic { flex: 1 1 0; min-width: 0; padding-left: 8px; margin-left: 8px; border-left: 1px solid var(--line); font-size: 14px; color: var(--text-muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .tools { display: flex; gap: 16px; margin-left: auto; flex: none; }
      .tool { display: flex; flex: none; color: var(--icon); }
      .tool:hover, .tool[aria-pressed='true'] { color: var(--text-strong); }
      .menu { display: none; margin-right: 8px; position: relative; }
      .menu.news::after { content: ''; position: absolute; right: -3px; top: -3px; width: 10px; height: 10px; border-radius: 50%; background: var(--red); border: 2px solid var(--chat); }
      @media (max-width: 767px) {
        .menu { display: flex; }
        .topic { display: none; }
      }
    `,
  ];

  override render() {
    const { channel } = this.store;
    if (!channel) return nothing;
    const parent = this.store.findChannel(parentOf(channel));
    const topic = topicOf(channel);
    const news = this.store.model.unread.size > 0;
    return html`<header>
      <button class="tool menu ${news ? 'news' : ''}" aria-label=${news ? 'Channels, with unread messages' : 'Channels'} @click=${() => ask(this, 'toggle-menu', undefined)}>${icons.menu()}</button>
      ${
        parent
          ? html`<button class="parent" @click=${() => ask(this, 'open-channel', parent.id)}>#${nameOf(parent)}</button>
              <span class="icon">${icons.chevronRight(16)}</span>`
          : nothing
      }
      <span class="icon">${isThread(channel) ? icons.thread() : isDirect(channel) ? icons.at() : icons.hash()}</span>
      <h2>${nameOf(channel)}</h2>
      ${topic ? html`<p class="topic" title=${topic}>${topic}</p>` : nothing}
      <div class="tools">
        ${isDirect(channel) ? nothing : this.#settings(channel)}
        <button class="tool" aria-label="What to try" title="What to try" @click=${() => ask(this, 'show-help', undefined)}>${icons.help()}</button>
        <button class="tool" aria-label="Member list" title="Member list" aria-pressed=${this.membersOpen} @click=${() => ask(this, 'toggle-members', undefined)}>${icons.people()}</button>
      </div>
    </header>`;
  }

  #settings(channel: PageChannel) {
    const name = isThread(channel) ? 'Thread settings' : 'Channel settings';
    const open = () =>
      ask(this, isThread(channel) ? 'show-thread-settings' : 'show-channel-settings', undefined);
    return html`<button class="tool" aria-label=${name} title=${name} @click=${open}>${icons.gear()}</button>`;
  }
}

function topicOf(channel: PageChannel): string | null | undefined {
  if (!('thread_metadata' in channel)) return 'topic' in channel ? channel.topic : undefined;
  if (channel.thread_metadata?.locked) return 'Locked';
  return channel.thread_metadata?.archived ? 'Closed' : undefined;
}

customElements.define('blip-channel-header', ChannelHeader);
