// Draws Discord's markdown. Lit puts every text in as a text node, so nothing that people write becomes HTML.
import '@skyra/discord-components-core/discord-mention.js';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { type Block, type Inline, parseMarkdown } from '../markdown.ts';
import type { Names } from '../names.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { fullTime, relativeTime } from '../times.ts';

/** A few emoji and nothing else, which Discord draws large. */
const customEmoji = /<a?:\w+:\d+>/g;

const emojiOnly =
  /^(?:(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u{200D}|\u{FE0F})\s*){1,60}$/u;

export class Markdown extends LitElement {
  static override properties = { text: {}, names: { attribute: false }, edited: { type: Boolean } };

  declare text: string;
  declare names: Names;
  /** Says so at the end of the last line. */
  declare edited: boolean;

  static override styles = [
    sharedStyles,
    css`
      :host { white-space: pre-wrap; overflow-wrap: anywhere; }
      .block { display: block; }
      h1, h2, h3 { margin: 8px 0 4px; color: var(--text-strong); font-weight: 700; line-height: 1.375; }
      h1 { font-size: 24px; } h2 { font-size: 20px; } h3 { font-size: 16px; }
      ul, ol { padding-left: 20px; white-space: normal; }
      ol { padding-left: 28px; }
      blockquote { position: relative; margin: 0; padding-left: 16px; }
      blockquote::before { content: ''; position: absolute; inset: 0 auto 0 0; width: 4px; border-radius: 4px; background: var(--grey-button); }
      small { display: block; font-size: 13px; color: var(--text-muted); }
      code { font-family: var(--mono); font-size: 14px; background: var(--sidebar); border-radius: 4px; padding: 0 3px; }
      pre { margin: 6px 0 0; padding: 8px; border: 1px solid var(--rail); border-radius: 4px; background: var(--sidebar); font: 14px / 18px var(--mono); overflow-x: auto; white-space: pre-wrap; }
      .spoiler { border-radius: 4px; background: var(--rail); color: transparent; cursor: pointer; }
      .spoiler[aria-expanded='true'] { background: var(--active); color: inherit; cursor: text; }
      .edited { margin-left: 4px; font-size: 10px; font-weight: 400; color: var(--text-muted); user-select: none; }
      .emoji-only { font-size: 40px; line-height: 1.2; }
      .emoji { width: 1.375em; height: 1.375em; object-fit: contain; vertical-align: bottom; }
      .emoji-only .emoji { width: 48px; height: 48px; }
      time { background: var(--active); border-radius: 4px; padding: 0 2px; }
      discord-mention { white-space: nowrap; background: var(--mention); color: var(--mention-text); }
      discord-mention:hover { background: var(--blurple); color: #fff; }
      .channel { font-weight: 500; border-radius: 3px; padding: 0 2px; background: var(--mention); color: var(--mention-text); }
      .channel:hover { background: var(--blurple); color: #fff; }
      .channel::before { content: '# '; }
    `,
  ];

  override render() {
    const blocks = parseMarkdown(this.text);
    const [first] = blocks;
    if (blocks.length === 1 && first?.type === 'paragraph') {
      const isLarge = emojiOnly.test(this.text.replaceAll(customEmoji, '🙂'));
      return html`<span class=${isLarge ? 'emoji-only' : nothing}>${this.#inline(first.children)}</span>${this.#mark()}`;
    }
    const last = blocks.at(-1);
    const isInLast = last !== undefined && endsInWords(last);
    const drawn = blocks.map((block) => this.#block(block, block === last ? this.#mark() : nothing));
    return isInLast ? drawn : [...drawn, this.#mark()];
  }

  #mark() {
    return this.edited ? html`<span class="edited">(edited)</span>` : nothing;
  }

  /** @param mark stands behind its words */
  #block(block: Block, mark: unknown = nothing): TemplateResult {
    switch (block.type) {
      case 'paragraph':
        return html`<span class="block">${this.#inline(block.children)}${mark}</span>`;
      case 'subtext':
        return html`<small>${this.#inline(block.children)}${mark}</small>`;
      case 'heading':
        return this.#heading(block.level, [this.#inline(block.children), mark]);
      case 'quote':
        return html`<blockquote>${block.blocks.map((inner) => this.#block(inner))}</blockquote>`;
      case 'list':
        return this.#list(
          block.start,
          block.items.map((item) => html`<li>${this.#inline(item)}</li>`),
        );
      case 'codeBlock':
        return html`<pre>${block.text}</pre>`;
    }
  }

  #heading(level: number, content: unknown): TemplateResult {
    if (level === 1) return html`<h1>${content}</h1>`;
    return level === 2 ? html`<h2>${content}</h2>` : html`<h3>${content}</h3>`;
  }

  #list(start: number | undefined, items: readonly TemplateResult[]): TemplateResult {
    return start === undefined ? html`<ul>${items}</ul>` : html`<ol start=${start}>${items}</ol>`;
  }

  #inline(nodes: readonly Inline[]): unknown {
    return nodes.map((node) => this.#node(node));
  }

  #node(node: Inline): unknown {
    switch (node.type) {
      case 'text':
        return node.text;
      case 'bold':
        return html`<strong>${this.#inline(node.children)}</strong>`;
      case 'italic':
        return html`<em>${this.#inline(node.children)}</em>`;
      case 'underline':
        return html`<u>${this.#inline(node.children)}</u>`;
      case 'strike':
        return html`<s>${this.#inline(node.children)}</s>`;
      case 'spoiler':
        return this.#spoiler(node.children);
      case 'code':
        return html`<code>${node.text}</code>`;
      case 'link':
        return html`<a href=${node.url} target="_blank" rel="noreferrer">${this.#inline(node.children)}</a>`;
      case 'user':
        return html`<discord-mention type="user">${this.names.user(node.id) ?? 'unknown-user'}</discord-mention>`;
      case 'role':
        return html`<discord-mention type="role">${this.names.role(node.id) ?? 'unknown-role'}</discord-mention>`;
      case 'channel':
        return this.#channel(node.id);
      case 'emoji':
        return this.#emoji(node);
      case 'command':
        return html`<discord-mention type="slash">${node.name}</discord-mention>`;
      case 'time':
        return this.#time(new Date(node.unix * 1000), node.isRelative);
    }
  }

  #time(date: Date, isRelative: boolean): TemplateResult {
    return html`<time title=${fullTime(date)}>${isRelative ? relativeTime(date) : fullTime(date)}</time>`;
  }

  #emoji({ id, name, animated }: Extract<Inline, { type: 'emoji' }>): TemplateResult {
    const text = `:${name}:`;
    return html`<img class="emoji" src="/emojis/${id}.${animated ? 'gif' : 'png'}" alt=${text} title=${text} draggable="false" />`;
  }

  #spoiler(children: readonly Inline[]): TemplateResult {
    const toggle = ({ currentTarget }: Event) => {
      const button = currentTarget as HTMLElement;
      button.setAttribute('aria-expanded', 'true');
      button.removeAttribute('aria-label');
    };
    return html`<button class="spoiler" aria-expanded="false" aria-label="Show the spoiler" @click=${toggle}>${this.#inline(children)}</button>`;
  }

  #channel(id: string): unknown {
    const name = this.names.channel(id);
    if (name === undefined) return html`<em>unknown channel</em>`;
    return html`<button class="channel" @click=${() => ask(this, 'open-channel', id)}>${name}</button>`;
  }
}

/** A list, a quote or code has no line that more could stand on. */
function endsInWords({ type }: Block): boolean {
  return type === 'paragraph' || type === 'subtext' || type === 'heading';
}

customElements.define('blip-markdown', Markdown);
