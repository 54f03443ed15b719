// The messages that a conversation holds on to, and where they may be: the memory keeps their ids alone.
import type { ConversationRecord, Scene } from '../../conversation/conversations.ts';
import { isNewer } from '../../conversation/message-order.ts';
import { scenesOf } from '../../conversation/scenes.ts';

export interface KeptMessage {
  readonly id: string;
  /** In one of these channels, the likeliest first. */
  readonly channelIds: readonly string[];
  /** When the answer to it was kept (ms), for one that asked. */
  readonly answeredMs?: number;
}

export function keptMessages(conversationId: string, record: ConversationRecord): KeptMessage[] {
  return scenesOf(record).flatMap((scene) => {
    const channelIds = channelsOf(conversationId, scene);
    const { channelId, messageId } = scene.image;
    return [
      { id: messageId, channelIds: [channelId] },
      ...scene.turns.flatMap((turn) => [
        ...(turn.answerIds ?? []).map((id) => ({ id, channelIds })),
        ...(turn.messageId ? [{ id: turn.messageId, channelIds, answeredMs: Date.parse(turn.at) }] : []),
      ]),
    ];
  });
}

/** Without them there is nothing to talk in: the thread or direct messages, and the channel of each picture. */
export function homesOf(conversationId: string, record: ConversationRecord): Set<string> {
  const [kind, place = ''] = conversationId.split(':');
  const pictures = scenesOf(record).map(({ image }) => image.channelId);
  return new Set(kind === 'channel' ? pictures : [place, ...pictures]);
}

/** When something was said there last, as a message's id. */
export function lastMessageOf(record: ConversationRecord): string {
  const ids = scenesOf(record).flatMap(({ image, turns }) => [
    image.messageId,
    ...turns.flatMap(({ messageId }) => messageId ?? []),
  ]);
  return ids.reduce((newest, id) => (isNewer(id, newest) ? id : newest));
}

/**
 * What was said in a channel before a thread was opened on its picture is remembered in the thread. People may talk in
 * a thread of their own about the picture that it hangs on, whose message's id is the thread's.
 */
function channelsOf(conversationId: string, { image }: Scene): readonly string[] {
  const [kind, place = ''] = conversationId.split(':');
  const others = kind === 'channel' ? [image.messageId] : [];
  const first = kind === 'channel' ? [] : [place];
  return [...new Set([...first, image.channelId, ...others])];
}
