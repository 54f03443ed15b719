// A picture that is a spoiler, before somebody clicks it.
import { css, html, nothing, type TemplateResult } from 'lit';

export const coverStyles = css`
  .covered { position: relative; display: block; max-width: 100%; border-radius: 8px; overflow: hidden; background: var(--sidebar); cursor: pointer; }
  .covered img { filter: blur(44px); }
  .covered span { position: absolute; inset: 50% auto auto 50%; transform: translate(-50%, -50%); padding: 6px 12px; border-radius: 16px; background: rgb(0 0 0 / 75%); color: #fff; font-size: 14px; font-weight: 700; }
`;

export function coverOf(
  address: string,
  size: { readonly width: number; readonly height: number } | undefined,
  uncover: () => void,
): TemplateResult {
  return html`<button
    class="covered ${size ? '' : 'unsized'}"
    style=${size ? `width: ${size.width}px; aspect-ratio: ${size.width} / ${size.height}` : nothing}
    aria-label="Show the spoiler"
    @click=${uncover}
  ><img src=${address} alt="" /><span>SPOILER</span></button>`;
}
