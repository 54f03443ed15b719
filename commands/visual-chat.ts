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
import type { SceneImage } from '../conversation/conversations.ts';
import type { Services } from './command.ts';
import { channelConversation, threadConversation } from './conversation-id.ts';
import { UserError } from './errors.ts';
import { readsMessages } from './intents.ts';
import { lookAt } from './look-at.ts';
import { post } from './reply.ts';
import { splitText } from './split-text.ts';

const maxNameCharacters = 100;

export function isVisualChat(channel: Channel | null): boolean {
  return channel?.isThread() === true && channel.ownerId === channel.client.user.id;
}

/** Only in these a message can have a thread of its own. */
export function canHoldThreads(channel: Channel | null): channel is TextChannel | NewsChannel {
  return channel?.type === ChannelType.GuildText || channel?.type === ChannelType.GuildAnnouncement;
}

/**
 * Opens a visual chat on the message of an image, or finds the thread that hangs there already. What was asked about
 * the image in the channel is remembered in it.
 * @param caption of the image, where it was made already
 * @returns a sentence that leads to the thread
 */
export async function openVisualChat(
  message: Message,
  image: SceneImage,
  services: Services,
  caption?: string,
): Promise<string> {
  const existing = await threadOn(message);
  if (existing) return invitation(existing);
  const name = threadName(caption ?? (await captionOf(image, services)));
  const thread = await startThread(message, name);
  if (!thread) return invitation(await threadOpenedMeanwhile(message));
  await Promise.all([
    services.conversations.begin(threadConversation(thread.id), image, channelConversation(message.id)),
    post(thread, { content: howToChat(thread) }, services.signal),
  ]);
  return invitation(thread);
}

function captionOf(image: SceneImage, services: Services): Promise<string> {
  const { conversations, images, signal } = services;
  const fetchImage = () => images.fetch(image, signal);
  return lookAt(image, services, () => conversations.caption({ image, fetchImage, signal }));
}

export function threadName(caption: string): string {
  const name = caption.replace(/\s+/g, ' ').trim() || 'About this picture';
  return name.length <= maxNameCharacters ? name : `${splitText(name, maxNameCharacters - 1)[0]}…`;
}

function invitation(thread: AnyThreadChannel): string {
  return isVisualChat(thread)
    ? `Let's talk about it in <#${thread.id}>.`
    : `The picture has a thread already: <#${thread.id}>. Mention me there when you ask.`;
}

function howToChat({ client }: AnyThreadChannel): string {
  const how = readsMessages(client) ? 'just write, no need to mention me' : 'mention me in each message';
  return `Ask about this picture: ${how}. Post another picture here to talk about that one instead.`;
}

async function threadOn(message: Message): Promise<AnyThreadChannel | undefined> {
  if (message.thread) return message.thread;
  return message.hasThread ? threadOpenedMeanwhile(message) : undefined;
}

/**
 * A message's thread has the id of the message.
 * @throws UserError when the thread was deleted: the message keeps the mark of it, and can have no other
 */
async function threadOpenedMeanwhile(message: Message): Promise<AnyThreadChannel> {
  const thread = await message.client.channels.fetch(message.id).catch((error: unknown) => {
    if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.UnknownChannel) throw error;
    throw new UserError('The thread of that picture was deleted. Post the picture again to open a new one.');
  });
  if (!thread?.isThread()) throw new Error(`Channel ${message.id} is not the thread of its message.`);
  return thread;
}

/** Undefined when somebody else was quicker. */
async function startThread(message: Message, name: string): Promise<AnyThreadChannel | undefined> {
  try {
    return await message.startThread({ name, autoArchiveDuration: ThreadAutoArchiveDuration.OneDay });
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw error;
  }
}

/** Said by Discord, or by discord.js if it knows already. */
function isTaken(error: unknown): boolean {
  return error instanceof DiscordAPIError
    ? error.code === RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage
    : error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.MessageExistingThread;
}
