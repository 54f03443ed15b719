// Tells every open page what happens, as far as the person before it may see it.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Discord, Person } from '../discord.ts';
import type { PageEvent } from '../page-api.ts';
import type { EventOf, StoredMessage, World, WorldEvent, WorldEventType } from '../state/world.ts';
import { commandsOf } from './page-commands.ts';
import { findPerson } from './page-env.ts';
import { channelOnPage, serverState } from './page-state.ts';

export interface PageEvents {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export function createPageEvents(discord: Discord): PageEvents {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1_024, perMessageDeflate: false });
  const pages = new Map<object, Person>();
  const stopListening = discord.world.listen((event) => {
    for (const client of server.clients) {
      const seen = pageEvent(discord.world, pages.get(client) ?? discord.me, event);
      if (seen !== undefined) client.send(JSON.stringify(seen));
    }
  });
  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (client) => {
        const id = new URL(request.url ?? '', 'http://page').searchParams.get('as') ?? undefined;
        pages.set(client, findPerson(discord, id) ?? discord.me);
        client.on('close', () => pages.delete(client));
        client.on('error', () => client.terminate());
      }),
    close() {
      stopListening();
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

interface Seat {
  readonly world: World;
  readonly person: Person;
}

type Mappers = {
  readonly [Type in WorldEventType]?: (seat: Seat, event: EventOf<Type>) => PageEvent | undefined;
};

const mappers: Mappers = {
  messageCreate: (seat, { stored }) => messageEvent('message.create', seat, stored),
  messageUpdate: (seat, { stored }) => messageEvent('message.update', seat, stored),
  messageDelete: ({ person }, { stored }) =>
    person.see(stored) && {
      type: 'message.delete',
      channelId: stored.message.channel_id,
      messageId: stored.message.id,
    },
  channelCreate: (seat, { channel: { id } }) => channelEvent('channel.create', seat, id),
  // It may have been closed to this person, or been opened to them.
  channelUpdate: (seat, { channel: { id } }) =>
    channelEvent('channel.update', seat, id) ?? { type: 'channel.delete', channelId: id },
  channelDelete: (_, { channel }) => ({ type: 'channel.delete', channelId: channel.id }),
  threadMember: (seat, { threadId }) => channelEvent('channel.update', seat, threadId),
  memberAdd: stateEvent,
  memberUpdate: stateEvent,
  roleCreate: stateEvent,
  roleUpdate: stateEvent,
  guildGone: stateEvent,
  locale: (seat, { userId }) => (userId === seat.person.user.id ? stateEvent(seat) : undefined),
  typing: ({ world, person }, { channelId, user }) =>
    user.id === person.user.id || channelOnPage(world, person.user, channelId) === undefined
      ? undefined
      : { type: 'typing', channelId, user },
  commands: ({ world, person }) => ({ type: 'commands', commands: commandsOf(world, person.user) }),
  bot: (_, { online }) => ({ type: 'bot', online }),
  modal: ({ person }, { interaction: { id, user, channel, modal } }) =>
    user.id === person.user.id && modal !== undefined
      ? { type: 'form.open', form: { interactionId: id, channelId: channel.id, modal } }
      : undefined,
  interactionFailed: ({ person }, { interaction }) =>
    interaction.user.id === person.user.id
      ? {
          type: 'interaction.failed',
          interactionId: interaction.id,
          channelId: interaction.channel.id,
          message: 'The application did not respond',
        }
      : undefined,
};

function pageEvent(world: World, person: Person, event: WorldEvent): PageEvent | undefined {
  const map = mappers[event.type] as ((seat: Seat, event: WorldEvent) => PageEvent | undefined) | undefined;
  return map?.({ world, person }, event);
}

function messageEvent(
  type: 'message.create' | 'message.update',
  { person }: Seat,
  stored: StoredMessage,
): PageEvent | undefined {
  const message = person.see(stored);
  return message && { type, message };
}

function channelEvent(
  type: 'channel.create' | 'channel.update',
  { world, person }: Seat,
  id: string,
): PageEvent | undefined {
  const channel = channelOnPage(world, person.user, id);
  return channel && { type, channel };
}

function stateEvent({ world, person }: Seat): PageEvent {
  return { type: 'state', change: serverState(world, person.user) };
}
