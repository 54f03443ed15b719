// What the bot offers while one types an option: a list over the composer, which covers none of its other options. The
// field keeps the focus.
import { css, html, type TemplateResult } from 'lit';
import type { Choices } from '../../page-api.ts';

export type Choice = Choices[number];

export interface OfferedOptions {
  readonly choices: Choices;
  /** Index of the chosen one; none before one goes there. */
  readonly active: number;
  readonly onPick: (choice: Choice) => void;
}

export const offeredStyles = css`
  .offered { position: absolute; left: 0; right: 0; bottom: calc(100% + 8px); z-index: 10; max-height: min(320px, 40vh); margin: 0; padding: 8px; border-radius: 8px; overflow-y: auto; list-style: none; background: var(--popover); box-shadow: var(--shadow), 0 0 0 1px var(--edge); }
  .offered li { padding: 8px; border-radius: 4px; font-size: 14px; line-height: 18px; overflow-wrap: anywhere; cursor: pointer; }
  .offered li:hover, .offered li[aria-selected='true'] { background: var(--hover); color: var(--text-strong); }
`;

export function offeredList({ choices, active, onPick }: OfferedOptions): TemplateResult {
  // Pressed rather than clicked: a click would take the focus first, and the list with it.
  const pick = (choice: Choice) => (event: Event) => {
    event.preventDefault();
    onPick(choice);
  };
  return html`<ul id="offered" class="offered" role="listbox" aria-label="What the bot offers">
    ${choices.map((choice, index) => html`<li id="offered-${index}" role="option" aria-selected=${index === active} @pointerdown=${pick(choice)}>${choice.name}</li>`)}
  </ul>`;
}
