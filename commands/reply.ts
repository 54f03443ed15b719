// Posts an answer to a message: as a reply to whoever asked, pinging nobody.
import { type Message, MessageFlags } from 'discord.js';
import { type Outgoing, type Part, partsOf, quietly } from './outgoing.ts';
import { patiently } from './patience.ts';
import { postedOnce } from './post.ts';

/**
 * Every part is a reply to the question, so that a reply to any of them leads back to the image.
 * @param signal ends the waiting for a Discord that fails
 * @param draft becomes the first part, and says its message's id
 * @returns the ids of the messages
 */
export async function replyToMessage(
  message: Message,
  outgoing: Outgoing,
  signal?: AbortSignal,
  draft?: { become(part: Part, signal: AbortSignal | undefined): Promise<string> },
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [index, part] of partsOf(outgoing).entries()) {
    const isDrafted = draft && index === 0;
    ids.push(isDrafted ? await draft.become(part, signal) : (await reply(message, part, signal)).id);
  }
  return ids;
}

/** @param nonce as in `post` */
export async function reply(
  message: Message,
  part: Part,
  signal: AbortSignal | undefined,
  nonce?: string,
): Promise<Message> {
  const once = postedOnce(nonce);
  return patiently(() => message.reply({ ...part, ...quietly, failIfNotExists: false, ...once }), signal);
}

/**
 * A reply that nobody asked for: it makes no sound.
 * @returns the ids of the messages
 */
export async function replyQuietly(
  message: Message,
  text: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const flags = MessageFlags.SuppressNotifications as const;
  const ids: string[] = [];
  for (const part of partsOf({ text })) {
    const once = postedOnce();
    const options = { ...part, ...quietly, failIfNotExists: false, ...once, flags };
    ids.push((await patiently(() => message.reply(options), signal)).id);
  }
  return ids;
}
