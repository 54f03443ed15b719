// What the page knows, as one immutable value.
import type { APIMessage, APIUser } from 'discord.js';
import type { OpenForm, PageState } from '../page-api.ts';
import type { Draft } from './drafts.ts';

export type Connection = 'connecting' | 'open' | 'lost';

export interface Unread {
  readonly count: number;
  /** How many of them mention the person or answer them. */
  readonly mentions: number;
}

export interface Typing {
  readonly user: APIUser;
  readonly untilMs: number;
}

/** Something that the person asked of the bot and that it has not answered yet, or never will. */
export interface Interaction {
  /** The page's own number, given before the server's id is known. */
  readonly key: number;
  readonly id?: string;
  readonly channelId: string;
  /** The newest message when it was used, or an empty text: its place among them. */
  readonly afterId: string;
  readonly source: /** On a message: chosen in its menu. */
    | { readonly kind: 'command'; readonly name: string; readonly isOnMessage?: boolean }
    | { readonly kind: 'button'; readonly messageId: string; readonly customId: string };
  /** Why it failed, in the server's words. */
  readonly failure?: string;
}

/** A message that the server has not taken yet, or has refused. */
export interface Pending {
  readonly key: number;
  /** By which it is recognised when it comes back from the server. */
  readonly nonce: string;
  readonly channelId: string;
  /** Who wrote it. */
  readonly author: APIUser;
  /** The text as Discord takes it. */
  readonly content: string;
  readonly draft: Draft;
  /** In ISO 8601. */
  readonly sentAt: string;
  /** Why it was not taken, in the server's words. */
  readonly failure?: string;
}

export interface Toast {
  readonly key: number;
  readonly text: string;
}

/** Messages of a channel that are not loaded yet. */
export interface Older {
  /** They are older than the message of this id. */
  readonly before: string;
  /** Whether they could not be fetched; then only the person tries again. */
  readonly failed: boolean;
}

export interface Model {
  readonly connection: Connection;
  /** Undefined until the server answered for the first time. */
  readonly state?: PageState;
  /** The channel on show. */
  readonly channelId?: string;
  /** By channel, oldest first; a channel without an entry has not been loaded. */
  readonly messages: ReadonlyMap<string, readonly APIMessage[]>;
  /** By channel; one without an entry is loaded to its beginning. */
  readonly older: ReadonlyMap<string, Older>;
  /** Channels whose newest messages could not be fetched. */
  readonly unloadable: ReadonlySet<string>;
  readonly unread: ReadonlyMap<string, Unread>;
  readonly typing: ReadonlyMap<string, Typing>;
  readonly interactions: readonly Interaction[];
  /** The id of the message that the person is changing. */
  readonly editing?: string | undefined;
  /** What the bot asks the person to fill in. */
  readonly form?: OpenForm | undefined;
  /** By channel. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /** In the order in which they were sent. */
  readonly pending: readonly Pending[];
  readonly toasts: readonly Toast[];
}

export const emptyModel: Model = {
  connection: 'connecting',
  messages: new Map(),
  older: new Map(),
  unloadable: new Set(),
  unread: new Map(),
  typing: new Map(),
  interactions: [],
  drafts: new Map(),
  pending: [],
  toasts: [],
};
