// The page's model: where the person is and what they see there. What they can do to it has rooms of its own.
import type { APIApplicationCommand, APIMessage } from 'discord.js';
import type { PageChannel, PageEvent } from '../page-api.ts';
import type { Client } from './client.ts';
import { isUsableIn } from './commands.ts';
import { commandTypes, permissions, typingMs } from './discord-values.ts';
import type { Dismissed } from './dismissed.ts';
import { DraftActs } from './draft-acts.ts';
import { History } from './history.ts';
import { InteractionActs } from './interaction-acts.ts';
import { MessageActs } from './message-acts.ts';
import { newestPicture } from './messages.ts';
import { ModelHolder } from './model-holder.ts';
import { Outbox } from './outbox.ts';
import { ServerActs } from './server-acts.ts';
import type { Words } from './written-text.ts';

export class Store extends ModelHolder {
  readonly #client: Client;
  readonly #dismissed: Dismissed;
  readonly history: History;
  readonly outbox: Outbox;
  readonly drafts: DraftActs;
  readonly interactions: InteractionActs;
  readonly server: ServerActs;
  readonly messages: MessageActs;

  constructor(client: Client, dismissed: Dismissed) {
    super();
    this.#client = client;
    this.#dismissed = dismissed;
    this.history = new History(this, client, dismissed);
    this.outbox = new Outbox(this, client);
    this.drafts = new DraftActs(this, this.outbox);
    this.interactions = new InteractionActs(this, client);
    this.server = new ServerActs(this, client);
    this.messages = new MessageActs(this, client);
  }

  get channel(): PageChannel | undefined {
    return this.findChannel(this.model.channelId);
  }

  /** The messages of the channel on show; undefined while they load. */
  get shownMessages(): readonly APIMessage[] | undefined {
    return this.model.messages.get(this.model.channelId ?? '');
  }

  /** Whether the channel on show holds a picture, or may do so where it is not loaded yet. */
  get mayHavePicture(): boolean {
    const { older, channelId = '' } = this.model;
    return older.has(channelId) || newestPicture(this.shownMessages ?? []) !== undefined;
  }

  /** Those that one writes with a slash. */
  get commands(): readonly APIApplicationCommand[] {
    return this.#commandsOf(commandTypes.slash);
  }

  /** Those in the menu of a message. */
  get messageCommands(): readonly APIApplicationCommand[] {
    return this.#commandsOf(commandTypes.message);
  }

  /** What has a name in the texts that one writes. */
  get words(): Words {
    const { members = [], emoji = [] } = this.model.state ?? {};
    return { users: members.map(({ user }) => user), emoji };
  }

  /** Whether the person may do something in the whole server. */
  may(permission: keyof typeof permissions): boolean {
    return (BigInt(this.model.state?.permissions ?? 0) & permissions[permission]) !== 0n;
  }

  findChannel(id: string | null | undefined): PageChannel | undefined {
    return this.model.state?.channels.find((channel) => channel.id === id);
  }

  /** Fetches what there is, at the start and after a lost connection. Messages come with `show`. */
  async load(): Promise<void> {
    await this.reporting(() =>
      this.fetching(this.#client.state(), (state) => ({
        connection: 'open',
        state,
        messages: new Map(),
        older: new Map(),
        unloadable: new Set(),
      })),
    );
    // The local Discord may have forgotten who sat here.
    if (this.model.state) this.#client.personId = this.model.state.me.id;
  }

  /** Sits down as somebody else; `load` then fetches what they see. What the one before asked is theirs. */
  actAs(userId: string): void {
    this.#client.personId = userId;
    this.set({ interactions: [], form: undefined, editing: undefined, typing: new Map(), unread: new Map() });
  }

  receive(event: PageEvent): void {
    this.apply(event);
    if (event.type === 'typing') setTimeout(() => this.#dropOldTyping(), typingMs + 50);
    if (event.type === 'channel.create' && event.channel.id === this.model.channelId)
      void this.show(event.channel.id);
  }

  connectionLost(): void {
    this.set({ connection: this.model.state ? 'lost' : 'connecting', typing: new Map() });
  }

  /** Shows a channel, by default the first; one that is not there is shown as such. */
  async show(id?: string): Promise<void> {
    const channelId = id ?? this.model.state?.channels[0]?.id;
    if (channelId === undefined) return;
    const unread = new Map(this.model.unread);
    unread.delete(channelId);
    this.set({ channelId, unread });
    if (this.channel) await this.history.load(channelId);
  }

  /** The page's number of what the person last sent or asked in a channel, while it is under way or has failed. */
  newestAsked(channelId: string | undefined): number | undefined {
    const { pending, interactions } = this.model;
    const commands = interactions.filter(({ source }) => source.kind === 'command');
    const keys = [...pending, ...commands].filter((one) => one.channelId === channelId).map(({ key }) => key);
    return keys.length > 0 ? Math.max(...keys) : undefined;
  }

  /** Takes an ephemeral answer off the page; nobody else saw it. */
  dismiss(message: APIMessage): void {
    this.#dismissed.add(message.id);
    this.receive({ type: 'message.delete', channelId: message.channel_id, messageId: message.id });
  }

  #commandsOf(kind: number): readonly APIApplicationCommand[] {
    const { channel } = this;
    const commands = this.model.state?.commands.filter(({ type }) => type === kind) ?? [];
    return channel ? commands.filter((command) => isUsableIn(channel, command)) : commands;
  }

  #dropOldTyping(): void {
    const now = Date.now();
    this.set({ typing: new Map([...this.model.typing].filter(([, { untilMs }]) => untilMs > now)) });
  }
}
