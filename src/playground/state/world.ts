// What exists in the local Discord: plain state that the gateway, the REST routes and the page all look at. Each
// subject has its functions in a file of its own; whatever they change they announce with `announce`.
import type {
  APIApplicationCommand,
  APIDMChannel,
  APIEmbed,
  APIGuildForumChannel,
  APIGuildMember,
  APIGuildVoiceChannel,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  APIRole,
  APIStickerItem,
  APITextChannel,
  APIThreadChannel,
  APIUser,
  InteractionType,
  Locale,
} from 'discord.js';
import type { Limits } from '../limits.ts';
import type { FileStore } from './files.ts';

/** What a bot offers for an option. */
export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** An emoji of the guild's own. */
export interface CustomEmoji {
  readonly id: string;
  readonly name: string;
  readonly animated: boolean;
}

/** What a guild lists as its channels. */
export type GuildChannel = APITextChannel | APIGuildVoiceChannel | APIGuildForumChannel;
export type AnyChannel = GuildChannel | APIThreadChannel | APIDMChannel;

export interface StoredMessage {
  /** Addresses of attachments are unsigned here; `presentMessage` signs them. */
  readonly message: APIMessage;
  /** An ephemeral message is seen by this person alone. */
  readonly viewerId?: string;
}

export interface StoredInteraction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly user: APIUser;
  readonly channel: AnyChannel;
  readonly createdAt: number;
  /** What goes to the bot as `data`. */
  readonly data: object;
  /** The message whose button was pressed. */
  readonly source: APIMessage | undefined;
  /** The message in whose menu the command was chosen. */
  readonly target: APIMessage | undefined;
  /** What opened the form that was sent. */
  readonly opener: StoredInteraction | undefined;
  /** The command's name, for people. */
  readonly name: string | undefined;
  acknowledged: boolean;
  failed: boolean;
  /** The id that `@original` stands for. */
  originalId: string | undefined;
  /** The form that the bot opened. */
  modal: APIModalInteractionResponseCallbackData | undefined;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  /** Where Discord says hello to people; nowhere by default. */
  systemChannelId?: string;
  readonly roles: Map<string, APIRole>;
  readonly members: Map<string, APIGuildMember>;
}

export interface PrivilegedIntents {
  readonly messageContent: boolean;
  readonly members: boolean;
  readonly presences: boolean;
}

/** What can happen, by name. */
interface WorldEvents {
  messageCreate: { readonly stored: StoredMessage };
  messageUpdate: { readonly stored: StoredMessage };
  messageDelete: { readonly stored: StoredMessage; readonly inBulk?: boolean };
  messageDeleteBulk: { readonly channelId: string; readonly messageIds: readonly string[] };
  /** It went to make room, or with its channel; nobody is told. */
  messageForget: { readonly stored: StoredMessage };
  channelCreate: { readonly channel: AnyChannel };
  channelUpdate: { readonly channel: AnyChannel };
  channelDelete: { readonly channel: AnyChannel };
  /** The bot sees a channel that it did not see before. */
  channelShown: { readonly channel: AnyChannel };
  threadMember: { readonly threadId: string; readonly userId: string; readonly joined: boolean };
  memberAdd: { readonly member: APIGuildMember };
  memberUpdate: { readonly member: APIGuildMember };
  roleCreate: { readonly role: APIRole };
  roleUpdate: { readonly role: APIRole };
  /** Somebody chose another language. */
  locale: { readonly userId: string };
  /** The bot was removed from it, or Discord can't reach it for a while. */
  guildGone: { readonly unavailable: boolean };
  guildBack: object;
  typing: { readonly channelId: string; readonly user: APIUser };
  commands: object;
  sticker: { readonly id: string };
  emoji: { readonly id: string };
  webPage: { readonly address: string };
  /** Its bytes are there, others, or gone. */
  asset: { readonly path: string };
  interaction: { readonly interaction: StoredInteraction };
  interactionFailed: { readonly interaction: StoredInteraction };
  modal: { readonly interaction: StoredInteraction };
  choices: { readonly interaction: StoredInteraction; readonly choices: readonly Choice[] };
  bot: { readonly online: boolean };
}

export type WorldEventType = keyof WorldEvents;
export type EventOf<Type extends WorldEventType> = { readonly type: Type } & WorldEvents[Type];
export type WorldEvent = { [Type in WorldEventType]: EventOf<Type> }[WorldEventType];

export interface World {
  readonly limits: Limits;
  readonly newId: () => string;
  /** The page's address, known once the server listens: `http://127.0.0.1:3000`. */
  origin: string;
  readonly applicationId: string;
  privileged: PrivilegedIntents;
  readonly bot: APIUser;
  /** Who sits before the page. */
  readonly me: APIUser;
  readonly guild: Guild;
  readonly users: Map<string, APIUser>;
  /** The language of a person's Discord; American English by default. */
  readonly locales: Map<string, Locale>;
  readonly channels: Map<string, AnyChannel>;
  /** By thread, when each member joined. */
  readonly threadMembers: Map<string, Map<string, string>>;
  /** By channel, by id, oldest first. */
  readonly messages: Map<string, Map<string, StoredMessage>>;
  readonly files: FileStore;
  readonly stickers: Map<string, APIStickerItem>;
  /** What links to pages show of them, by address. */
  readonly webPages: Map<string, APIEmbed>;
  /** The guild's own. */
  readonly emoji: Map<string, CustomEmoji>;
  /** Pictures beside the files of messages, by their path. */
  readonly assets: Map<string, Uint8Array>;
  readonly commands: Map<string, APIApplicationCommand>;
  /** By token. */
  readonly interactions: Map<string, StoredInteraction>;
  readonly announce: (event: WorldEvent) => void;
  /** Returns a function that ends the listening. */
  readonly listen: (listener: (event: WorldEvent) => void) => () => void;
}
