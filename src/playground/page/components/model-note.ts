// What a newcomer has to know about the model in use, where the server says something about it.
import { css, html, nothing } from 'lit';
import type { PageState } from '../../page-api.ts';
import { icons } from '../icons.ts';
import { namesIn } from '../names.ts';
import './markdown.ts';

export const modelNoteStyles = css`
  .model-note { display: flex; gap: 8px; margin-top: 12px; padding: 10px 12px; border-left: 4px solid var(--yellow); border-radius: 4px; background: var(--sidebar); color: var(--text); font-size: 14px; line-height: 20px; }
  .model-note svg { flex: none; margin-top: 1px; color: var(--yellow); }
`;

export function modelNote(state: PageState) {
  const { modelNote: note } = state;
  if (note === undefined) return nothing;
  return html`<div class="model-note" role="note">
    ${icons.warning(18)}<blip-markdown .text=${note} .names=${namesIn(state)}></blip-markdown>
  </div>`;
}
