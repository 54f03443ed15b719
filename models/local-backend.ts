// BLIP-2 on this thread: `run` blocks it, so programs with an event loop to keep use the worker's backend.
import type {
  Backend,
  GeneratedToken,
  GenerateRequest,
  Generation,
  ImageFeatures,
  ModelInfo,
} from './backend.ts';
import type { Device } from './device.ts';
import { ModelError } from './errors.ts';
import type { ImageProcessorConfig } from './preprocess.ts';

/** Decodes an image file to (3, size, size) as the checkpoint's image processor does. */
export type Preprocess = (image: Uint8Array, config: ImageProcessorConfig) => Promise<Float32Array>;

export interface LocalBackendOptions {
  readonly preprocess: Preprocess;
  /** Default: the CPU in f32. */
  readonly device?: Device;
}

export class LocalBackend implements Backend {
  /** @throws CheckpointError when the folder can't be loaded */
  static async open(_folder: string, _options: LocalBackendOptions): Promise<LocalBackend> {
    throw new ModelError('The engine is on its way.');
  }

  readonly info: ModelInfo;

  private constructor(info: ModelInfo) {
    this.info = info;
  }

  countPromptTokens(_prompt: string): number {
    return 0;
  }

  promptIds(_prompt: string): readonly number[] {
    return [];
  }

  async encodeImage(_image: Uint8Array, _options?: { signal?: AbortSignal }): Promise<ImageFeatures> {
    throw new ModelError('The engine is on its way.');
  }

  // biome-ignore lint/correctness/useYield: skeleton
  async *generate(_request: GenerateRequest): AsyncGenerator<GeneratedToken, Generation, void> {
    throw new ModelError('The engine is on its way.');
  }

  async close(): Promise<void> {}
}
