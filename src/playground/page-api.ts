// What the page and the local Discord say to each other. Objects are Discord's own, so that the page and the
// bot speak of one vocabulary. Everything here lies under /page on the playground's address, and `?as={user}` says which
// person of the local Discord sits before the page: you, its owner, by default.
import type {
  APIApplicationCommand,
  APIAttachment,
  APIDMChannel,
  APIGuildMember,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  APIRole,
  APIStickerItem,
  APITextChannel,
  APIThreadChannel,
  APIUser,
} from 'discord.js';

/** Of direct messages, the recipient is the bot. */
export type PageChannel = APITextChannel | APIThreadChannel | APIDMChannel;

/** An image that the page offers to whoever has none at hand. */
export interface SampleImage {
  readonly name: string;
  readonly url: string;
  /** A question that the embedded checkpoint answers well, shown under the picture. */
  readonly tryAsking: string;
  /** Where it is in the web, for a message with a link to it. */
  readonly webAddress: string;
}

export interface PageEmoji {
  readonly id: string;
  readonly name: string;
  readonly animated: boolean;
}

/** GET /page/state. Somebody who is not known (any more) is taken for you. */
export interface PageState {
  readonly me: APIUser;
  /** The language of this person's Discord. */
  readonly locale: string;
  /** What this person may do in the whole server, as Discord's bits. */
  readonly permissions: string;
  readonly guild: { readonly id: string; readonly name: string; readonly ownerId: string };
  readonly roles: readonly APIRole[];
  readonly emoji: readonly PageEmoji[];
  readonly stickers: readonly APIStickerItem[];
  readonly members: readonly APIGuildMember[];
  /** Whether a bot is connected to the gateway. */
  readonly bot: { readonly user: APIUser; readonly online: boolean };
  /** The text channel(s), every thread, threads with `parent_id`, and the direct messages with the bot once there are some. */
  readonly channels: readonly PageChannel[];
  /** Those that this person may use; named in this person's language by `name_localized`. */
  readonly commands: readonly APIApplicationCommand[];
  readonly samples: readonly SampleImage[];
  /** What is to be known about the model in use, in Discord's markdown. */
  readonly modelNote?: string;
}

/**
 * GET /page/channels/{channel}/messages: the newest 100, or with `?before={message}` the newest 100 of those that are
 * older. Oldest first.
 */
export interface MessagePage {
  readonly messages: readonly APIMessage[];
  /** Whether there are older ones than these. */
  readonly hasOlder: boolean;
}

/**
 * POST /page/channels/{channel}/messages as multipart form: field `payload` (this as JSON), any number of `files`.
 * Answers 200 with the APIMessage, or 4xx with PageError.
 */
export interface PostMessage {
  readonly content: string;
  /** The id of a sticker. */
  readonly sticker?: string;
  /** Comes back with the message; one of the same nonce is taken once. At most 25 characters. */
  readonly nonce?: string;
  readonly replyTo?: string;
  /** For a reply: whether it mentions the author of what is replied to (Discord's @ON/@OFF switch; default true). */
  readonly mentionAuthor?: boolean;
}

/** PATCH /page/channels/{channel}/messages/{message} as JSON. Answers 200 with the APIMessage; DELETE answers 200 {}. */
export interface EditMessage {
  readonly content: string;
}

/** POST /page/channels/{channel}/forwards as JSON: into that channel. Answers 200 with the new APIMessage. */
export interface ForwardMessage {
  readonly channelId: string;
  readonly messageId: string;
}

/** POST /page/direct-messages: opens those with the bot. Answers 200 with the PageChannel. */

/** POST /page/people as JSON: somebody new joins. Answers 200 with the APIUser. */
export interface AddPerson {
  readonly name: string;
}

/** PUT /page/language as JSON. Answers 200 {}. */
export interface ChooseLanguage {
  /** One of Discord's, as `en-US`. */
  readonly locale: string;
}

/**
 * PUT /page/avatar as multipart form: `payload` is {}, and `files` the picture that this person shows of themselves, or
 * nothing to show none. Answers 200 {}.
 */

/** PUT /page/people/{user}/roles as JSON. Answers 200 {}. */
export interface SetRoles {
  /** By id; those that belong to a bot stay. */
  readonly roles: readonly string[];
}

/**
 * PATCH /page/channels/{channel} as JSON: what is left out stays. Answers 200 {}. DELETE, for threads alone, answers
 * 200 {}.
 */
export interface ChangeChannel {
  /** Of a thread: until somebody writes in it. */
  readonly closed?: boolean;
  /** Of a thread: only moderators write in it. */
  readonly locked?: boolean;
  /** Of a text channel. */
  readonly ageRestricted?: boolean;
  /** What the bot may not do there, as Discord's bits, in place of what it may not do now. */
  readonly botDenied?: string;
}

/** PUT /page/bot as JSON: invites the bot or takes it out of the server. Answers 200 {}. */
export interface BotMembership {
  readonly isMember: boolean;
}

/**
 * POST /page/interactions as multipart form: field `payload` (this as JSON), and for each option of type
 * Attachment a file in the field `file.{option name}`. Answers 202 {"interactionId"}, or 4xx with PageError.
 */
export type PostInteraction =
  | {
      readonly kind: 'command';
      readonly channelId: string;
      readonly commandId: string;
      readonly options: readonly { readonly name: string; readonly value: string | number | boolean }[];
    }
  | {
      readonly kind: 'button';
      readonly channelId: string;
      readonly messageId: string;
      readonly customId: string;
    }
  /** A command of a message's menu. */
  | {
      readonly kind: 'message-command';
      readonly channelId: string;
      readonly commandId: string;
      readonly messageId: string;
    }
  /** A form that the bot opened, filled in. */
  | {
      readonly kind: 'form';
      readonly channelId: string;
      readonly interactionId: string;
      readonly values: Readonly<Record<string, string>>;
    }
  /** A choice in a menu under a message. */
  | {
      readonly kind: 'menu';
      readonly channelId: string;
      readonly messageId: string;
      readonly customId: string;
      readonly values: readonly string[];
    };

/** POST /page/choices as JSON. Answers 200 with Choices: what the bot offers for an option; none where it is silent. */
export interface PostChoices {
  readonly channelId: string;
  readonly commandId: string;
  readonly option: string;
  readonly typed: string;
}

export type Choices = readonly { readonly name: string; readonly value: string | number }[];

export interface PageError {
  readonly message: string;
}

export interface OpenForm {
  /** What was used, and was answered with the form. */
  readonly interactionId: string;
  readonly channelId: string;
  readonly modal: APIModalInteractionResponseCallbackData;
}

/** WebSocket /page/events: one JSON object a frame, from the server only. */
export type PageEvent =
  | { readonly type: 'message.create' | 'message.update'; readonly message: APIMessage }
  | { readonly type: 'message.delete'; readonly channelId: string; readonly messageId: string }
  | { readonly type: 'channel.create' | 'channel.update'; readonly channel: PageChannel }
  | { readonly type: 'channel.delete'; readonly channelId: string }
  /** The bot typed in this channel just now; Discord shows it for 10 seconds or until its next message. */
  | { readonly type: 'typing'; readonly channelId: string; readonly user: APIUser }
  | { readonly type: 'commands'; readonly commands: readonly APIApplicationCommand[] }
  /** Parts of the state that are others now. */
  | { readonly type: 'state'; readonly change: Partial<PageState> }
  | { readonly type: 'bot'; readonly online: boolean }
  /** The bot asks the person to fill in a form. */
  | { readonly type: 'form.open'; readonly form: OpenForm }
  /** Only the person who used the command sees it: Discord's "The application did not respond". */
  | {
      readonly type: 'interaction.failed';
      readonly interactionId: string;
      readonly channelId: string;
      readonly message: string;
    };

export type { APIAttachment };
