// Three things to try with a picture, each one click away.
import { css, html, LitElement, nothing } from 'lit';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';

export class HelpCard extends LitElement {
  static override properties = { hasPicture: { type: Boolean }, botName: {} };

  declare hasPicture: boolean;
  declare botName: string;

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; }
      ol { list-style: none; display: grid; gap: 8px; }
      li { display: flex; align-items: center; gap: 12px; padding: 12px; border-radius: 8px; background: var(--sidebar); }
      .number { display: grid; place-items: center; flex: none; width: 28px; height: 28px; border-radius: 50%; background: var(--blurple); color: #fff; font-size: 14px; font-weight: 700; }
      .words { flex: 1; font-size: 14px; line-height: 18px; color: var(--text-muted); }
      strong { display: block; font-size: 16px; line-height: 22px; font-weight: 600; color: var(--text-strong); }
      code { font-family: var(--mono); font-size: 13px; padding: 0 3px; border-radius: 4px; background: var(--rail); color: var(--text); }
      .button { flex: none; }
      .button:disabled { opacity: 0.5; }
      .note { margin-top: 8px; font-size: 14px; color: var(--text-muted); }
    `,
  ];

  override render() {
    return html`<ol>
        ${this.#step(1, 'Caption it', html`<code>/caption</code> says what the newest picture shows.`, 'Caption', () => ask(this, 'use-command', 'caption'))}
        ${this.#step(2, 'Ask about it', html`Reply to a picture and mention <code>@${this.botName}</code>; then reply to its answers.`, 'Reply', () => ask(this, 'ask-about-newest', undefined))}
        ${this.#step(3, 'Chat in a thread', html`<code>/chat</code> opens a thread where every message is a question.`, 'Chat', () => ask(this, 'use-command', 'chat'))}
      </ol>
      ${this.hasPicture ? nothing : html`<p class="note">Post a picture first; then these buttons work.</p>`}`;
  }

  #step(number: number, title: string, words: unknown, label: string, start: () => void) {
    return html`<li>
      <span class="number" aria-hidden="true">${number}</span>
      <span class="words"><strong>${title}</strong>${words}</span>
      <button class="button grey" ?disabled=${!this.hasPicture} aria-label="Try it: ${title}" @click=${start}>${label}</button>
    </li>`;
  }
}

customElements.define('blip-help-card', HelpCard);
