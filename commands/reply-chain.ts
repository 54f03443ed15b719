// Follows a reply back to the image that the talk is about.
import { type Message, MessageType } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { fetchMessage } from './fetch-message.ts';
import { imageNamedBy } from './named-image.ts';
import { pictureChosenOn } from './picture-menu.ts';
import { imageById, imageOn } from './pictures.ts';

/**
 * Two a question. In most channels answers name their image and end the chain at once; where they can't carry a button
 * (people's own threads, voice channels) it goes back to the picture itself, mostly through discord.js's cache.
 */
const maxSteps = 200;

export interface ReplyChain {
  /** The image nearest up the chain; undefined where there is none or a message in between is gone. */
  readonly image?: SceneImage;
  /** Where the chain begins, as far as it was followed: the message itself when it replies to none. */
  readonly start: Message;
  /** Ids of the messages that were answered, the nearest first; the last one may be gone. */
  readonly answeredIds: readonly string[];
  /** Whether it ends at a message that is gone, so that nobody can tell where it led. */
  readonly isBroken: boolean;
  /** Whether a message of the bot's own is among those that were followed. */
  readonly leadsToUs: boolean;
}

export async function followReplies(message: Message, signal?: AbortSignal): Promise<ReplyChain> {
  const answeredIds: string[] = [];
  let start = message;
  let leadsToUs = false;
  for (let step = 0; step < maxSteps; step += 1) {
    const id = answeredId(start);
    if (!id) break;
    answeredIds.push(id);
    const answered = await repliedTo(start, signal);
    if (!answered) return { start, answeredIds, isBroken: true, leadsToUs };
    start = answered;
    leadsToUs ||= isOurs(start);
    const named = isOurs(start) ? (imageNamedBy(start) ?? pictureChosenOn(start)) : undefined;
    const image = (named && imageById(start, named.attachmentId)) ?? imageOn(start) ?? named;
    if (image) return { image, start, answeredIds, isBroken: false, leadsToUs };
  }
  return { start, answeredIds, isBroken: false, leadsToUs };
}

function isOurs({ author, client }: Message): boolean {
  return author.id === client.user.id;
}

/** Undefined where a message answers none, or one that is gone. */
export async function repliedTo(message: Message, signal?: AbortSignal): Promise<Message | undefined> {
  const id = answeredId(message);
  return id ? fetchMessage(message.channel, id, signal) : undefined;
}

/** What a command of a message's menu says answers that message. */
function answeredId({ type, reference }: Message): string | undefined {
  const isAnswer = type === MessageType.Reply || type === MessageType.ContextMenuCommand;
  return isAnswer ? reference?.messageId : undefined;
}
