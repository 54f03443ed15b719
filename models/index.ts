// The engine as a library: `import { openBackend } from 'blipcord/engine'`.
export type {
  Backend,
  DeviceChoice,
  DeviceName,
  DeviceReport,
  EarlyStopping,
  EncodeOptions,
  FrameChoice,
  FramePlace,
  GeneratedToken,
  GenerateRequest,
  Generation,
  GenerationOptions,
  ImageFeatures,
  ModelInfo,
  PromptReuse,
  RequestOptions,
  RequestProgress,
  Standing,
  WeightChoice,
  WeightPrecision,
} from './backend.ts';
export { contrastiveScore } from './contrastive-score.ts';
export {
  BusyError,
  CheckpointError,
  DeviceError,
  FrameError,
  ImageError,
  ModelError,
  NumberError,
  RequestError,
  StoppedError,
} from './errors.ts';
export type { Logger } from './logger.ts';
export type { ImageEmbeddings, Match, Matcher } from './matcher.ts';
export { type OpenBackendOptions, type OpenOptions, openBackend, openMatcher } from './open.ts';
