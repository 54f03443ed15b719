// A memory to talk to, with pictures to talk about and a model whose answers are known.
import { type Mock, vi } from 'vitest';
import type { AskRequest, Conversations } from '../../conversation/conversations.ts';
import { createConversations } from '../../conversation/create-conversations.ts';
import { openStore, type Store } from '../../conversation/store.ts';
import type { GenerateRequest } from '../../models/backend.ts';
import type { Logger } from '../../models/logger.ts';
import { type FakeBackend, type FakeBackendOptions, fakeBackend } from './fake-backend.ts';

export const dinosaur = { channelId: '10', messageId: '11', attachmentId: '12' };
export const kitchen = { channelId: '10', messageId: '21', attachmentId: '22' };
const bytesOf = new Map([
  [dinosaur.messageId, Uint8Array.of(1, 1)],
  [kitchen.messageId, Uint8Array.of(2, 2)],
]);

/** What the fake model says to the live question. */
const answers: Record<string, string> = {
  'What is a dinosaur holding?': 'a torch',
  'Where are they?': 'In the woods.',
};

export interface Memory {
  readonly backend: FakeBackend;
  readonly store: Store;
  readonly conversations: Conversations;
  readonly log: { readonly [Level in keyof Logger]: Mock<Logger[Level]> };
}

export interface MemoryOptions extends FakeBackendOptions {
  readonly windowTokens?: number;
  /** A store to go on with. */
  readonly keep?: Store;
}

export function openMemory({ windowTokens = 512, keep, ...options }: MemoryOptions = {}): Memory {
  const backend = fakeBackend({ say: (request) => answers[liveQuestion(request)] ?? 'no', ...options });
  const store = keep ?? openStore('memory:');
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const conversations = createConversations({ backend, store, windowTokens, answerTokens: 20, log });
  return { backend, store, conversations, log };
}

export function about(image: typeof dinosaur, question: string, more: Partial<AskRequest> = {}): AskRequest {
  return { question, askedBy: 'ada', image, fetchImage: async () => bytesOf.get(image.messageId), ...more };
}

export function liveQuestion({ prompt }: GenerateRequest): string {
  return /.*Question: (.*) Answer:$/.exec(prompt)?.[1] ?? '';
}

export function promptsTo({ requests }: FakeBackend): string[] {
  return requests.map(({ prompt }) => prompt);
}

/** A model that takes some turns of the event loop to say "no". */
export function slowly(ticksFor: (question: string) => number): FakeBackendOptions['say'] & {} {
  return async (request) => {
    for (let i = ticksFor(liveQuestion(request)); i > 0; i--) await new Promise(setImmediate);
    return 'no';
  };
}
