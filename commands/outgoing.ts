// What is about to be posted, and the messages that it takes: split where Discord's limit asks for it.
import type { APIActionRowComponent, APIComponentInMessageActionRow, JSONEncodable } from 'discord.js';
import { splitText } from './split-text.ts';

export interface PostedFile {
  readonly attachment: Buffer;
  readonly name: string;
  /** What screen readers read in its place. */
  readonly description?: string;
}

export interface Outgoing {
  /** Discord's markdown: what a model said goes through `plainText` first. */
  readonly text: string;
  /** Under the last part. */
  readonly components?: readonly JSONEncodable<APIActionRowComponent<APIComponentInMessageActionRow>>[];
  /** On the first part. */
  readonly files?: readonly PostedFile[];
}

/** One message. */
export interface Part {
  content: string;
  components?: JSONEncodable<APIActionRowComponent<APIComponentInMessageActionRow>>[];
  files?: PostedFile[];
}

/** Pings nobody, whatever the text holds. */
export const quietly = { allowedMentions: { parse: [], repliedUser: false } } as const;

/** The messages that it takes. */
export function partsOf({ text, components, files }: Outgoing): Part[] {
  const parts: Part[] = splitText(text).map((content) => ({ content }));
  const first = parts[0];
  const last = parts.at(-1);
  if (first && files) first.files = [...files];
  if (last && components) last.components = [...components];
  return parts;
}
