// Puts the parts of the memory together.
import type { Backend } from '../models/backend.ts';
import type { Logger } from '../models/logger.ts';
import type { Conversations } from './conversations.ts';
import { ConversationError } from './errors.ts';
import type { Store } from './store.ts';

export interface ConversationsOptions {
  readonly backend: Backend;
  readonly store: Store;
  /** Query tokens + BOS + prompt + answer never exceed this; capped by the model's positions. Default 512. */
  readonly windowTokens?: number;
  /** Room kept for the answer. Default 40. */
  readonly answerTokens?: number;
  readonly log: Logger;
}

export function createConversations(_options: ConversationsOptions): Conversations {
  throw new ConversationError('Not written yet.');
}
