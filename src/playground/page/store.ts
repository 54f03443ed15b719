// Holds the page's model, loads and sends through the client, and tells listeners of every change.
import type { APIMessage } from 'discord.js';
import type { PageChannel, PageEvent, PostInteraction } from '../page-api.ts';
import { applyAgain, applyEvent, withInteractionId, withMessage } from './apply-event.ts';
import { parentOf } from './channels.ts';
import { type Client, RequestError } from './client.ts';
import { typingMs } from './discord-values.ts';
import type { Dismissed } from './dismissed.ts';
import { emptyModel, type Interaction, type Model, type ReplyDraft } from './model.ts';

const toastMs = 6_000;
/** A button whose press was taken shows busy no longer than Discord waits for an acknowledgement. */
const buttonBusyMs = 3_500;

export class Store extends EventTarget {
  readonly #client: Client;
  readonly #dismissed: Dismissed;
  #model: Model = emptyModel;
  #nextKey = 1;
  /** For each fetch under way, the events that came since it began. */
  readonly #meanwhile = new Set<PageEvent[]>();

  constructor(client: Client, dismissed: Dismissed) {
    super();
    this.#client = client;
    this.#dismissed = dismissed;
  }

  get model(): Model {
    return this.#model;
  }

  get channel(): PageChannel | undefined {
    return this.findChannel(this.#model.channelId);
  }

  /** The messages of the channel on show; undefined while they load. */
  get shownMessages(): readonly APIMessage[] | undefined {
    return this.#model.messages.get(this.#model.channelId ?? '');
  }

  findChannel(id: string | null | undefined): PageChannel | undefined {
    return this.#model.state?.channels.find((channel) => channel.id === id);
  }

  /** Fetches everything anew: at the start, and after a lost connection. */
  async load(): Promise<void> {
    await this.#reporting(async () => {
      await this.#fetching(this.#client.state(), (state) => ({
        connection: 'open',
        state,
        messages: new Map(),
      }));
      const shown = this.channel ?? this.#model.state?.channels[0];
      if (shown) await this.show(shown.id);
    });
  }

  receive(event: PageEvent): void {
    for (const events of this.#meanwhile) events.push(event);
    this.#model = applyEvent(this.#model, event, Date.now());
    if (event.type === 'typing') setTimeout(() => this.#dropOldTyping(), typingMs + 50);
    this.#changed();
    const first = this.#model.state?.channels[0];
    if (event.type === 'channel.delete' && !this.channel && first) void this.show(first.id);
  }

  connectionLost(): void {
    this.#set({ connection: this.#model.state ? 'lost' : 'connecting', typing: new Map() });
  }

  /** Shows a channel; before the state is there, remembers it as the wanted one. */
  async show(channelId: string): Promise<void> {
    const unread = new Map(this.#model.unread);
    unread.delete(channelId);
    this.#set({ channelId, unread });
    const parentId = parentOf(this.channel);
    await Promise.all([this.#loadMessages(channelId), parentId ? this.#loadMessages(parentId) : undefined]);
  }

  /** @returns whether the message was taken */
  send(channelId: string, content: string, files: readonly File[]): Promise<boolean> {
    const reply = this.#model.replies.get(channelId);
    return this.#reporting(async () => {
      const draft = reply ? { replyTo: reply.message.id, mentionAuthor: reply.mentionAuthor } : {};
      const message = await this.#client.postMessage(channelId, { content, ...draft }, files);
      this.setReply(channelId, undefined);
      this.#model = withMessage(this.#model, message);
      this.#changed();
    });
  }

  /** @returns whether the command was taken */
  runCommand(
    name: string,
    command: Extract<PostInteraction, { kind: 'command' }>,
    files: ReadonlyMap<string, File>,
  ): Promise<boolean> {
    return this.#interact({ kind: 'command', name }, command, files);
  }

  pressButton(message: APIMessage, customId: string): Promise<boolean> {
    const { id: messageId, channel_id: channelId } = message;
    const source = { kind: 'button', messageId, customId } as const;
    return this.#interact(source, { ...source, channelId }, new Map());
  }

  setReply(channelId: string, draft: ReplyDraft | undefined): void {
    const replies = new Map(this.#model.replies);
    if (draft) replies.set(channelId, draft);
    else replies.delete(channelId);
    this.#set({ replies });
  }

  /** Takes an ephemeral answer off the page; nobody else saw it. */
  dismiss(message: APIMessage): void {
    this.#dismissed.add(message.id);
    this.receive({ type: 'message.delete', channelId: message.channel_id, messageId: message.id });
  }

  dismissInteraction(key: number): void {
    this.#set({ interactions: this.#model.interactions.filter((interaction) => interaction.key !== key) });
  }

  toast(text: string): void {
    const toast = { key: this.#nextKey++, text };
    this.#set({ toasts: [...this.#model.toasts, toast] });
    setTimeout(() => this.dismissToast(toast.key), toastMs);
  }

  dismissToast(key: number): void {
    this.#set({ toasts: this.#model.toasts.filter((toast) => toast.key !== key) });
  }

  async #loadMessages(channelId: string): Promise<void> {
    if (!this.#model.state || this.#model.messages.has(channelId)) return;
    await this.#reporting(() =>
      this.#fetching(this.#client.messages(channelId), (all) => {
        const messages = all.filter(({ id }) => !this.#dismissed.has(id));
        return { messages: new Map(this.#model.messages).set(channelId, messages) };
      }),
    );
  }

  /** Takes what was fetched into the model, and upon it the events that came meanwhile. */
  async #fetching<Answer>(
    request: Promise<Answer>,
    change: (answer: Answer) => Partial<Model>,
  ): Promise<void> {
    const events: PageEvent[] = [];
    this.#meanwhile.add(events);
    try {
      const answer = await request;
      const fetched = { ...this.#model, ...change(answer) };
      this.#set(events.reduce((model, event) => applyAgain(model, event, Date.now()), fetched));
    } finally {
      this.#meanwhile.delete(events);
    }
  }

  async #interact(
    source: Interaction['source'],
    payload: PostInteraction,
    files: ReadonlyMap<string, File>,
  ): Promise<boolean> {
    const key = this.#nextKey++;
    const { channelId } = payload;
    const others = this.#model.interactions.filter(({ failure }) => !(failure && source.kind === 'button'));
    const afterId = this.#model.messages.get(channelId)?.at(-1)?.id ?? '';
    this.#set({ interactions: [...others, { key, channelId, afterId, source }] });
    const taken = await this.#reporting(async () => {
      const { interactionId } = await this.#client.postInteraction(payload, files);
      this.#model = withInteractionId(this.#model, key, interactionId);
      this.#changed();
    });
    if (!taken) this.dismissInteraction(key);
    else if (source.kind === 'button') setTimeout(() => this.#endBusy(key), buttonBusyMs);
    return taken;
  }

  #endBusy(key: number): void {
    const interaction = this.#model.interactions.find((other) => other.key === key);
    if (interaction && !interaction.failure) this.dismissInteraction(key);
  }

  #dropOldTyping(): void {
    const now = Date.now();
    this.#set({ typing: new Map([...this.#model.typing].filter(([, { untilMs }]) => untilMs > now)) });
  }

  /** Runs a request and shows its refusal as a toast. */
  async #reporting(request: () => Promise<void>): Promise<boolean> {
    try {
      await request();
      return true;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.toast(error.message);
      return false;
    }
  }

  #set(change: Partial<Model>): void {
    this.#model = { ...this.#model, ...change };
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
