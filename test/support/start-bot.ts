// The bot as it is started for people, in a local Discord.
import { createConversations } from '../../conversation/create-conversations.ts';
import type { Store } from '../../conversation/store.ts';
import type { Backend } from '../../models/backend.ts';
import type { Logger } from '../../models/logger.ts';
import { type Bot, type BotOptions, createBot } from '../../src/bot.ts';
import { AnsweredMessages } from '../../src/catch-up/answered-messages.ts';
import type { Playground } from '../../src/playground/playground.ts';
import { openPreferences } from '../../src/preferences/open-preferences.ts';

export interface BotParts {
  readonly place: Pick<Playground, 'api' | 'token' | 'cdnHost'>;
  readonly backend: Backend;
  readonly store: Store;
  readonly log: Logger;
  readonly windowTokens?: number;
  readonly answerTokens?: number;
}

/** @param overrides what is otherwise than by default */
export async function startBot(
  { place, backend, store, log, ...window }: BotParts,
  overrides: Partial<BotOptions> = {},
): Promise<Bot> {
  const { api, token, cdnHost } = place;
  const conversations = createConversations({ backend, store, log, ...window });
  const bot = createBot({
    token,
    api,
    imageHosts: [cdnHost],
    conversations,
    preferences: await openPreferences({ store, conversations, log }),
    answered: new AnsweredMessages(store, log),
    store,
    log,
    maxImageBytes: 8_388_608,
    fetchTimeoutMs: 5_000,
    ...overrides,
  });
  await bot.start();
  return bot;
}
