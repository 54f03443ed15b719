// What is being written in a channel, and how that changes.
import type { APIMessage, APIStickerItem } from 'discord.js';
import type { CommandValues } from './command-values.ts';

export interface ReplyDraft {
  readonly message: APIMessage;
  readonly mentionAuthor: boolean;
  /** The mention that was put before the text for the reply's sake. */
  readonly addedMention?: string;
}

export interface Draft {
  readonly text: string;
  readonly files: readonly File[];
  readonly reply?: ReplyDraft | undefined;
  /** In place of text and files. */
  readonly sticker?: APIStickerItem | undefined;
  /** The slash command that is being filled in, in place of text and files. */
  readonly form?: CommandValues | undefined;
}

export const emptyDraft: Draft = { text: '', files: [] };

/** As many as Discord takes with a message. */
export const maxFiles = 10;

/** @param mention with a space behind it; put in unless it is there; empty for none */
export function withReply(draft: Draft, reply: ReplyDraft, mention: string): Draft {
  const { text, files } = withoutReply(draft);
  const isThere = text.toLowerCase().includes(mention.trim().toLowerCase());
  if (mention === '' || isThere) return { text, files, reply };
  return { text: mention + text, files, reply: { ...reply, addedMention: mention } };
}

export function withoutReply({ reply, ...draft }: Draft): Draft {
  const mention = reply?.addedMention ?? '';
  return { ...draft, text: draft.text.startsWith(mention) ? draft.text.slice(mention.length) : draft.text };
}

/** Puts a question in the place of the text; the mention that a reply needs stays. */
export function withQuestion(draft: Draft, question: string): Draft {
  return { ...draft, text: `${draft.reply?.addedMention ?? ''}${question}` };
}

/** Puts what could not be sent back before what has been written since. */
export function withReturned(draft: Draft, { text, files, reply }: Draft): Draft {
  return {
    ...draft,
    text: [text, draft.text].filter(Boolean).join('\n'),
    files: [...files, ...draft.files].slice(0, maxFiles),
    reply: draft.reply ?? reply,
  };
}
