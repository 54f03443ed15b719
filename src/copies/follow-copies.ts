// Tells the copies of pictures what becomes of their originals.
import { type Client, Events, type Message } from 'discord.js';
import type { InFlight } from '../in-flight.ts';
import type { FollowedCopies } from './followed-copies.ts';

export function followCopies(client: Client, copies: FollowedCopies, inFlight: InFlight): void {
  client.on(Events.ShardReady, () => inFlight.add(copies.catchUp()));
  client.on(Events.MessageDelete, ({ id }) => inFlight.add(copies.forget([id])));
  client.on(Events.MessageBulkDelete, (messages) => inFlight.add(copies.forget([...messages.keys()])));
  client.on(Events.ThreadDelete, ({ id }) => inFlight.add(copies.forgetPlaces(new Set([id]))));
  client.on(Events.ChannelDelete, (channel) => {
    // Discord tells nothing of the threads that went with it.
    const threads = 'threads' in channel ? channel.threads.cache.keys() : [];
    inFlight.add(copies.forgetPlaces(new Set([channel.id, ...threads])));
  });
  client.on(Events.MessageUpdate, (_, message) => {
    // Bots take nothing off their messages, and answers that are written would be looked up with each edit.
    if (!message.partial && !message.author.bot) inFlight.add(copies.follow(message as Message));
  });
}
