// Leads what Discord tells to whoever is concerned: images to the index, messages and interactions to their handlers.
import {
  type Client,
  DiscordAPIError,
  Events,
  type Interaction,
  type Message,
  type PartialMessage,
} from 'discord.js';
import { LRUCache } from 'lru-cache';
import { ifAllowed } from '../commands/allowed.ts';
import { answerMessage } from '../commands/answer-message.ts';
import type { Services } from '../commands/command.ts';
import { understand } from '../commands/inquiry.ts';
import { isForBot } from '../commands/is-for-bot.ts';
import { isPassing } from '../commands/patience.ts';
import { picturesOn } from '../commands/pictures.ts';
import { watchChannel } from '../commands/watch-channel.ts';
import { KeyedQueue } from '../conversation/keyed-queue.ts';
import { AnswersUnderWay } from './answers-under-way.ts';
import type { ImageIndex } from './capture/image-index.ts';
import type { AnsweredMessages } from './catch-up/answered-messages.ts';
import { catchUp } from './catch-up/catch-up.ts';
import type { KeptDrafts } from './catch-up/kept-drafts.ts';
import type { MissedChanges } from './catch-up/missed-changes.ts';
import { isRecent } from './catch-up/missed-messages.ts';
import { dispatch } from './dispatch.ts';
import { EditsOfOne } from './edits-of-one.ts';
import { completeOption, findHandler } from './find-handler.ts';
import { followEdits, followMissedEdit } from './follow-edits.ts';
import type { InFlight } from './in-flight.ts';
import { NewestEdits } from './newest-edits.ts';

export interface ListenOptions {
  readonly index: ImageIndex;
  readonly services: Services;
  readonly inFlight: InFlight;
  readonly answered: AnsweredMessages;
  readonly missedChanges: MissedChanges;
  readonly keptDrafts: KeptDrafts;
}

/** Discord may deliver an event again after a broken connection; so many are remembered. */
const rememberedIds = 5_000;

export function listen(client: Client, options: ListenOptions): void {
  const { index, services, inFlight, answered, missedChanges, keptDrafts } = options;
  const seen = new LRUCache<string, true>({ max: rememberedIds });
  const channels = new KeyedQueue();
  const underWay = new AnswersUnderWay(services.signal);
  const handling = { channels, services, answered, underWay };

  const once = (id: string, work: () => Promise<void>) => {
    if (seen.has(id) || services.signal.aborted) return;
    seen.set(id, true);
    inFlight.add(work());
  };

  const hear = (message: Message, priority?: number) => {
    // No bot is answered, and nothing of one's own: each answer comes by here once it is posted.
    if (!message.author.bot) once(message.id, () => handleMessage(message, { ...handling, priority }));
  };

  followImages(client, index);
  keptDrafts.follow(client, inFlight);
  const following = {
    services,
    inFlight,
    underWay,
    edits: new EditsOfOne(),
    newest: new NewestEdits(),
    hear: (message: Message, isFirst: boolean) => handleMessage(message, { ...handling, isFirst }),
  };
  followEdits(client, following);
  client.on(Events.MessageCreate, (message) => hear(message));
  client.on(Events.MessageUpdate, (before, message) => {
    if (message.partial || underWay.has(message.id) || !addsPicture(before, message)) return;
    once(`${message.id}:picture`, () => handleMessage(message, { ...handling, find: watchChannel }));
  });
  // A new session, unlike a resumed one, tells nothing of what happened before it.
  client.on(Events.ShardReady, () => {
    missedChanges.begin((edit) => inFlight.add(followMissedEdit(client, edit, following)));
    // Before what is asked there now.
    const hearMissed = (message: Message) => hear(message, 1);
    const isHeard = (id: string) => seen.has(id);
    const catchingUp = { ...services, answered, channels, keptDrafts, hear: hearMissed, isHeard };
    inFlight.add(catchUp(client as Client<true>, catchingUp));
  });
  client.on(Events.InteractionCreate, (interaction) => {
    once(interaction.id, () => handleInteraction(interaction, services));
    inFlight.add(services.preferences.languages.see(interaction.user.id, interaction.locale));
  });
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

/** As where a link's preview comes, a moment after the message. One from long ago is old news. */
function addsPicture(before: Message | PartialMessage, message: Message): boolean {
  const isNew = before.partial || picturesOn(before as Message).length === 0;
  return isNew && isRecent(message.id) && picturesOn(message).length > 0;
}

interface Handling {
  readonly channels: KeyedQueue;
  readonly services: Services;
  readonly answered: AnsweredMessages;
  readonly underWay: AnswersUnderWay;
  readonly priority?: number | undefined;
  /** Whether it asks for the first time, so that whatever was done about it before is no answer. */
  readonly isFirst?: boolean;
  /** What a message asks for or sets off. */
  readonly find?: (message: Message, services: Services) => Promise<Work | undefined>;
}

/** @returns false where it was left undone */
type Work = () => Promise<boolean>;

/** Who asked first in a channel is understood and put to the model first; the answers run side by side. */
async function handleMessage(message: Message, handling: Handling): Promise<void> {
  const { channels, services, answered, underWay, priority, isFirst = false, find = workFor } = handling;
  let isForUs = true;
  let isNoted = false;
  const note = async () => {
    if (!isForUs || isNoted) return;
    isNoted = true;
    await answered.add(message);
  };
  const begin = async (within: Services) => {
    const isDone = !isFirst && (await answered.has(message.id));
    const work = isDone ? undefined : await find(message, within);
    isForUs = work !== undefined;
    return { answer: work?.() };
  };
  const isSettled = await dispatch(message, services, async () => {
    const isAnswered = await underWay.run(message.id, services, async (within) => {
      // Its turn may come later than what its link shows.
      if (isForBot(message)) within.previews.of(message, within.signal).catch(() => undefined);
      const { answer } = await channels.run(message.channelId, () => begin(within), priority);
      if ((await answer) === false) isForUs = false;
      // Whoever calls it off too late is to find it noted.
      await note();
    });
    if (!isAnswered) isForUs = false;
  });
  if (isSettled) await note();
}

/** What a message asks for, or sets off in a channel that is watched; undefined for most. */
async function workFor(message: Message, services: Services): Promise<Work | undefined> {
  const inquiry = await understand(message, services);
  if (!inquiry) return watchChannel(message, services);
  return async () => {
    await ifAllowed(message, services, () => answerMessage(message, inquiry, services));
    return true;
  };
}

async function handleInteraction(interaction: Interaction, services: Services): Promise<void> {
  const found = findHandler(interaction, services);
  if (found) {
    await dispatch(found.source, services, found.work);
    return;
  }
  try {
    await completeOption(interaction, services);
  } catch (error) {
    // There is no answer to show it in; people type on. Discord refuses what comes late, as when the bot is busy.
    const level = error instanceof DiscordAPIError || isPassing(error) ? 'debug' : 'warn';
    services.log[level]({ err: error }, 'Could not offer values for an option');
  }
}
