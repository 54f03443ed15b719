// The local Discord: gateway, REST routes, CDN and page on one port of this machine, for trying the bot without an
// account and for testing it against Discord's rules.
import type { Logger } from '../../commands/command.ts';
import type { Discord } from './discord.ts';
import type { Limits } from './limits.ts';
import type { Sample } from './samples.ts';
import type { PrivilegedIntents } from './state/world.ts';

export interface PlaygroundOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** The address to listen on; only this machine by default. */
  readonly host?: string;
  readonly log: Logger;
  /** Where the built page lies. */
  readonly pageFolder?: string;
  readonly samples?: readonly Sample[];
  /** Which privileged intents the bot may ask for; message content by default. */
  readonly privileged?: Partial<PrivilegedIntents>;
  readonly limits?: Partial<Limits>;
  readonly validate?: Validator;
}

/** Sees whatever passes between the bot and the local Discord. */
export interface Validator {
  exchange(exchange: Exchange): void;
  dispatch(name: string, data: unknown): void;
}

export interface Exchange {
  readonly method: string;
  /** Without `/api/v10` and the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body, also of a multipart form; undefined when there was none. */
  readonly request: unknown;
  readonly status: number;
  readonly response: unknown;
}

export interface Playground {
  /** The page: `http://127.0.0.1:3000`. */
  readonly url: string;
  /** For discord.js: `new Client({ rest: { api } })`. */
  readonly api: string;
  readonly token: string;
  /** Host and port of attachment addresses: `127.0.0.1:3000`. */
  readonly cdnHost: string;
  readonly discord: Discord;
  close(): Promise<void>;
}

export async function startPlayground(_options: PlaygroundOptions): Promise<Playground> {
  throw new Error('Not built yet.');
}
