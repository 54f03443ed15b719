// What happens to pictures that nobody asked about, in channels where each is to get a caption or a thread.
import { type Message, MessageType } from 'discord.js';
import { ifAllowed, placeOf, refusalFor } from './allowed.ts';
import type { PostedImage, Services } from './command.ts';
import { languageOf } from './language-of.ts';
import { lookAt } from './look-at.ts';
import { imageOn, picturesOn } from './pictures.ts';
import { spoken } from './plain-text.ts';
import { replyQuietly } from './reply.ts';
import { canHoldThreads, isVisualChat, openVisualChat } from './visual-chat.ts';

/** Undefined for a message that sets off nothing: without a picture, of a bot, or where no channel is watched. */
export function watchChannel(message: Message, services: Services): (() => Promise<void>) | undefined {
  const isPosted = message.type === MessageType.Default || message.type === MessageType.Reply;
  if (!isPosted || message.author.bot || message.webhookId || isVisualChat(message.channel)) return undefined;
  const place = placeOf(message);
  const image = place && imageOn(message);
  if (!image || services.preferences.privacy.hasOptedOut(image.authorId)) return undefined;
  const mode = services.preferences.settings.inForce(place).mode.value;
  if (refusalFor(message, services)) return undefined;
  if (mode === 'caption') return () => unasked(message, services, () => captionAll(message, services));
  if (mode === 'thread' && canHoldThreads(message.channel)) {
    return () =>
      unasked(message, services, async () => {
        await openVisualChat(message, image, services, {
          askedBy: message.author.id,
          locale: await languageOf(message, services),
        });
      });
  }
  return undefined;
}

/** Nobody asked, so nobody is told what went wrong: the log is. */
async function unasked(message: Message, services: Services, work: () => Promise<void>): Promise<void> {
  try {
    await ifAllowed(message, services, work);
  } catch (error) {
    const { id, channelId, guildId } = message;
    const fields = { err: error, messageId: id, channelId, guildId };
    services.log.info(fields, 'A picture in a watched channel went without its caption or thread');
  }
}

async function captionAll(message: Message, services: Services): Promise<void> {
  const pictures = picturesOn(message);
  const locale = await languageOf(message, services);
  const captions: string[] = [];
  for (const [index, picture] of pictures.entries()) {
    const caption = spoken(await captionOf(picture, services), locale);
    captions.push(pictures.length > 1 ? `${index + 1}. ${caption}` : caption);
  }
  await replyQuietly(message, captions.join('\n'), services.signal);
}

async function captionOf(image: PostedImage, services: Services): Promise<string> {
  const { conversations, images, signal } = services;
  const fetchImage = () => images.fetch(image, signal);
  return lookAt(image, services, () => conversations.caption({ image, fetchImage, signal }));
}
