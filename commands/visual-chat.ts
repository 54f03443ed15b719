// A thread that the bot opened on an image: in it, every message is a question about that image.
import {
  type AnyThreadChannel,
  type Channel,
  ChannelType,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  type Message,
  type NewsChannel,
  RESTJSONErrorCodes,
  type TextChannel,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import type { Caption, OnProgress, SceneImage } from '../conversation/conversations.ts';
import { reopen } from './closed-thread.ts';
import type { PostedImage, Services } from './command.ts';
import { channelConversation, threadConversation } from './conversation-id.ts';
import { UserError } from './errors.ts';
import { readsMessages } from './intents.ts';
import { type LookedAt, lookAtReadable } from './look-at-readable.ts';
import { patiently } from './patience.ts';
import { placeNote } from './pictures.ts';
import { post } from './post.ts';
import { splitText } from './split-text.ts';
import { say, saying } from './texts/texts.ts';
import { refuseWithheld } from './withheld.ts';

const maxNameCharacters = 100;

export function isVisualChat(channel: Channel | null): boolean {
  return channel?.isThread() === true && channel.ownerId === channel.client.user.id;
}

/** Only in these a message can have a thread of its own. */
export function canHoldThreads(channel: Channel | null): channel is TextChannel | NewsChannel {
  return channel !== null && !hasNoThreads(channel.type);
}

/** Of a channel of that type. */
export function hasNoThreads(type: ChannelType): boolean {
  return type !== ChannelType.GuildText && type !== ChannelType.GuildAnnouncement;
}

interface Asking {
  readonly askedBy: string;
  readonly locale: string;
  /** The image's, where it was made already. */
  readonly caption?: string;
  /** As in Looking. */
  readonly isNamed?: boolean;
  readonly onProgress?: OnProgress;
}

/**
 * Opens a visual chat on the message of an image, or finds the thread that hangs there already. What was asked about
 * the image in the channel is remembered in it.
 * @returns a sentence that leads to the thread
 */
export async function openVisualChat(
  message: Message,
  meant: SceneImage | PostedImage,
  services: Services,
  asking: Asking,
): Promise<string> {
  const { locale, caption } = asking;
  const existing = await threadOn(message, services);
  if (existing) {
    await reopen(existing, services.signal);
    await beginOrChange(existing, meant, locale, services);
    return invitation(existing, locale);
  }
  const known = caption === undefined ? undefined : { image: meant, seen: { text: caption }, note: '' };
  const { image, seen, note } = known ?? (await captionOf(meant, asking, services));
  // They may have said so while it was looked at.
  refuseWithheld(image, services.preferences.privacy);
  // A thread's name hides nothing.
  const isHidden = 'isHidden' in image && image.isHidden === true;
  const thread = await openThread(message, threadName(isHidden ? '' : seen.text, locale), services);
  await begin(thread, image, locale, services);
  return `${invitation(thread, locale)}${note && placeNote(image, locale)}${note}`;
}

/** The bot may have opened the thread and been cut off before it could go on; or another picture of the message is meant. */
async function beginOrChange(
  thread: AnyThreadChannel,
  image: SceneImage,
  locale: string,
  services: Services,
): Promise<void> {
  const { conversations } = services;
  const record = await conversations.recall(threadConversation(thread.id));
  if (!record) return begin(thread, image, locale, services);
  const { messageId, attachmentId } = record.image;
  if (messageId !== image.messageId || attachmentId === image.attachmentId) return;
  await conversations.begin(threadConversation(thread.id), image, channelConversation(thread.id));
}

/** Does no harm when done twice; nothing in a thread that somebody else opened. */
async function begin(
  thread: AnyThreadChannel,
  image: SceneImage,
  locale: string,
  { conversations, signal }: Services,
): Promise<void> {
  if (!isVisualChat(thread)) return;
  await Promise.all([
    // A message's thread has the id of the message.
    conversations.begin(threadConversation(thread.id), image, channelConversation(thread.id)),
    post(thread, { content: howToChat(thread, locale) }, signal, thread.id),
  ]);
}

async function captionOf(
  meant: SceneImage | PostedImage,
  { askedBy, onProgress, ...looking }: Asking,
  services: Services,
): Promise<LookedAt<Caption>> {
  const { conversations, images, signal } = services;
  const asking = { askedBy, ...(onProgress && { onProgress }), signal };
  return lookAtReadable(meant, looking, services, (image) =>
    conversations.caption({ image, fetchImage: () => images.fetch(image, signal), ...asking }),
  );
}

export function threadName(caption: string, locale: string): string {
  const name = caption.replace(/\s+/g, ' ').trim() || say(locale, 'threadName');
  return name.length <= maxNameCharacters ? name : `${splitText(name, maxNameCharacters - 1)[0]}…`;
}

function invitation(thread: AnyThreadChannel, locale: string): string {
  return say(locale, isVisualChat(thread) ? 'threadOpened' : 'threadThere', { thread: `<#${thread.id}>` });
}

function howToChat({ client }: AnyThreadChannel, locale: string): string {
  return say(locale, readsMessages(client) ? 'howToChat' : 'howToChatByMention');
}

async function threadOn(message: Message, services: Services): Promise<AnyThreadChannel | undefined> {
  if (message.thread) return message.thread;
  return message.hasThread ? threadOpenedMeanwhile(message, services) : undefined;
}

/**
 * A message's thread has the id of the message.
 * @throws UserError when the thread was deleted: the message keeps the mark of it, and can have no other
 */
async function threadOpenedMeanwhile(
  { id, client }: Message,
  { signal }: Services,
): Promise<AnyThreadChannel> {
  const thread = await patiently(() => client.channels.fetch(id), signal).catch((error: unknown) => {
    if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.UnknownChannel) throw error;
    throw new UserError(saying('threadDeleted'));
  });
  if (!thread?.isThread()) throw new Error(`Channel ${id} is not the thread of its message.`);
  return thread;
}

/** The thread may be there already: of somebody who was quicker, or of an attempt whose response was lost. */
async function openThread(message: Message, name: string, services: Services): Promise<AnyThreadChannel> {
  const options = { name, autoArchiveDuration: ThreadAutoArchiveDuration.OneDay };
  try {
    return await patiently(() => message.startThread(options), services.signal);
  } catch (error) {
    if (!isTaken(error)) throw error;
    return threadOpenedMeanwhile(message, services);
  }
}

/** Said by Discord, or by discord.js if it knows already. */
function isTaken(error: unknown): boolean {
  return error instanceof DiscordAPIError
    ? error.code === RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage
    : error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.MessageExistingThread;
}
