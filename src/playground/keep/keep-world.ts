// Writes down whatever changes in a world: all that one request did at once, when it is done.
import type { APIGuildMember } from 'discord.js';
import type { Logger } from '../../../models/logger.ts';
import type {
  AnyChannel,
  EventOf,
  StoredMessage,
  World,
  WorldEvent,
  WorldEventType,
} from '../state/world.ts';
import { records } from './saved-world.ts';
import type { Change, WorldFile } from './world-file.ts';

type Record = (world: World) => Change;

/** @returns ends the keeping */
export function keepWorld(world: World, file: WorldFile, log: Logger): () => void {
  const pending = new Map<string, Record>();
  let isFailing = false;
  const write = () => {
    if (pending.size === 0) return;
    const changes = [...pending.values(), records.identity].map((record) => record(world));
    try {
      file.write(changes);
      pending.clear();
      isFailing = false;
    } catch (error) {
      // What failed stays pending, and is tried again with what happens next.
      if (!isFailing) log.error({ err: error }, cannotKeep);
      isFailing = true;
    }
  };
  const stopListening = world.listen((event) => {
    const first = pending.size === 0 || isFailing;
    for (const [key, record] of touchedBy(event)) pending.set(key, record);
    if (first) queueMicrotask(write);
  });
  return () => {
    write();
    stopListening();
  };
}

const cannotKeep =
  'What happens in the local Discord can not be written down, so a restart would lose it. Check the disk that ' +
  'BLIPCORD_STORE names.';

/** All of a world, for a new file. */
export function wholeWorld(world: World): Change[] {
  return [
    ...[...world.users.keys()].map((id) => records.user(world, id)),
    ...[...world.guild.roles.keys()].map((id) => records.role(world, id)),
    ...[...world.guild.members.keys()].map((id) => records.member(world, id)),
    ...[...world.channels.keys()].map((id) => records.channel(world, id)),
    ...[...world.stickers.keys()].map((id) => records.sticker(world, id)),
    ...[...world.emoji.keys()].map((id) => records.emoji(world, id)),
    ...[...world.webPages.keys()].map((address) => records.webPage(world, address)),
    ...[...world.assets.keys()].map((path) => records.asset(world, path)),
    records.identity(world),
  ];
}

type Touched = readonly (readonly [key: string, record: Record])[];

const touched: { readonly [Type in WorldEventType]?: (event: EventOf<Type>) => Touched } = {
  messageCreate: messageAndChannel,
  messageUpdate: messageAndChannel,
  messageDelete: messageAndChannel,
  messageForget: messageAndChannel,
  channelCreate: wholeChannel,
  channelUpdate: wholeChannel,
  channelDelete: wholeChannel,
  threadMember: ({ threadId }) => [threadMembers(threadId), channel(threadId)],
  memberAdd: wholeMember,
  memberUpdate: wholeMember,
  roleCreate: ({ role: { id } }) => [[`role ${id}`, (world) => records.role(world, id)]],
  roleUpdate: ({ role: { id } }) => [[`role ${id}`, (world) => records.role(world, id)]],
  locale: ({ userId }) => [[`locale ${userId}`, (world) => records.locale(world, userId)]],
  commands: () => [['commands', records.commands]],
  sticker: ({ id }) => [[`sticker ${id}`, (world) => records.sticker(world, id)]],
  emoji: ({ id }) => [[`emoji ${id}`, (world) => records.emoji(world, id)]],
  webPage: ({ address }) => [[`page ${address}`, (world) => records.webPage(world, address)]],
  asset: ({ path }) => [[`asset ${path}`, (world) => records.asset(world, path)]],
};

function touchedBy(event: WorldEvent): Touched {
  const list = touched[event.type] as ((event: WorldEvent) => Touched) | undefined;
  return list?.(event) ?? [];
}

function messageAndChannel({ stored: { message } }: { readonly stored: StoredMessage }): Touched {
  const { id, channel_id: channelId } = message;
  return [[`message ${id}`, (world) => records.message(world, id, channelId)], channel(channelId)];
}

function wholeMember({ member: { user } }: { readonly member: APIGuildMember }): Touched {
  return [
    [`user ${user.id}`, (world) => records.user(world, user.id)],
    [`member ${user.id}`, (world) => records.member(world, user.id)],
  ];
}

function wholeChannel({ channel: { id } }: { readonly channel: AnyChannel }): Touched {
  return [channel(id), threadMembers(id)];
}

function channel(id: string): Touched[number] {
  return [`channel ${id}`, (world) => records.channel(world, id)];
}

function threadMembers(id: string): Touched[number] {
  return [`members ${id}`, (world) => records.threadMembers(world, id)];
}
