// Tells the copies of pictures what becomes of their originals.
import { type Client, Events, type Message } from 'discord.js';
import type { InFlight } from '../in-flight.ts';
import type { FollowedCopies } from './followed-copies.ts';

export function followCopies(client: Client, copies: FollowedCopies, inFlight: InFlight): void {
  client.on(Events.ShardReady, () => inFlight.add(copies.catchUp()));
  client.on(Events.MessageDelete, ({ id }) => inFlight.add(copies.forget([id])));
  client.on(Events.MessageBulkDelete, (messages) => inFlight.add(copies.forget([...messages.keys()])));
  client.on(Events.MessageUpdate, (_, message) => {
    // Bots take nothing off their messages, and answers that are written would be looked up with each edit.
    if (!message.partial && !message.author.bot) inFlight.add(copies.follow(message as Message));
  });
}
