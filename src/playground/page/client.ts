// The page's requests to the local Discord, each on behalf of the person who sits before the page.
import type { APIMessage, APIUser } from 'discord.js';
import type {
  AddPerson,
  BotMembership,
  ChangeChannel,
  Choices,
  ChooseLanguage,
  EditMessage,
  ForwardMessage,
  MessagePage,
  PageChannel,
  PageError,
  PageState,
  PostChoices,
  PostInteraction,
  PostMessage,
  SetRoles,
} from '../page-api.ts';
import type { Seat } from './seat.ts';

/** A refusal of the server, in words that are fit to show. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}

interface Sent {
  readonly method?: string;
  readonly body?: FormData | object;
  /** Whoever sits before the page by default. */
  readonly as?: string;
}

export class Client {
  readonly #seat: Pick<Seat, 'personId'>;

  constructor(seat: Pick<Seat, 'personId'> = { personId: undefined }) {
    this.#seat = seat;
  }

  /** Undefined for the owner of the local Discord. */
  get personId(): string | undefined {
    return this.#seat.personId;
  }

  set personId(id: string) {
    this.#seat.personId = id;
  }

  state(): Promise<PageState> {
    return this.#ask('/page/state');
  }

  /** @param before the id of a message: the newest ones that are older than it */
  messages(channelId: string, before?: string): Promise<MessagePage> {
    return this.#ask(`/page/channels/${channelId}/messages${before ? `?before=${before}` : ''}`);
  }

  /** @param as who wrote it, though somebody else may sit before the page when its turn comes */
  postMessage(
    channelId: string,
    message: PostMessage,
    files: readonly File[],
    as: string,
  ): Promise<APIMessage> {
    const form = new FormData();
    form.set('payload', JSON.stringify(message));
    for (const file of files) form.append('files', file, file.name);
    return this.#ask(`/page/channels/${channelId}/messages`, { body: form, as });
  }

  async editMessage({ channel_id, id }: APIMessage, body: EditMessage): Promise<void> {
    await this.#ask(`/page/channels/${channel_id}/messages/${id}`, { method: 'PATCH', body });
  }

  async deleteMessage({ channel_id, id }: APIMessage): Promise<void> {
    await this.#ask(`/page/channels/${channel_id}/messages/${id}`, { method: 'DELETE' });
  }

  forwardMessage(channelId: string, body: ForwardMessage): Promise<APIMessage> {
    return this.#ask(`/page/channels/${channelId}/forwards`, { body });
  }

  /** @param files the values of the attachment options, by option name */
  postInteraction(
    interaction: PostInteraction,
    files: ReadonlyMap<string, File> = new Map(),
  ): Promise<{ interactionId: string }> {
    const form = new FormData();
    form.set('payload', JSON.stringify(interaction));
    for (const [option, file] of files) form.set(`file.${option}`, file, file.name);
    return this.#ask('/page/interactions', { body: form });
  }

  choices(body: PostChoices): Promise<Choices> {
    return this.#ask('/page/choices', { body });
  }

  openDirectMessages(): Promise<PageChannel> {
    return this.#ask('/page/direct-messages', { method: 'POST' });
  }

  addPerson(body: AddPerson): Promise<APIUser> {
    return this.#ask('/page/people', { body });
  }

  async chooseLanguage(body: ChooseLanguage): Promise<void> {
    await this.#ask('/page/language', { method: 'PUT', body });
  }

  /** @param picture undefined shows none */
  async setAvatar(picture: File | undefined): Promise<void> {
    const body = new FormData();
    body.set('payload', '{}');
    if (picture) body.set('files', picture, picture.name);
    await this.#ask('/page/avatar', { method: 'PUT', body });
  }

  async setRoles(userId: string, body: SetRoles): Promise<void> {
    await this.#ask(`/page/people/${userId}/roles`, { method: 'PUT', body });
  }

  async changeChannel(channelId: string, body: ChangeChannel): Promise<void> {
    await this.#ask(`/page/channels/${channelId}`, { method: 'PATCH', body });
  }

  async deleteThread(threadId: string): Promise<void> {
    await this.#ask(`/page/channels/${threadId}`, { method: 'DELETE' });
  }

  async setBotMembership(body: BotMembership): Promise<void> {
    await this.#ask('/page/bot', { method: 'PUT', body });
  }

  async #ask<Answer>(path: string, { method, body, as = this.personId }: Sent = {}): Promise<Answer> {
    const address = as === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}as=${as}`;
    const response = await fetch(address, {
      method: method ?? (body ? 'POST' : 'GET'),
      ...(body && { body: body instanceof FormData ? body : JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new RequestError('The local Discord does not answer. Is npm start still running?', { cause });
    });
    if (!response.ok) throw new RequestError(await refusal(response));
    return response.json() as Promise<Answer>;
  }
}

async function refusal(response: Response): Promise<string> {
  const body = (await response.json().catch(() => undefined)) as Partial<PageError> | undefined;
  return body?.message ?? `The local Discord answered ${response.status}. Try again, or look at its log.`;
}
