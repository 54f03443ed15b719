// The memory as a library: `import { createConversations, openStore } from 'blipcord/memory'`.
export type {
  Answer,
  AnswerProgress,
  AskRequest,
  Caption,
  CaptionRequest,
  ChangedScene,
  ChangeScene,
  ConversationRecord,
  Conversations,
  MemoryView,
  OnProgress,
  ReanswerRequest,
  Scene,
  SceneImage,
  Turn,
  TurnPlace,
} from './conversations.ts';
export { type ConversationsOptions, createConversations } from './create-conversations.ts';
export { ConversationError, StoreError } from './errors.ts';
export { FeatureCache, type FeatureCacheOptions } from './features.ts';
export type { Pace } from './pace.ts';
export { openStore, type Store } from './store.ts';
export { renderPrompt, TEMPLATE_STOPS } from './template.ts';
