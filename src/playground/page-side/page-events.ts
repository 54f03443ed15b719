// Tells every open page what happens, as far as the person before it may see it.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ChannelType } from 'discord.js';
import { WebSocketServer } from 'ws';
import type { Discord } from '../discord.ts';
import type { PageChannel, PageEvent } from '../page-api.ts';
import type { EventOf, StoredMessage, WorldEvent, WorldEventType } from '../state/world.ts';
import { commandsOf } from './page-commands.ts';
import { isOnPage } from './page-routes.ts';

export interface PageEvents {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export function createPageEvents(discord: Discord): PageEvents {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1_024, perMessageDeflate: false });
  const stopListening = discord.world.listen((event) => {
    if (server.clients.size === 0) return;
    const seen = pageEvent(discord, event);
    if (seen === undefined) return;
    const frame = JSON.stringify(seen);
    for (const client of server.clients) client.send(frame);
  });
  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (client) => client.on('error', () => client.terminate())),
    close() {
      stopListening();
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

type Mappers = {
  readonly [Type in WorldEventType]?: (discord: Discord, event: EventOf<Type>) => PageEvent | undefined;
};

const mappers: Mappers = {
  messageCreate: (discord, { stored }) => messageEvent('message.create', discord, stored),
  messageUpdate: (discord, { stored }) => messageEvent('message.update', discord, stored),
  messageDelete: ({ me }, { stored }) =>
    me.see(stored) && {
      type: 'message.delete',
      channelId: stored.message.channel_id,
      messageId: stored.message.id,
    },
  channelCreate: ({ world }, { channel }) =>
    isOnPage(world, channel) ? { type: 'channel.create', channel: channel as PageChannel } : undefined,
  channelUpdate: ({ world }, { channel }) =>
    isOnPage(world, channel) ? { type: 'channel.update', channel: channel as PageChannel } : undefined,
  channelDelete: (_, { channel }) =>
    channel.type === ChannelType.DM ? undefined : { type: 'channel.delete', channelId: channel.id },
  threadMember({ world }, { threadId }) {
    const channel = world.channels.get(threadId);
    return channel !== undefined && isOnPage(world, channel)
      ? { type: 'channel.update', channel: channel as PageChannel }
      : undefined;
  },
  typing: ({ world }, { channelId, user }) =>
    user.id === world.me.id ? undefined : { type: 'typing', channelId, user },
  commands: ({ world }) => ({ type: 'commands', commands: commandsOf(world) }),
  bot: (_, { online }) => ({ type: 'bot', online }),
  modal: ({ world }, { interaction }) =>
    interaction.user.id === world.me.id && interaction.modal !== undefined
      ? {
          type: 'form.open',
          form: {
            interactionId: interaction.id,
            channelId: interaction.channel.id,
            modal: interaction.modal,
          },
        }
      : undefined,
  interactionFailed: ({ world }, { interaction }) =>
    interaction.user.id === world.me.id
      ? {
          type: 'interaction.failed',
          interactionId: interaction.id,
          channelId: interaction.channel.id,
          message: 'The application did not respond',
        }
      : undefined,
};

function pageEvent(discord: Discord, event: WorldEvent): PageEvent | undefined {
  const map = mappers[event.type] as
    | ((discord: Discord, event: WorldEvent) => PageEvent | undefined)
    | undefined;
  return map?.(discord, event);
}

function messageEvent(
  type: 'message.create' | 'message.update',
  { me }: Discord,
  stored: StoredMessage,
): PageEvent | undefined {
  const message = me.see(stored);
  return message && { type, message };
}
