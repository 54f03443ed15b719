// Pictures for whoever has none at hand: a click posts one.
import { css, html, LitElement } from 'lit';
import type { SampleImage } from '../../page-api.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';

export class SampleList extends LitElement {
  static override properties = { samples: { attribute: false } };

  declare samples: readonly SampleImage[];

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; }
      ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(104px, 1fr)); gap: 8px; margin: 0; padding: 0; list-style: none; }
      button { display: flex; flex-direction: column; width: 100%; height: 100%; border-radius: 8px; overflow: hidden; background: var(--sidebar); border: 1px solid transparent; }
      button:hover { border-color: var(--blurple); background: var(--user-panel); }
      button:focus-visible { border-radius: 8px; }
      img { display: block; width: 100%; aspect-ratio: 4 / 3; object-fit: cover; }
      span { padding: 8px; font-size: 13px; line-height: 16px; color: var(--text-muted); }
      q { color: var(--text); }
      @media (max-width: 767px) { ul { grid-template-columns: repeat(2, 1fr); } }
    `,
  ];

  override render() {
    return html`<ul aria-label="Sample pictures">${this.samples.map((sample) => html`<li>${this.#sample(sample)}</li>`)}</ul>`;
  }

  #sample(sample: SampleImage) {
    return html`<button title="Post this picture" aria-label="Post the sample picture: ${sample.name}" @click=${({ detail: clicks }: MouseEvent) => clicks < 2 && ask(this, 'post-sample', sample)}>
      <img src=${sample.url} alt="" />
      <span>Ask: <q>${sample.tryAsking}</q></span>
    </button>`;
  }
}

customElements.define('blip-sample-list', SampleList);
