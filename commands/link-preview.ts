// Discord looks at what a link leads to after it has delivered the message, and tells by an edit.
import { Events, type Message, MessageFlags, PermissionFlagsBits } from 'discord.js';

/** Mostly it takes a second; some links have no preview at all. */
const patienceMs = 3_000;

/**
 * Waits for the preview of a link in a message, where there may be one.
 * @returns the message as it is then, as far as discord.js keeps it up to date
 */
export async function awaitPreview(message: Message, signal: AbortSignal): Promise<Message> {
  const { id, client, channel } = message;
  if (message.embeds.length > 0) return message;
  // One that was fetched beside it is not kept up to date.
  const known = () => channel.messages.cache.get(id) ?? message;
  if (known().embeds.length > 0 || !maySeePreviews(message) || !linksIn(message).some(mayHavePreview)) {
    return known();
  }
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      client.off(Events.MessageUpdate, hear);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const hear = (_: unknown, edited: { readonly id: string }) => {
      if (edited.id === id) done();
    };
    const timer = setTimeout(done, patienceMs);
    client.on(Events.MessageUpdate, hear);
    signal.addEventListener('abort', done);
  });
  return known();
}

/**
 * Waits once for what a message shows, however often that is asked: from when it is heard, so that of several in a channel
 * each need not wait for those before it.
 */
export class Previews {
  readonly #waits = new WeakMap<Message, { readonly content: string; readonly shown: Promise<Message> }>();

  of(message: Message, signal: AbortSignal): Promise<Message> {
    const { content } = message;
    const known = this.#waits.get(message);
    if (known?.content === content) return known.shown;
    const shown = awaitPreview(message, signal);
    this.#waits.set(message, { content, shown });
    return shown;
  }
}

/** Whoever posted it may have switched them off, or may not have them there. */
function maySeePreviews({ flags, channel, author }: Message): boolean {
  if (flags.has(MessageFlags.SuppressEmbeds)) return false;
  return channel.isDMBased() || channel.permissionsFor(author)?.has(PermissionFlagsBits.EmbedLinks) !== false;
}

/** Whether it holds a link that is meant to be looked at. */
export function showsLink(message: Message): boolean {
  return linksIn(message).length > 0;
}

/** In <> a link is to have no preview, and in code it is none. */
function linksIn({ content }: Message): URL[] {
  const text = content.replace(/```[\s\S]*?```|`[^`\n]*`/g, ' ');
  const links = text.match(/(?<!<)https?:\/\/[^\s<>]+/g) ?? [];
  return links.filter((link) => URL.canParse(link)).map((link) => new URL(link));
}

/** Not what leads back into Discord, or to a machine that Discord doesn't reach. */
function mayHavePreview({ hostname, pathname }: URL): boolean {
  if (!hostname.includes('.')) return false;
  if (hostname === 'discord.gg') return false;
  const isDiscord = /^((www|ptb|canary)\.)?discord(app)?\.com$/.test(hostname);
  return !isDiscord || !/^\/(channels|invite|events|users)\//.test(pathname);
}
