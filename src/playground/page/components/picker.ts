// The list that opens over the composer: commands after "/", members after "@". The text field keeps the focus
// and names the active row through aria-activedescendant, so the list is drawn inside the field's own root.
import { css, html, type TemplateResult } from 'lit';
import type { Suggestion, Suggestions } from '../suggestions.ts';

export interface PickerOptions extends Suggestions {
  readonly active: number;
  readonly onPick: (item: Suggestion) => void;
}

export const pickerStyles = css`
  .picker { position: absolute; left: 0; right: 0; bottom: calc(100% + 8px); z-index: 10; max-height: min(360px, 50vh); overflow-y: auto; padding: 8px; border-radius: 8px; background: var(--popover); box-shadow: var(--shadow), 0 0 0 1px var(--edge); }
  .picker h3 { padding: 4px 8px 8px; font-size: 12px; font-weight: 600; text-transform: uppercase; color: var(--text-muted); }
  .picker [role='option'] { display: flex; align-items: center; gap: 12px; padding: 8px; border-radius: 4px; cursor: pointer; }
  .picker [aria-selected='true'] { background: var(--hover); }
  .picker .icon { display: grid; place-items: center; flex: none; width: 32px; height: 32px; border-radius: 50%; overflow: hidden; }
  .picker .icon img { width: 32px; height: 32px; }
  .picker .words { flex: 1; min-width: 0; }
  .picker .title { font-weight: 600; line-height: 20px; color: var(--text-strong); }
  .picker .description { font-size: 14px; line-height: 18px; color: var(--text-muted); }
  .picker .aside { flex: none; font-size: 12px; color: var(--text-muted); }
`;

export function picker({ title, items, active, onPick }: PickerOptions): TemplateResult {
  return html`<div class="picker">
    <h3 id="picker-title">${title}</h3>
    <div id="picker" role="listbox" aria-labelledby="picker-title">
      ${items.map(
        (item, index) => html`<div
          id="picker-${index}"
          role="option"
          aria-selected=${index === active}
          @mousedown=${(event: Event) => event.preventDefault()}
          @click=${() => onPick(item)}
        >
          <span class="icon"><img src=${item.icon} alt="" /></span>
          <span class="words"><div class="title">${item.title}</div><div class="description">${item.description}</div></span>
          ${item.aside ? html`<span class="aside">${item.aside}</span>` : ''}
        </div>`,
      )}
    </div>
  </div>`;
}
