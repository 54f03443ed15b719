// Discord looks at what a link leads to after it has delivered the message, and tells by an edit.
import { Events, type Message } from 'discord.js';

/** Mostly it takes a second; some links have no preview at all. */
const patienceMs = 3_000;

/** Waits for the preview of a link in a message; discord.js keeps the message up to date. */
export async function awaitPreview(message: Message, signal: AbortSignal): Promise<void> {
  const { id, client, content, embeds } = message;
  // In <> it is to have none.
  if (embeds.length > 0 || !/(?<!<)https?:\/\/\S/.test(content)) return;
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
}
