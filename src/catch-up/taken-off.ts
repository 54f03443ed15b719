// Which pictures were taken off their message while the bot was away.
import type { APIMessage, Client } from 'discord.js';
import { changeableKeysIn } from '../../commands/changeable-keys.ts';
import { readsMessages } from '../../commands/intents.ts';
import type { SceneImage } from '../../conversation/conversations.ts';
import { isTakenOff } from '../../conversation/scenes.ts';

type Key = Pick<SceneImage, 'attachmentId'>;

export interface Found {
  readonly message: APIMessage;
  /** Whether it is in direct messages. */
  readonly isDirect: boolean;
}

/** Those of the pictures that are on a message no more, as Discord has it now. */
export function takenOff<Picture extends Key>(
  pictures: readonly Picture[],
  { message, isDirect }: Found,
  client: Client,
): readonly Picture[] {
  if (!isDirect && !showsFiles(message, client)) return [];
  const left = changeableKeysIn(message);
  return pictures.filter((picture) => isTakenOff(picture, left));
}

/** Of a message that Discord doesn't show the bot, it tells no files either. */
function showsFiles({ author, mentions }: APIMessage, client: Client): boolean {
  const ownId = client.user?.id;
  return readsMessages(client) || author.id === ownId || mentions.some(({ id }) => id === ownId);
}
