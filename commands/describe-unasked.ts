// Captions a picture that the bot posted without a description, once nobody who asked waits, and describes it so.
import type { Message } from 'discord.js';
import { altTextOf } from './alt-text.ts';
import type { PostedImage, Services } from './command.ts';
import { describeFiles } from './describe-files.ts';

/**
 * Never rejects.
 * @param locale of whoever handed it over
 */
export async function describeUnasked(
  message: Message,
  image: PostedImage,
  locale: string,
  services: Services,
): Promise<void> {
  const { conversations, images, log, quiet, signal } = services;
  try {
    await quiet.run(message.guildId ?? message.channelId, signal, async (part) => {
      await part.idle();
      const fetchImage = () => images.fetch(image, part.signal);
      const { text } = await conversations.caption({ image, fetchImage, signal: part.signal });
      const description = altTextOf(text, locale);
      if (description) await describeFiles(message, description, services);
    });
  } catch (error) {
    log.info({ err: error, messageId: message.id }, 'A picture that I had posted went without a description');
  }
}
