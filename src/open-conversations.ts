import type { Conversations } from '../conversation/conversations.ts';
import { type ConversationsOptions, createConversations } from '../conversation/create-conversations.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError when the settings leave no room for a question beside the image */
export function openConversations(options: ConversationsOptions): Conversations {
  try {
    return createConversations(options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${error.message} (BLIPCORD_WINDOW_TOKENS, BLIPCORD_ANSWER_TOKENS)`, {
      cause: error,
    });
  }
}
