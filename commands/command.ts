// What a command is, and what the program hands to it. Everything here is an interface, so that a command can be
// read and tested without knowing how images are captured or where the model runs.
import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  Message,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Conversations } from '../conversation/conversations.ts';
import type { Logger } from '../models/logger.ts';

export type { Logger };

/** One image that somebody posted: where it hangs, whose it is, and since when. */
export interface PostedImage {
  readonly channelId: string;
  readonly messageId: string;
  readonly attachmentId: string;
  readonly authorId: string;
  readonly postedAt: Date;
  /** Signed by Discord and soon expired; `Images.fetch` refreshes it. */
  readonly url: string;
  readonly name: string;
  readonly size: number;
}

export interface Images {
  /** The newest image posted in a channel or thread, as far as the bot saw or can read back. */
  newestIn(channelId: string): Promise<PostedImage | undefined>;
  /** The first image that hangs on a message. */
  on(message: Message): PostedImage | undefined;
  /**
   * The file's bytes. Only from Discord's own hosts, within the limits on bytes, pixels and time.
   * @throws UserError saying what is wrong with it and what to do
   */
  fetch(image: PostedImage, signal?: AbortSignal): Promise<Uint8Array>;
  /** Finds an image again by its message, or undefined when the message is gone. */
  find(channelId: string, messageId: string): Promise<PostedImage | undefined>;
}

export interface Services {
  readonly images: Images;
  readonly conversations: Conversations;
  readonly log: Logger;
}

export interface Command {
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  execute(interaction: ChatInputCommandInteraction, services: Services): Promise<void>;
}

/** A button is found by the part of its custom id before the first colon. */
export interface Button {
  readonly id: string;
  execute(interaction: ButtonInteraction, services: Services): Promise<void>;
}
