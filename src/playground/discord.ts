// The local Discord as a test or a benchmark holds it: be a person in it, and rule over the bot's connection.
import type { APIMessage, APIUser } from 'discord.js';
import type { World } from './state/world.ts';

export interface PostOptions {
  readonly channelId?: string;
  readonly content?: string;
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly replyTo?: string;
  /** For a reply: whether it mentions whom it answers; on by default, as in Discord's own client. */
  readonly mentionAuthor?: boolean;
}

export type CommandOptions = Readonly<
  Record<string, string | number | boolean | { readonly name: string; readonly bytes: Uint8Array }>
>;

export interface Person {
  readonly user: APIUser;
  post(message: string | PostOptions): APIMessage;
  edit(message: APIMessage, content: string): APIMessage;
  delete(message: APIMessage): void;
  type(channelId: string): void;
  /** Uses a slash command by its name. Returns the interaction's id. */
  run(command: string, options?: CommandOptions, channelId?: string): string;
  /** Presses a button by its custom id. Returns the interaction's id. */
  press(message: APIMessage, customId: string): string;
  /** The channel of direct messages with the bot. */
  directMessages(): string;
  /** What this person sees in a channel, oldest first, with the ephemeral messages that are theirs. */
  read(channelId: string): APIMessage[];
  /** The first message, seen by this person now or later (also by an edit), that fits. */
  waitFor(fits: (message: APIMessage) => boolean, timeoutMs?: number): Promise<APIMessage>;
}

export interface Discord {
  readonly world: World;
  /** The first text channel. */
  readonly channelId: string;
  readonly guildId: string;
  readonly me: Person;
  addPerson(name: string): Person;
}
