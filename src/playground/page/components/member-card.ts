// A member of the server: their roles, and what one can do with them.
import type { APIGuildMember, APIRole } from 'discord.js';
import { css, html, nothing } from 'lit';
import { avatarOf } from '../avatars.ts';
import { icons } from '../icons.ts';
import { displayName } from '../messages.ts';
import { ask, type PageRequests } from '../page-events.ts';
import { placeWithin } from '../place-within.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';

const widthPx = 300;

export class MemberCard extends StoreElement {
  static override properties = { userId: { state: true } };

  declare userId: string | undefined;

  static override styles = [
    sharedStyles,
    css`
      [popover] { position: fixed; inset: auto; width: 300px; max-width: calc(100vw - 16px); margin: 0; padding: 0; border: 0; border-radius: 8px; background: var(--popover); color: var(--text); box-shadow: var(--shadow), 0 0 0 1px var(--edge); overflow: hidden; }
      .band { height: 60px; background: var(--blurple); }
      .avatar { display: block; width: 80px; height: 80px; margin: -40px 0 0 12px; border: 6px solid var(--popover); border-radius: 50%; background: var(--popover); }
      .about { padding: 4px 16px 16px; }
      h2 { display: flex; align-items: center; gap: 6px; font-size: 20px; line-height: 24px; font-weight: 700; color: var(--text-strong); }
      .username { font-size: 14px; color: var(--text-muted); }
      h3 { margin: 12px 0 6px; font-size: 12px; font-weight: 600; color: var(--text-muted); text-transform: uppercase; }
      .roles { display: flex; flex-wrap: wrap; gap: 4px; list-style: none; }
      .role { display: flex; align-items: center; gap: 6px; padding: 2px 8px; border-radius: 4px; background: var(--chat); font-size: 13px; line-height: 20px; }
      .role::before { content: ''; width: 10px; height: 10px; border-radius: 50%; background: var(--text-faint); }
      .role button { display: flex; color: var(--text-muted); }
      .role button:hover { color: var(--text-strong); }
      select { max-width: 100%; height: 24px; padding: 0 4px; border: 0; border-radius: 4px; background: var(--chat); color: var(--text); font: inherit; font-size: 13px; }
      .acts { display: grid; gap: 8px; margin-top: 16px; }
    `,
  ];

  /** Shows it beside that place, or as near as the page has room. */
  async show({ userId, x, y }: PageRequests['open-member']): Promise<void> {
    this.userId = userId;
    await this.updateComplete;
    const card = this.#card;
    if (!card) return;
    card.showPopover();
    card.style.left = `${placeWithin(x - widthPx - 8, card.offsetWidth, innerWidth)}px`;
    card.style.top = `${placeWithin(y, card.offsetHeight, innerHeight)}px`;
  }

  override render() {
    const { state } = this.store.model;
    const member = state?.members.find(({ user }) => user.id === this.userId);
    if (!state || !member) return nothing;
    const { user } = member;
    return html`<div popover role="dialog" aria-label=${displayName(user)}>
      <div class="band"></div>
      <img class="avatar" src=${avatarOf(user)} alt="" />
      <div class="about">
        <h2>${displayName(user)} ${user.bot ? html`<span class="app-tag">App</span>` : nothing}</h2>
        <p class="username">${user.username}${user.id === state.guild.ownerId ? ' · owns this server' : ''}</p>
        ${this.#roles(member, state.roles)}
        <div class="acts">${user.bot ? this.#botActs() : this.#personActs(member)}</div>
      </div>
    </div>`;
  }

  #roles(member: APIGuildMember, roles: readonly APIRole[]) {
    const mayGive = this.store.may('manageRoles') && !member.user.bot;
    const everyone = this.store.model.state?.guild.id;
    const given = roles.filter(({ id }) => member.roles.includes(id));
    const others = roles.filter(
      ({ id, managed }) => !managed && id !== everyone && !member.roles.includes(id),
    );
    if (given.length === 0 && !mayGive) return nothing;
    const set = (ids: readonly string[]) => void this.store.server.setRoles(member.user.id, ids);
    const onAdd = ({ currentTarget }: Event) => {
      const select = currentTarget as HTMLSelectElement;
      set([...member.roles, select.value]);
      select.value = '';
    };
    return html`<h3>Roles</h3>
      <ul class="roles">
        ${given.map(
          ({ id, name, managed }) => html`<li class="role">${name}
            ${mayGive && !managed ? html`<button aria-label="Take the role ${name} away" @click=${() => set(member.roles.filter((other) => other !== id))}>${icons.close(12)}</button>` : nothing}
          </li>`,
        )}
        ${
          mayGive && others.length > 0
            ? html`<li><select aria-label="Give a role" @change=${onAdd}>
                <option value="" selected>+ Role</option>
                ${others.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
              </select></li>`
            : nothing
        }
      </ul>`;
  }

  #personActs({ user }: APIGuildMember) {
    if (user.id === this.store.model.state?.me.id) return nothing;
    return html`<button class="button" @click=${() => this.#leaveBy(() => ask(this, 'act-as', user.id))}>Be ${displayName(user)}</button>`;
  }

  #botActs() {
    const remove = () => this.#leaveBy(() => void this.store.server.setBotMembership(false));
    return html`
      <button class="button" @click=${() => this.#leaveBy(() => ask(this, 'open-direct-messages', undefined))}>Message</button>
      ${this.store.may('manageGuild') ? html`<button class="button grey" @click=${remove}>Remove from the server</button>` : nothing}
    `;
  }

  #leaveBy(act: () => void): void {
    this.#card?.hidePopover();
    act();
  }

  get #card(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[popover]');
  }
}

customElements.define('blip-member-card', MemberCard);
