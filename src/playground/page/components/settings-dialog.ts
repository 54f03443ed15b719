// How the dialogs look in which something is switched on and off.
import { css, html } from 'lit';

export const settingsStyles = css`
  dialog { width: min(440px, calc(100vw - 32px)); padding: 24px; border: 0; border-radius: 8px; background: var(--chat); color: var(--text); box-shadow: var(--shadow); }
  dialog::backdrop { background: rgb(0 0 0 / 70%); }
  h2 { margin-right: 32px; font-size: 20px; color: var(--text-strong); overflow-wrap: anywhere; }
  h3 { margin: 20px 0 4px; font-size: 12px; font-weight: 600; color: var(--text-muted); text-transform: uppercase; }
  label { display: flex; align-items: center; justify-content: space-between; gap: 16px; min-height: 40px; border-bottom: 1px solid var(--line); font-weight: 500; cursor: pointer; }
  label:last-of-type { border: 0; }
  input { position: relative; flex: none; width: 40px; height: 24px; margin: 0; border-radius: 12px; appearance: none; background: var(--text-faint); cursor: pointer; transition: background-color 0.15s; }
  input::after { content: ''; position: absolute; left: 3px; top: 3px; width: 18px; height: 18px; border-radius: 50%; background: #fff; transition: left 0.15s; }
  input:checked { background: var(--green); }
  input:checked::after { left: 19px; }
  input:disabled { opacity: 0.5; cursor: not-allowed; }
  .note { margin-top: 16px; font-size: 14px; color: var(--text-muted); }
  .close { position: absolute; top: 24px; right: 24px; display: flex; color: var(--icon); }
  .close:hover { color: var(--text-strong); }
`;

export interface Toggle {
  readonly name: string;
  readonly isOn: boolean;
  readonly mayChange: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function toggle({ name, isOn, mayChange, onChange }: Toggle) {
  const change = ({ currentTarget }: Event) => onChange((currentTarget as HTMLInputElement).checked);
  return html`<label>${name}<input type="checkbox" role="switch" .checked=${isOn} ?disabled=${!mayChange} @change=${change} /></label>`;
}
