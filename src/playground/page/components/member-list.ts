// The right-hand column: who is here.
import type { APIUser } from 'discord.js';
import { css, html, nothing } from 'lit';
import type { PageState } from '../../page-api.ts';
import { avatarOf } from '../avatars.ts';
import { displayName } from '../messages.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';

export class MemberList extends StoreElement {
  static override styles = [
    sharedStyles,
    css`
      :host { width: 240px; flex: none; padding: 72px 8px 16px; background: var(--sidebar); overflow-y: auto; }
      h2 { padding: 0 8px 4px; font-size: 12px; font-weight: 600; letter-spacing: 0.02em; color: var(--text-muted); text-transform: uppercase; }
      ul { list-style: none; margin-bottom: 20px; }
      li button { display: flex; align-items: center; gap: 12px; width: 100%; padding: 5px 8px; min-height: 42px; border-radius: 4px; }
      li button:hover { background: var(--hover); }
      .invite { width: 100%; }
      .avatar { position: relative; width: 32px; height: 32px; flex: none; }
      .avatar img { width: 32px; height: 32px; border-radius: 50%; }
      .avatar::after {
        content: '';
        position: absolute;
        right: -3px;
        bottom: -3px;
        width: 10px;
        height: 10px;
        border: 3px solid var(--sidebar);
        border-radius: 50%;
        background: var(--green);
      }
      .offline { opacity: 0.4; }
      .offline .avatar::after { background: var(--text-faint); }
      .name { display: flex; white-space: nowrap; align-items: center; gap: 4px; font-weight: 500; line-height: 20px; }
      .status { display: block; font-size: 12px; color: var(--text-muted); }
      .shade { display: none; }
      @media (max-width: 1099px) {
        :host { position: absolute; inset: 48px 0 0 auto; z-index: 12; padding-top: 24px; box-shadow: var(--shadow); }
        .shade { display: block; position: fixed; inset: 48px 0 0; z-index: -1; }
      }
    `,
  ];

  override render() {
    const { state } = this.store.model;
    if (!state) return nothing;
    const users = state.members.map(({ user }) => user);
    const isOnline = (user: APIUser) => user.id !== state.bot.user.id || state.bot.online;
    const people = users.filter((user) => isOnline(user) && !user.bot);
    const apps = users.filter((user) => isOnline(user) && user.bot);
    const offline = users.filter((user) => !isOnline(user));
    return html`
      <button class="shade" aria-label="Close the member list" @click=${() => ask(this, 'toggle-members', undefined)}></button>
      <aside aria-label="Members">
        ${group('Apps', apps)}${group('Online', people)}${group('Offline', offline, 'offline')}
        ${this.#invitation(state)}
      </aside>
    `;
  }

  #invitation({ members, bot }: PageState) {
    if (members.some(({ user }) => user.id === bot.user.id)) return nothing;
    if (!this.store.may('manageGuild')) return nothing;
    const invite = () => void this.store.server.setBotMembership(true);
    return html`<button class="button invite" @click=${invite}>Invite ${displayName(bot.user)}</button>`;
  }
}

function openCard({ id: userId }: APIUser) {
  return ({ currentTarget }: Event) => {
    const row = currentTarget as HTMLElement;
    const { left, top } = row.getBoundingClientRect();
    ask(row, 'open-member', { userId, x: left, y: top });
  };
}

function group(title: string, users: readonly APIUser[], className = '') {
  if (users.length === 0) return nothing;
  return html`<h2>${title} — ${users.length}</h2>
    <ul class=${className}>
      ${users.map(
        (user) => html`<li><button aria-label="More about ${displayName(user)}" @click=${openCard(user)}>
          <span class="avatar"><img src=${avatarOf(user)} alt="" /></span>
          <span>
            <span class="name">${displayName(user)} ${user.bot ? html`<span class="app-tag">App</span>` : nothing}</span>
            ${user.bot && !className ? html`<span class="status">Looks at pictures</span>` : nothing}
          </span>
        </button></li>`,
      )}
    </ul>`;
}

customElements.define('blip-member-list', MemberList);
