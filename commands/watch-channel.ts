// What happens to pictures that nobody asked about, in channels where each is to get a caption or a thread.
import { type GuildTextBasedChannel, type Message, MessageType } from 'discord.js';
import type { Caption } from '../conversation/conversations.ts';
import { BusyError } from '../models/errors.ts';
import type { Saying } from '../models/saying.ts';
import { ifAllowed, placeOf, refusalFor } from './allowed.ts';
import type { PostedImage, Services } from './command.ts';
import { confidenceNote } from './confidence-note.ts';
import { noteCopy } from './copies.ts';
import { lackingToWatch } from './lacking-to-watch.ts';
import { languageOf } from './language-of.ts';
import { isUnreadable, lookAt } from './look-at.ts';
import { picturesOn } from './pictures.ts';
import { covered, spoken } from './plain-text.ts';
import type { Mode } from './preferences.ts';
import type { QuietPart } from './quiet-work.ts';
import { replyQuietly } from './reply.ts';
import { tellKeeper } from './tell-keeper.ts';
import { say } from './texts/texts.ts';
import { canHoldThreads, isVisualChat, openVisualChat } from './visual-chat.ts';
import { refuseWithheld } from './withheld.ts';

/** @returns false where it was left undone, to be taken up after the next start */
type Watching = () => Promise<boolean>;

interface Watched {
  readonly message: Message<true>;
  readonly pictures: readonly [PostedImage, ...PostedImage[]];
  readonly mode: Mode;
}

/** Undefined for a message that sets off nothing: without a picture, of a bot, or where no channel is watched. */
export async function watchChannel(message: Message, services: Services): Promise<Watching | undefined> {
  const watched = await watchedIn(message, services);
  if (!watched) return undefined;
  const { mode } = watched;
  const lacking = lackingToWatch(mode, watched.message.channel);
  if (lacking.length > 0) return () => tellOnce(watched, lacking, services);
  const opensThread = mode === 'thread' && canHoldThreads(message.channel);
  const work = opensThread ? openThread : captionAll;
  return () =>
    unasked(message, services, (part) => work(watched, { ...services, signal: part.signal }, part));
}

async function watchedIn(message: Message, services: Services): Promise<Watched | undefined> {
  const isPosted = message.type === MessageType.Default || message.type === MessageType.Reply;
  if (!isPosted || message.author.bot || message.webhookId || isVisualChat(message.channel)) return undefined;
  const place = placeOf(message);
  // A sticker or the small picture beside a link's text is not posted for its own sake.
  const [first, ...others] = place ? picturesOn(message) : [];
  if (!place || !first || !message.inGuild()) return undefined;
  const { privacy, settings } = services.preferences;
  const mode = settings.inForce(place).mode.value;
  if (mode !== 'caption' && mode !== 'thread') return undefined;
  if (privacy.hasOptedOut(first.authorId) || (await refusalFor(message, services))) return undefined;
  return { message, pictures: [first, ...others], mode };
}

/** Nobody asked, so nobody is told what went wrong: the log is. */
async function unasked(
  message: Message,
  services: Services,
  work: (part: QuietPart) => Promise<void>,
): Promise<boolean> {
  const { quiet, log, signal } = services;
  try {
    const caller = message.guildId ?? '';
    await ifAllowed(message, services, () => quiet.run(caller, signal, work));
    return true;
  } catch (error) {
    const { id, channelId, guildId } = message;
    const fields = { err: error, messageId: id, channelId, guildId };
    const why = error instanceof BusyError ? ', as there was too much to do' : '';
    log.info(fields, `A picture in a watched channel went without its caption or thread${why}`);
    return !signal.aborted && !quiet.isClosed;
  }
}

async function tellOnce(
  { message, mode }: Watched,
  lacking: readonly Saying[],
  services: Services,
): Promise<boolean> {
  const channel: GuildTextBasedChannel = message.channel;
  await tellKeeper(channel, mode, lacking, services);
  return false;
}

async function openThread(
  { message, pictures }: Watched,
  services: Services,
  part: QuietPart,
): Promise<void> {
  await part.idle();
  // A thread's name hides nothing.
  const hidden = pictures[0].isHidden ? { caption: '' } : {};
  const locale = await languageOf(message, services);
  // Nor does it where that picture is looked at in the place of another.
  const isNamed = pictures.some(({ isHidden }) => isHidden === true);
  const asking = { askedBy: message.author.id, locale, isNamed, ...hidden };
  await openVisualChat(message, pictures[0], services, asking);
}

async function captionAll(
  { message, pictures }: Watched,
  services: Services,
  part: QuietPart,
): Promise<void> {
  const locale = await languageOf(message, services);
  const captions: (string | undefined)[] = [];
  for (const picture of pictures) {
    await part.idle();
    const caption = await captionOf(picture, services, pictures.length > 1);
    const told = caption && spoken(caption.text, locale);
    const note = caption ? confidenceNote(caption, locale) : '';
    captions.push(told && `${covered(told, picture.isHidden)}${note}`);
  }
  if (captions.every((caption) => caption === undefined)) return;
  // They may have said so while it was looked at.
  refuseWithheld(pictures[0], services.preferences.privacy);
  const lines = captions.map((caption, index) =>
    pictures.length > 1 ? `${index + 1}. ${caption ?? say(locale, 'cantReadThis')}` : caption,
  );
  const shown = await replyQuietly(message, lines.join('\n'), services.signal);
  await Promise.all(shown.map((messageId) => goWith({ message, pictures, messageId }, services)));
}

/** Nobody asked for it: a caption whose picture is gone says what somebody took back. */
async function goWith(
  {
    message,
    pictures: [first, ...others],
    messageId,
  }: Omit<Watched, 'mode'> & { readonly messageId: string },
  services: Services,
): Promise<void> {
  const { channelId, id: originalId, guildId } = message;
  const attachmentIds = [first, ...others].map(({ attachmentId }) => attachmentId);
  const place = { channelId, ...(guildId && { guildId }) };
  await noteCopy({ ...place, messageId, originalId, attachmentIds, authorId: first.authorId }, services);
}

/** @param isOneOfMany then one that can't be read costs the others nothing: undefined */
async function captionOf(
  image: PostedImage,
  services: Services,
  isOneOfMany: boolean,
): Promise<Caption | undefined> {
  const { conversations, images, signal } = services;
  const fetchImage = () => images.fetch(image, signal);
  try {
    const look = () => conversations.caption({ image, fetchImage, signal });
    return await lookAt(image, services, look);
  } catch (error) {
    if (!isOneOfMany || !isUnreadable(error)) throw error;
    services.log.debug({ err: error, messageId: image.messageId }, 'One of several pictures can not be read');
    return undefined;
  }
}
