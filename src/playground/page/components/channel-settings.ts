// What a channel is like and what the bot may do in it: to try the bot with a permission missing.
import { html, nothing } from 'lit';
import type { PageChannel } from '../../page-api.ts';
import { titleOf } from '../channels.ts';
import { botPermissions } from '../discord-values.ts';
import { icons } from '../icons.ts';
import { displayName } from '../messages.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import { settingsStyles, toggle } from './settings-dialog.ts';

export class ChannelSettings extends StoreElement {
  static override styles = [sharedStyles, settingsStyles];

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
      ${toggle({ name: 'Age-restricted', isOn: 'nsfw' in channel && channel.nsfw === true, mayChange, onChange: (ageRestricted) => change({ ageRestricted }) })}
      <h3>What ${displayName(state.bot.user)} may do here</h3>
      ${botPermissions.map(({ name, bit }) =>
        toggle({
          name,
          isOn: (denied & bit) === 0n,
          mayChange,
          onChange: (isAllowed) => change({ botDenied: String(isAllowed ? denied & ~bit : denied | bit) }),
        }),
      )}
      ${mayChange ? nothing : html`<p class="note">Only who manages channels can change this, such as the owner of the server.</p>`}
      <button class="close" aria-label="Close" @click=${close}>${icons.close(20)}</button>
    </dialog>`;
  }
}

function deniedIn(channel: PageChannel, botId: string): bigint {
  const overwrites = 'permission_overwrites' in channel ? (channel.permission_overwrites ?? []) : [];
  return BigInt(overwrites.find(({ id }) => id === botId)?.deny ?? 0);
}

customElements.define('blip-channel-settings', ChannelSettings);
