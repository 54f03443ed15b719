// The page's requests to the local Discord.
import type { APIMessage } from 'discord.js';
import type {
  Choices,
  MessagePage,
  PageError,
  PageState,
  PostChoices,
  PostInteraction,
  PostMessage,
} from '../page-api.ts';

/** A refusal of the server, in words that are fit to show. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}

export class Client {
  state(): Promise<PageState> {
    return this.#json('/page/state');
  }

  /** @param before the id of a message: the newest ones that are older than it */
  messages(channelId: string, before?: string): Promise<MessagePage> {
    return this.#json(`/page/channels/${channelId}/messages${before ? `?before=${before}` : ''}`);
  }

  postMessage(channelId: string, message: PostMessage, files: readonly File[]): Promise<APIMessage> {
    const form = new FormData();
    form.set('payload', JSON.stringify(message));
    for (const file of files) form.append('files', file, file.name);
    return this.#json(`/page/channels/${channelId}/messages`, form);
  }

  /** @param files the values of the attachment options, by option name */
  postInteraction(
    interaction: PostInteraction,
    files: ReadonlyMap<string, File> = new Map(),
  ): Promise<{ interactionId: string }> {
    const form = new FormData();
    form.set('payload', JSON.stringify(interaction));
    for (const [option, file] of files) form.set(`file.${option}`, file, file.name);
    return this.#json('/page/interactions', form);
  }

  choices(asked: PostChoices): Promise<Choices> {
    return this.#json('/page/choices', JSON.stringify(asked));
  }

  async #json<Answer>(path: string, form?: FormData | string): Promise<Answer> {
    const response = await fetch(path, form ? { method: 'POST', body: form } : {}).catch((cause: unknown) => {
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
