// Leads what Discord tells to whoever is concerned: images to the index, messages and interactions to their handlers.
import { type Client, Events, type Interaction, type Message } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { answerMessage } from '../commands/answer-message.ts';
import type { Services } from '../commands/command.ts';
import { understand } from '../commands/inquiry.ts';
import { KeyedQueue } from '../conversation/keyed-queue.ts';
import type { ImageIndex } from './capture/image-index.ts';
import { dispatch } from './dispatch.ts';
import { completeOption, findHandler } from './find-handler.ts';
import type { InFlight } from './in-flight.ts';

export interface ListenOptions {
  readonly index: ImageIndex;
  readonly services: Services;
  readonly inFlight: InFlight;
}

/** Discord may deliver an event again after a broken connection; so many are remembered. */
const rememberedIds = 5_000;

export function listen(client: Client, { index, services, inFlight }: ListenOptions): void {
  const seen = new LRUCache<string, true>({ max: rememberedIds });
  const channels = new KeyedQueue();

  const once = (id: string, work: () => Promise<void>) => {
    if (seen.has(id) || services.signal.aborted) return;
    seen.set(id, true);
    inFlight.add(work());
  };

  followImages(client, index);
  client.on(Events.MessageCreate, (message) =>
    once(message.id, () => handleMessage(message, channels, services)),
  );
  client.on(Events.InteractionCreate, (interaction) =>
    once(interaction.id, () => handleInteraction(interaction, services)),
  );
}

function followImages(client: Client, index: ImageIndex): void {
  // A new session, unlike a resumed one, tells nothing of what happened before it.
  client.on(Events.ShardReady, () => index.clear());
  client.on(Events.MessageCreate, (message) => index.hear(message));
  client.on(Events.MessageUpdate, (_, message) => {
    if (!message.partial) index.change(message);
  });
  client.on(Events.MessageDelete, ({ channelId, id }) => index.remove(channelId, id));
  client.on(Events.MessageBulkDelete, (messages) => {
    for (const { channelId, id } of messages.values()) index.remove(channelId, id);
  });
  client.on(Events.ChannelDelete, ({ id }) => index.forget(id));
  client.on(Events.ThreadDelete, ({ id }) => index.forget(id));
}

/** Who asked first in a channel is understood and put to the model first; the answers run side by side. */
function handleMessage(message: Message, channels: KeyedQueue, services: Services): Promise<void> {
  return dispatch(message, services, async () => {
    const { answer } = await channels.run(message.channelId, async () => {
      const inquiry = await understand(message, services);
      return { answer: inquiry && answerMessage(message, inquiry, services) };
    });
    await answer;
  });
}

async function handleInteraction(interaction: Interaction, services: Services): Promise<void> {
  const found = findHandler(interaction, services);
  if (found) return dispatch(found.source, services, found.work);
  try {
    await completeOption(interaction, services);
  } catch (error) {
    // There is no answer to show it in; people type on.
    services.log.debug({ err: error }, 'Could not offer values for an option');
  }
}
