// The conversations as they are used: what was deleted while the bot was away is forgotten before anything builds on it.
import type { Conversations } from '../../conversation/conversations.ts';

/** @param check brings a conversation's memory up to date; does nothing where that was done */
export function checkedFirst(
  inner: Conversations,
  check: (conversationId: string) => Promise<void>,
): Conversations {
  return {
    get model() {
      return inner.model;
    },
    pace: inner.pace,
    async ask(conversationId, request) {
      await check(conversationId);
      return inner.ask(conversationId, request);
    },
    async recall(conversationId) {
      await check(conversationId);
      return inner.recall(conversationId);
    },
    async preview(conversationId, image, question) {
      await check(conversationId);
      return inner.preview(conversationId, image, question);
    },
    async begin(conversationId, image, from) {
      if (from !== undefined) await check(from);
      return inner.begin(conversationId, image, from);
    },
    async reanswer(messageId, request) {
      const place = await inner.turnOf(messageId);
      if (place) await check(place.conversationId);
      return inner.reanswer(messageId, request);
    },
    caption: (request) => inner.caption(request),
    retract: (messageId) => inner.retract(messageId),
    noteAnswer: (messageId, answerIds) => inner.noteAnswer(messageId, answerIds),
    turnOf: (messageId) => inner.turnOf(messageId),
    forgetMessages: (messageIds) => inner.forgetMessages(messageIds),
    forgetFiles: (messageId, left) => inner.forgetFiles(messageId, left),
    records: () => inner.records(),
    changeScenes: (change) => inner.changeScenes(change),
    forgetUnreadable: (words) => inner.forgetUnreadable(words),
    forgetImage: (imageHash) => inner.forgetImage(imageHash),
  };
}
