// A message goes, and its files with it.
import type { StoredMessage, World } from './world.ts';

export function removeMessage(world: World, { message }: StoredMessage): void {
  world.messages.get(message.channel_id)?.delete(message.id);
  for (const { id } of message.attachments) world.files.drop(id);
}

/** As nobody deletes it: to make room, or with its channel. */
export function forgetMessage(world: World, stored: StoredMessage): void {
  removeMessage(world, stored);
  world.announce({ type: 'messageForget', stored });
}
