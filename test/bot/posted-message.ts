// The parts of a discord.js message that the capture reads, made by hand.
import { AttachmentFlagsBitField, Collection, type Message, MessageFlagsBitField, REST } from 'discord.js';

export interface PostedFile {
  readonly id?: string;
  readonly name?: string;
  readonly contentType?: string | null;
  readonly url?: string;
  readonly size?: number;
}

export interface PostedParts {
  readonly id: string;
  readonly channelId?: string;
  readonly files?: readonly PostedFile[];
  readonly forwards?: readonly PostedFile[];
  readonly flags?: number;
}

export function postedMessage({
  id,
  channelId = '1',
  files = [],
  forwards = [],
  flags = 0,
}: PostedParts): Message {
  return {
    id,
    channelId,
    author: { id: '7' },
    client: { user: { id: '8' }, rest: new REST() },
    createdAt: new Date(0),
    flags: new MessageFlagsBitField(flags),
    ...holding(files),
    messageSnapshots: new Collection(forwards.length > 0 ? [['9', holding(forwards)]] : []),
  } as unknown as Message;
}

function holding(files: readonly PostedFile[]) {
  return { attachments: collect(files), components: [], content: '', embeds: [], stickers: new Collection() };
}

function collect(files: readonly PostedFile[]) {
  const attachments = files.map(
    ({
      id = '5',
      name = 'dog.png',
      contentType = 'image/png',
      url = 'https://cdn.discordapp.com/dog.png',
      size = 3,
    }) => [id, { id, name, contentType, url, size, flags: new AttachmentFlagsBitField() }] as const,
  );
  return new Collection(attachments);
}
