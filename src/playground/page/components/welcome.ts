// The beginning of a channel: an invitation to post a picture, samples for whoever has none, and what to try.

import type { APIUser } from 'discord.js';
import { css, html, nothing } from 'lit';
import type { PageChannel, SampleImage } from '../../page-api.ts';
import { avatarOf } from '../avatars.ts';
import { isDirect, nameOf } from '../channels.ts';
import { icons } from '../icons.ts';
import { displayName } from '../messages.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import './help-card.ts';
import { modelNote, modelNoteStyles } from './model-note.ts';

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
      .samples { display: grid; grid-template-columns: repeat(auto-fit, minmax(104px, 1fr)); gap: 8px; list-style: none; max-width: 840px; }
      .sample { display: flex; flex-direction: column; width: 100%; height: 100%; border-radius: 8px; overflow: hidden; background: var(--sidebar); border: 1px solid transparent; }
      .sample:hover { border-color: var(--blurple); background: var(--user-panel); }
      .sample:focus-visible { border-radius: 8px; }
      .sample img { display: block; width: 100%; aspect-ratio: 4 / 3; object-fit: cover; }
      .sample span { padding: 8px; font-size: 13px; line-height: 16px; color: var(--text-muted); }
      .sample q { color: var(--text); }
      blip-help-card, .model-note { max-width: 840px; }
      @media (max-width: 767px) {
        h1 { font-size: 24px; line-height: 30px; }
        .samples { grid-template-columns: repeat(2, 1fr); }
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
              <ul class="samples" aria-label="Sample pictures">${state.samples.map((sample) => html`<li>${this.#sample(sample)}</li>`)}</ul>`
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

  #sample(sample: SampleImage) {
    return html`<button class="sample" title="Post this picture" aria-label="Post the sample picture: ${sample.name}" @click=${({ detail: clicks }: MouseEvent) => clicks < 2 && ask(this, 'post-sample', sample)}>
      <img src=${sample.url} alt="" />
      <span>Ask: <q>${sample.tryAsking}</q></span>
    </button>`;
  }
}

customElements.define('blip-welcome', Welcome);
