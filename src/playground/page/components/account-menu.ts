// The person's own panel below the channels; a click on it offers to be somebody else, and other languages.
import type { APIUser } from 'discord.js';
import { css, html, nothing } from 'lit';
import type { PageState } from '../../page-api.ts';
import { avatarOf } from '../avatars.ts';
import { languages } from '../discord-values.ts';
import { icons } from '../icons.ts';
import { displayName } from '../messages.ts';
import { ask } from '../page-events.ts';
import { sharedStyles } from '../shared-styles.ts';
import { StoreElement } from '../store-element.ts';
import './avatar-row.ts';

const longestName = 32;

export class AccountMenu extends StoreElement {
  static override properties = { open: { state: true } };

  declare open: boolean;

  static override styles = [
    sharedStyles,
    css`
      :host { position: relative; display: block; flex: none; background: var(--user-panel); }
      .me { display: flex; align-items: center; gap: 8px; width: calc(100% - 8px); height: 44px; margin: 4px; padding: 0 6px; border-radius: 4px; }
      .me:hover, .me[aria-expanded='true'] { background: var(--hover); }
      .me > svg { margin-left: auto; color: var(--icon); transform: rotate(180deg); }
      .avatar { position: relative; flex: none; width: 32px; height: 32px; }
      img { display: block; width: 32px; height: 32px; border-radius: 50%; }
      .me .avatar::after { content: ''; position: absolute; right: -3px; bottom: -3px; width: 10px; height: 10px; border: 3px solid var(--user-panel); border-radius: 50%; background: var(--green); }
      strong { display: block; font-size: 14px; line-height: 18px; font-weight: 600; color: var(--text-strong); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .status { display: block; font-size: 12px; line-height: 13px; color: var(--text-muted); }
      .words { min-width: 0; }
      .menu { position: absolute; left: 8px; right: 8px; bottom: calc(100% + 4px); z-index: 10; padding: 8px; border-radius: 8px; background: var(--floating); box-shadow: var(--shadow); }
      h3 { padding: 4px 8px; font-size: 12px; font-weight: 600; color: var(--text-muted); text-transform: uppercase; }
      .people { max-height: 260px; overflow-y: auto; }
      .person { display: flex; align-items: center; gap: 8px; width: 100%; padding: 4px 8px; border-radius: 4px; font-size: 14px; }
      .person:hover, .person:focus-visible { background: var(--blurple); color: #fff; }
      .person img { width: 24px; height: 24px; }
      .person svg { margin-left: auto; flex: none; }
      .person .owner { margin-left: 0; color: var(--yellow); }
      form, label { display: flex; align-items: center; gap: 4px; padding: 4px 8px; }
      input, select { width: 100%; min-width: 0; height: 32px; padding: 4px 8px; border: 0; border-radius: 4px; background: var(--rail); color: var(--text); font: inherit; font-size: 14px; }
      form button { display: flex; flex: none; padding: 4px; color: var(--icon); }
      form button:hover { color: var(--text-strong); }
      hr { margin: 4px 8px; border: 0; border-top: 1px solid var(--line); }
    `,
  ];

  readonly #closeOutside = (event: Event) => {
    if (!event.composedPath().includes(this)) this.open = false;
  };

  constructor() {
    super();
    this.open = false;
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.open) return;
      event.stopPropagation();
      this.open = false;
      this.renderRoot.querySelector<HTMLElement>('.me')?.focus();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pointerdown', this.#closeOutside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pointerdown', this.#closeOutside);
  }

  override render() {
    const { state } = this.store.model;
    if (!state) return nothing;
    const toggle = () => {
      this.open = !this.open;
    };
    return html`
      ${this.open ? this.#menu(state) : nothing}
      <button class="me" aria-label="You are ${displayName(state.me)}. Change person or language" aria-expanded=${this.open} @click=${toggle}>
        <span class="avatar"><img src=${avatarOf(state.me)} alt="" /></span>
        <span class="words"><strong>${displayName(state.me)}</strong><span class="status">Online</span></span>
        ${icons.chevronDown(18)}
      </button>
    `;
  }

  #menu(state: PageState) {
    const people = state.members.map(({ user }) => user).filter(({ bot }) => !bot);
    return html`<div class="menu" role="group" aria-label="Person and language">
      <h3>Be somebody else</h3>
      <div class="people">${people.map((user) => this.#person(user, state))}</div>
      <form @submit=${this.#onAdd}>
        <input name="name" aria-label="Name of somebody new" placeholder="Add a person" autocomplete="off" required maxlength=${longestName} />
        <button aria-label="Add this person" title="Add">${icons.plus(20)}</button>
      </form>
      <hr />
      <h3>Your picture</h3>
      <blip-avatar-row .samples=${state.samples} @choose-picture=${this.#onPicture}></blip-avatar-row>
      <h3>Your language</h3>
      <label><select aria-label="Language" @change=${this.#onLanguage}>
        ${languages.map(({ locale, name }) => html`<option value=${locale} ?selected=${locale === state.locale}>${name}</option>`)}
      </select></label>
    </div>`;
  }

  #person(user: APIUser, { me, guild }: PageState) {
    return html`<button class="person" aria-label="Be ${displayName(user)}" aria-pressed=${user.id === me.id} @click=${() => this.#be(user)}>
      <img src=${avatarOf(user)} alt="" />${displayName(user)}
      ${user.id === guild.ownerId ? html`<span class="owner" title="Owner of the server">${icons.crown(14)}</span>` : nothing}
      ${user.id === me.id ? icons.check(16) : nothing}
    </button>`;
  }

  #be(user: APIUser): void {
    this.open = false;
    if (user.id !== this.store.model.state?.me.id) ask(this, 'act-as', user.id);
  }

  readonly #onAdd = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const name = String(new FormData(form).get('name')).trim();
    const user = name && (await this.store.server.addPerson(name));
    if (user) this.#be(user);
  };

  readonly #onPicture = ({ detail }: CustomEvent<File | undefined>) =>
    void this.store.server.setAvatar(detail);

  readonly #onLanguage = ({ currentTarget }: Event) =>
    void this.store.server.chooseLanguage((currentTarget as HTMLSelectElement).value);
}

customElements.define('blip-account-menu', AccountMenu);
