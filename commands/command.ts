// What a command is, and what the program hands to it. Everything here is an interface, so that a command can be
// read and tested without knowing how images are captured or where the model runs.
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { Conversations, SceneImage } from '../conversation/conversations.ts';
import type { Logger } from '../models/logger.ts';
import type { Saying } from '../models/saying.ts';
import type { Copies } from './copies.ts';
import type { Drafts } from './drafts.ts';
import type { Previews } from './link-preview.ts';
import type { Preferences } from './preferences.ts';
import type { QuietWork } from './quiet-work.ts';
import type { ToldOnce } from './told-once.ts';
import type { Typing } from './typing.ts';

/** One image that somebody posted: where it hangs, whose it is, and since when. */
export interface PostedImage extends SceneImage {
  readonly authorId: string;
  readonly postedAt: Date;
  /** Signed by Discord and soon expired; `Images.fetch` refreshes it. */
  readonly url: string;
  readonly name: string;
  readonly size: number;
  /** All pictures on its message, in their order. */
  readonly among?: readonly { readonly attachmentId: string; readonly name: string }[];
  /** What it is, where that isn't plain: stands under answers about it. */
  readonly note?: Saying;
  /** It is covered until somebody clicks it. */
  readonly isHidden?: true;
  /** The alternative text that whoever posted it gave it. */
  readonly description?: string;
}

export interface Images {
  /**
   * The newest image posted in a channel, thread or DM, as far as the bot saw it or can read it back.
   * @param upTo a message's id: nothing that was posted after it counts
   */
  newestIn(channelId: string, upTo?: string): Promise<PostedImage | undefined>;
  /** The image that was the newest when a message was posted, also long ago and before the bot came. */
  newestAsOf(channelId: string, messageId: string): Promise<PostedImage | undefined>;
  /**
   * The file's bytes, or undefined when its message is gone. Only from Discord's own hosts, within the limits on
   * bytes and time.
   * @throws UserError saying what is wrong with it and what to do; UnreadableError where that stays so
   */
  fetch(image: PostedImage | SceneImage, signal?: AbortSignal): Promise<Uint8Array | undefined>;
  /** All pictures on the message that one hangs on, in their order; none when it is gone. */
  picturesBeside(image: SceneImage): Promise<readonly PostedImage[]>;
  /** Says that an image can't be read, so that nobody's next question is taken to be about it. Never rejects. */
  markUnreadable(image: SceneImage): Promise<void>;
}

export interface Services {
  readonly images: Images;
  readonly conversations: Conversations;
  readonly preferences: Preferences;
  readonly typing: Typing;
  readonly drafts: Drafts;
  readonly copies: Copies;
  readonly quiet: QuietWork;
  readonly previews: Previews;
  /** Who was told, in which thread, that they may not ask there. */
  readonly refusals: ToldOnce;
  readonly log: Logger;
  /** Hears the key of each sentence that tells somebody why not. */
  readonly onRefusal?: (reason: string) => void;
  /** Aborted with a UserError as its reason when the bot stops and can't wait any longer. */
  readonly signal: AbortSignal;
}

/** Of a command, a button, a form. */
interface Usable {
  /** Whoever may use it, and however often: it costs no answer of the model. */
  readonly isFree?: true;
}

export interface Command extends Usable {
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  execute(interaction: ChatInputCommandInteraction, services: Services): Promise<void>;
  /** Offers values for the option that is being typed. */
  complete?(interaction: AutocompleteInteraction, services: Services): Promise<void>;
}

/** An entry of a message's menu under "Apps". */
export interface MessageCommand extends Usable {
  readonly data: RESTPostAPIContextMenuApplicationCommandsJSONBody;
  execute(interaction: MessageContextMenuCommandInteraction, services: Services): Promise<void>;
}

/** What a message or a form of ours sends back is found by the part of its custom id before the first colon. */
interface Part<Interaction> extends Usable {
  readonly id: string;
  execute(interaction: Interaction, services: Services): Promise<void>;
}

export type Button = Part<ButtonInteraction>;
export type SelectMenu = Part<StringSelectMenuInteraction>;
export type Form = Part<ModalSubmitInteraction>;
