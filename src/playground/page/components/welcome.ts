// The beginning of a channel: an invitation to post a picture, samples for whoever has none, and what to try.

import type { APIUser } from 'discord.js';
import { css, html, nothing } from 'lit';
import type { PageChannel } from '../../page-api.ts';
import { avatarOf } from '../avatars.ts';
import { isDirect, nameOf } from '../channels.ts';
import { icons } from '../icons.ts';
import { displayName } from '../messages.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import './help-card.ts';
import { modelNote, modelNoteStyles } from './model-note.ts';
import './sample-list.ts';

export class Welcome extends StoreElement {
  static override styles = [
    sharedStyles,
    modelNoteStyles,
    css`
      :host { display: block; padding: 16px 16px 0; }
      .mark { display: grid; place-items: center; width: 68px; height: 68px; margin-bottom: 8px; border-radius: 50%; background: var(--grey-button); color: #fff; }
      h1 { font-size: 32px; line-height: 40px; font-weight: 700; color: var(--text-strong); overflow-wrap: anywhere; }
      .lead { color: var(--text-muted); margin-bottom: 16px; }
      h2 { margin: 16px 0 8px; font-size: 16px; font-weight: 600; color: var(--text-strong); }
      blip-sample-list, blip-help-card, .model-note { max-width: 840px; }
      @media (max-width: 767px) {
        h1 { font-size: 24px; line-height: 30px; }
      }
    `,
  ];

  override render() {
    const { state } = this.store.model;
    const { channel } = this.store;
    if (!state || !channel) return nothing;
    return html`
      ${this.#head(channel, state.bot.user)}
      ${
        state.samples.length > 0
          ? html`<h2>Drop a picture here, or try one of these</h2>
              <blip-sample-list .samples=${state.samples}></blip-sample-list>`
          : nothing
      }
      ${modelNote(state)}
      ${
        isDirect(channel)
          ? nothing
          : html`<h2>Then try three things</h2>
              <blip-help-card .hasPicture=${this.store.mayHavePicture} .botName=${state.bot.user.username}></blip-help-card>`
      }
    `;
  }

  #head(channel: PageChannel, bot: APIUser) {
    if (!isDirect(channel)) {
      return html`<div class="mark">${icons.hash(44)}</div>
        <h1>Welcome to #${nameOf(channel)}!</h1>
        <p class="lead">Post a picture and ${bot.username} tells you what is in it.</p>`;
    }
    return html`<img class="mark" src=${avatarOf(bot)} alt="" />
      <h1>${displayName(bot)}</h1>
      <p class="lead">Just the two of you: post a picture and ask. No mention is needed here.</p>`;
  }
}

customElements.define('blip-welcome', Welcome);
