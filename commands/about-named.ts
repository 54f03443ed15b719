// Turns a question to the picture and the frame that it names.
import type { Client } from 'discord.js';
import { type Asked, aboutNamedPicture } from './about-named-picture.ts';
import type { Services } from './command.ts';
import { imageNow } from './image-place.ts';
import { aboutNamedFrame, namedFrame } from './named-frame.ts';

/** @throws UserError where it names a picture that isn't there */
export async function aboutNamed<T extends Asked>(asked: T, client: Client, services: Services): Promise<T> {
  const about = await aboutNamedPicture(asked, services);
  const { image, question } = about;
  if (!namedFrame(question)) return about;
  // What is only known by its place is looked up, as it may not move at all.
  const picture = 'url' in image ? image : await imageNow(client, image, services.signal);
  return { ...about, ...(await aboutNamedFrame(picture, question, services)) };
}
