// Puts another answer into the messages that show one.
import { type Client, type Message, Routes } from 'discord.js';
import { isGone } from './delete-message.ts';
import { fetchMessage } from './fetch-message.ts';
import { type Outgoing, partsOf, quietly } from './outgoing.ts';
import { patiently } from './patience.ts';
import { replyToMessage } from './reply.ts';

interface Shown {
  readonly client: Client;
  readonly channelId: string;
  /** In order. */
  readonly messageIds: readonly string[];
}

/** @returns the messages that show it now; none where the old ones are gone */
export async function rewriteAnswer(
  { client, channelId, messageIds }: Shown,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const channel = await patiently(() => client.channels.fetch(channelId), signal);
  if (!channel?.isTextBased()) return [];
  const found = await Promise.all(messageIds.map((id) => fetchMessage(channel, id, signal)));
  const known = found.filter((message) => message !== undefined);
  const parts = partsOf(outgoing);
  const surplus = known.splice(parts.length);
  const edited = known.map((message, index) => edit(message, parts[index] ?? {}, signal));
  const shown = (await Promise.all(edited)).filter((message) => message !== undefined);
  const further = parts.slice(shown.length);
  const [first] = shown;
  const added = first ? await replyAll(first, further, signal) : [];
  await deleteAnswer({ client, channelId, messageIds: surplus.map(({ id }) => id) }, signal);
  return [...shown.map(({ id }) => id), ...added];
}

/** Those that are gone already do no harm. */
export async function deleteAnswer(shown: Shown, signal: AbortSignal): Promise<void> {
  await onEach(shown, (route) => shown.client.rest.delete(route), signal);
}

/** The text stays. Those that are gone already do no harm. */
export async function takeFilesOff(shown: Shown, signal: AbortSignal): Promise<void> {
  await onEach(shown, (route) => shown.client.rest.patch(route, { body: { attachments: [] } }), signal);
}

async function onEach(
  { channelId, messageIds }: Shown,
  work: (route: `/${string}`) => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  for (const id of messageIds) {
    try {
      await patiently(() => work(Routes.channelMessage(channelId, id)), signal);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}

type Part = ReturnType<typeof partsOf>[number];

/** Undefined where it is gone: discord.js may still know of one that was deleted this moment. */
async function edit(
  message: Message,
  { content = '', components = [] }: Partial<Part>,
  signal: AbortSignal,
): Promise<Message | undefined> {
  try {
    return await patiently(() => message.edit({ content, components, ...quietly }), signal);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function replyAll(first: Message, parts: readonly Part[], signal: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  for (const { content, components = [] } of parts) {
    ids.push(...(await replyToMessage(first, { text: content, components }, signal)));
  }
  return ids;
}
