// What a channel is like and what the bot may do in it: to try the bot with a permission missing.
import { css, html, nothing } from 'lit';
import type { PageChannel } from '../../page-api.ts';
import { titleOf } from '../channels.ts';
import { botPermissions } from '../discord-values.ts';
import { icons } from '../icons.ts';
import { displayName } from '../messages.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';

export class ChannelSettings extends StoreElement {
  static override styles = [
    sharedStyles,
    css`
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
    `,
  ];

  show(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  override render() {
    const { channel } = this.store;
    const { state } = this.store.model;
    if (!channel || !state) return nothing;
    const mayChange = this.store.may('manageChannels');
    const close = () => this.renderRoot.querySelector('dialog')?.close();
    const onBackdrop = (event: Event) => event.target === event.currentTarget && close();
    const denied = deniedIn(channel, state.bot.user.id);
    const change = (changed: { ageRestricted?: boolean; botDenied?: string }) =>
      void this.store.server.changeChannel(channel.id, changed);
    return html`<dialog aria-labelledby="title" @click=${onBackdrop}>
      <h2 id="title">${titleOf(channel)}</h2>
      <h3>Channel</h3>
      ${toggle('Age-restricted', 'nsfw' in channel && channel.nsfw === true, mayChange, (ageRestricted) => change({ ageRestricted }))}
      <h3>What ${displayName(state.bot.user)} may do here</h3>
      ${botPermissions.map(({ name, bit }) =>
        toggle(name, (denied & bit) === 0n, mayChange, (isAllowed) =>
          change({ botDenied: String(isAllowed ? denied & ~bit : denied | bit) }),
        ),
      )}
      ${mayChange ? nothing : html`<p class="note">Only who manages channels can change this, such as the owner of the server.</p>`}
      <button class="close" aria-label="Close" @click=${close}>${icons.close(20)}</button>
    </dialog>`;
  }
}

function toggle(name: string, isOn: boolean, mayChange: boolean, onChange: (isOn: boolean) => void) {
  const change = ({ currentTarget }: Event) => onChange((currentTarget as HTMLInputElement).checked);
  return html`<label>${name}<input type="checkbox" role="switch" .checked=${isOn} ?disabled=${!mayChange} @change=${change} /></label>`;
}

function deniedIn(channel: PageChannel, botId: string): bigint {
  const overwrites = 'permission_overwrites' in channel ? (channel.permission_overwrites ?? []) : [];
  return BigInt(overwrites.find(({ id }) => id === botId)?.deny ?? 0);
}

customElements.define('blip-channel-settings', ChannelSettings);
