import type { Conversations } from '../conversation/conversations.ts';
import { type ConversationsOptions, createConversations } from '../conversation/create-conversations.ts';
import type { ModelInfo } from '../models/backend.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError when the settings leave no room for a question beside the image */
export function openConversations(options: ConversationsOptions): Conversations {
  try {
    return createConversations(options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { backend, windowTokens = 512 } = options;
    const window = describeWindow(backend.info, windowTokens);
    const names = 'BLIPCORD_WINDOW_TOKENS, BLIPCORD_ANSWER_TOKENS';
    throw new UsageError(`${error.message} (${names}; the window in use: ${window})`, { cause: error });
  }
}

/** `512 tokens`, or fewer where the model has fewer positions. */
export function describeWindow({ name, maxPositions }: ModelInfo, windowTokens: number): string {
  if (windowTokens <= maxPositions) return `${windowTokens} tokens`;
  return `${maxPositions} tokens, as ${name} reads no more, though BLIPCORD_WINDOW_TOKENS is ${windowTokens}`;
}
