// The chat model as a library: `import { Blip2ChatModel } from 'blipcord/chat-model'`.
export type { Blip2ResponseMetadata } from './answer-metadata.ts';
export { type Blip2CallOptions, Blip2ChatModel, type Blip2ChatModelFields } from './chat-model.ts';
export { FeatureCache, type FeatureCacheOptions } from './features.ts';
export type { FetchImage } from './image-block.ts';
