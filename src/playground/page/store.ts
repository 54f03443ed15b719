// The page's model and all that a person can do to it.
import type { APIApplicationCommand, APIMessage, APIStickerItem } from 'discord.js';
import type { Choices, PageChannel, PageEvent, PostInteraction } from '../page-api.ts';
import { withInteractionId, withRefusal } from './apply-event.ts';
import { isDirect, isThread } from './channels.ts';
import { type Client, RequestError } from './client.ts';
import { isUsableIn } from './commands.ts';
import { commandTypes, permissions, typingMs } from './discord-values.ts';
import type { Dismissed } from './dismissed.ts';
import { type Draft, emptyDraft, withoutReply, withReply, withReturned } from './drafts.ts';
import { History } from './history.ts';
import { MessageActs } from './message-acts.ts';
import { hasPicture, newestPicture } from './messages.ts';
import type { Interaction, Pending } from './model.ts';
import { ModelHolder } from './model-holder.ts';
import { Outbox } from './outbox.ts';
import { ServerActs } from './server-acts.ts';
import type { Words } from './written-text.ts';

/** A button whose press was taken shows busy no longer than Discord waits for an acknowledgement. */
const buttonBusyMs = 3_500;

export class Store extends ModelHolder {
  readonly #client: Client;
  readonly #dismissed: Dismissed;
  readonly history: History;
  readonly outbox: Outbox;
  readonly server: ServerActs;
  readonly messages: MessageActs;

  constructor(client: Client, dismissed: Dismissed) {
    super();
    this.#client = client;
    this.#dismissed = dismissed;
    this.history = new History(this, client, dismissed);
    this.outbox = new Outbox(this, client);
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

  /** What is being written in the channel on show. */
  get draft(): Draft {
    return this.draftIn(this.model.channelId ?? '');
  }

  draftIn(channelId: string): Draft {
    return this.model.drafts.get(channelId) ?? emptyDraft;
  }

  setDraft(draft: Draft, channelId = this.model.channelId ?? ''): void {
    this.set({ drafts: new Map(this.model.drafts).set(channelId, draft) });
  }

  /** Bots answer replies to other people's pictures only when they are mentioned, so the mention is put in. */
  reply(message: APIMessage): void {
    const { me, bot } = this.model.state ?? {};
    const answersAll = this.channel !== undefined && (isThread(this.channel) || isDirect(this.channel));
    const needsMention = !message.author.bot && hasPicture(message) && !answersAll;
    const reply = { message, mentionAuthor: message.author.id !== me?.id };
    this.setDraft(withReply(this.draft, reply, needsMention ? `@${bot?.user.username} ` : ''));
  }

  /** Sends what is written in the channel on show. @param content its text as Discord takes it */
  send(content: string): Promise<void> {
    const { channelId = '' } = this.model;
    const { draft } = this;
    this.setDraft(emptyDraft);
    return this.outbox.send(channelId, content, draft);
  }

  /** Sends a sticker at once, with the reply that is being written; the text stays for later. */
  sendSticker(sticker: APIStickerItem): Promise<void> {
    const { channelId = '' } = this.model;
    const { reply } = this.draft;
    this.setDraft(withoutReply(this.draft));
    return this.outbox.send(channelId, '', { ...emptyDraft, reply, sticker });
  }

  /** Makes a message that was not sent the draft of its channel again. */
  takeBack(pending: Pending): void {
    this.outbox.discard(pending);
    const draft = withReturned(this.draftIn(pending.channelId), pending.draft);
    this.setDraft(draft, pending.channelId);
  }

  /** @returns whether the command was taken */
  runCommand(
    name: string,
    command: Extract<PostInteraction, { kind: 'command' }>,
    files: ReadonlyMap<string, File>,
  ): Promise<boolean> {
    return this.#interact({ kind: 'command', name }, command, files);
  }

  /** What the bot offers for an option in which this was typed. */
  async choicesFor(command: APIApplicationCommand, option: string, typed: string): Promise<Choices> {
    const { channelId = '' } = this.model;
    try {
      return await this.#client.choices({ channelId, commandId: command.id, option, typed });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return []; // one types on
    }
  }

  runOnMessage({ id: commandId, name }: APIApplicationCommand, message: APIMessage): Promise<boolean> {
    const { id: messageId, channel_id: channelId } = message;
    const payload = { kind: 'message-command', channelId, commandId, messageId } as const;
    return this.#interact({ kind: 'command', name, isOnMessage: true }, payload, new Map());
  }

  /** Sends the form that the bot opened. */
  submitForm(values: Readonly<Record<string, string>>): void {
    const { form } = this.model;
    if (!form) return;
    const { interactionId, channelId, modal } = form;
    this.closeForm();
    const source = { kind: 'command', name: modal.title, isOnMessage: true } as const;
    void this.#interact(source, { kind: 'form', channelId, interactionId, values }, new Map());
  }

  closeForm(): void {
    this.set({ form: undefined });
  }

  pressButton(message: APIMessage, customId: string): Promise<boolean> {
    const { id: messageId, channel_id: channelId } = message;
    const source = { kind: 'button', messageId, customId } as const;
    return this.#interact(source, { ...source, channelId }, new Map());
  }

  chooseOption(message: APIMessage, customId: string, value: string): Promise<boolean> {
    const { id: messageId, channel_id: channelId } = message;
    const source = { kind: 'button', messageId, customId } as const;
    return this.#interact(source, { ...source, kind: 'menu', values: [value], channelId }, new Map());
  }

  /** Takes an ephemeral answer off the page; nobody else saw it. */
  dismiss(message: APIMessage): void {
    this.#dismissed.add(message.id);
    this.receive({ type: 'message.delete', channelId: message.channel_id, messageId: message.id });
  }

  dismissInteraction(key: number): void {
    this.set({ interactions: this.model.interactions.filter((interaction) => interaction.key !== key) });
  }

  async #interact(
    source: Interaction['source'],
    payload: PostInteraction,
    files: ReadonlyMap<string, File>,
  ): Promise<boolean> {
    const key = this.newKey();
    const { channelId } = payload;
    const others = this.model.interactions.filter(isLasting);
    const afterId = this.model.messages.get(channelId)?.at(-1)?.id ?? '';
    this.set({ interactions: [...others, { key, channelId, afterId, source }] });
    try {
      const { interactionId } = await this.#client.postInteraction(payload, files);
      this.set(withInteractionId(this.model, key, interactionId));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.set(withRefusal(this.model, key, error.message));
      return false;
    }
    if (source.kind === 'button') setTimeout(() => this.#endBusy(key), buttonBusyMs);
    return true;
  }

  #commandsOf(kind: number): readonly APIApplicationCommand[] {
    const { channel } = this;
    const commands = this.model.state?.commands.filter(({ type }) => type === kind) ?? [];
    return channel ? commands.filter((command) => isUsableIn(channel, command)) : commands;
  }

  #endBusy(key: number): void {
    const interaction = this.model.interactions.find((other) => other.key === key);
    if (interaction && !interaction.failure) this.dismissInteraction(key);
  }

  #dropOldTyping(): void {
    const now = Date.now();
    this.set({ typing: new Map([...this.model.typing].filter(([, { untilMs }]) => untilMs > now)) });
  }
}

/** What was refused or failed goes with the next use; a command that the bot left unanswered stays, as a message does. */
function isLasting({ id, failure, source }: Interaction): boolean {
  return !failure || (source.kind === 'command' && id !== undefined);
}
