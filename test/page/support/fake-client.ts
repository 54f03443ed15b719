// A local Discord for the page's own tests: it holds a channel of messages and answers when the test says so.
import type { APIMessage } from 'discord.js';
import { Client, RequestError } from '../../../src/playground/page/client.ts';
import { Dismissed } from '../../../src/playground/page/dismissed.ts';
import { Store } from '../../../src/playground/page/store.ts';
import type { MessagePage, PageState, PostMessage } from '../../../src/playground/page-api.ts';
import { type Deferred, deferred } from '../../support/deferred.ts';

export const me = { id: '1', username: 'you' };
export const bot = { id: '2', username: 'blipcord', bot: true };

export const state = {
  me,
  bot: { user: bot, online: true },
  members: [{ user: me }, { user: bot }],
  channels: [
    { id: '10', type: 0, name: 'pictures' },
    { id: '11', type: 0, name: 'other' },
  ],
  commands: [],
  samples: [],
} as unknown as PageState;

export function message(id: string, fields: object = {}): APIMessage {
  return {
    id,
    content: '',
    channel_id: '10',
    author: bot,
    mentions: [],
    attachments: [],
    ...fields,
  } as unknown as APIMessage;
}

/** Messages with the ids from `first` to `last`. */
export function messages(first: number, last: number): APIMessage[] {
  return Array.from({ length: last - first + 1 }, (_, index) => message(String(first + index)));
}

/** Holds messages and hands them out in pages of ten. */
export class FakeClient extends Client {
  readonly held: APIMessage[];
  readonly asked: (string | undefined)[] = [];

  constructor(held: APIMessage[] = []) {
    super();
    this.held = held;
  }

  override async state(): Promise<PageState> {
    return state;
  }

  override async messages(channelId: string, before?: string): Promise<MessagePage> {
    if (channelId === '99') throw new RequestError('Unknown Channel');
    this.asked.push(before);
    const all = this.held.filter(({ id }) => before === undefined || Number(id) < Number(before));
    return { messages: all.slice(-10), hasOlder: all.length > 10 };
  }
}

/** Takes messages when the test says so, or refuses them. */
export class PostalClient extends FakeClient {
  readonly begun: string[] = [];
  readonly taken: PostMessage[] = [];
  readonly answers: Deferred<RequestError | undefined>[] = [];

  override async postMessage(channelId: string, posted: PostMessage): Promise<APIMessage> {
    this.begun.push(posted.content);
    const answer = deferred<RequestError | undefined>();
    this.answers.push(answer);
    const refusal = await answer.promise;
    if (refusal) throw refusal;
    this.taken.push(posted);
    const { content, nonce } = posted;
    return message(String(500 + this.taken.length), { channel_id: channelId, content, nonce, author: me });
  }
}

export function storage(kept = new Map<string, string>()) {
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: kept.set.bind(kept) };
}

export async function openStore(client: Client): Promise<Store> {
  const store = new Store(client, new Dismissed(storage()));
  await store.load();
  await store.show();
  return store;
}
