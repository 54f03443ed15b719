// A Backend whose model lives in a worker thread, so that the caller's event loop stays free.
import type {
  Backend,
  DeviceChoice,
  GeneratedToken,
  GenerateRequest,
  Generation,
  ImageFeatures,
  ModelInfo,
} from './backend.ts';
import { ModelError } from './errors.ts';
import type { ImageLimits } from './preprocess.ts';

export interface WorkerBackendOptions {
  /** A Hugging Face folder. */
  readonly folder: string;
  /** Default `auto`. */
  readonly device?: DeviceChoice;
  readonly limits?: ImageLimits;
}

export class WorkerBackend implements Backend {
  /**
   * @throws CheckpointError when the folder can't be loaded
   * @throws DeviceError when the device asked for doesn't work here
   */
  static async open(_options: WorkerBackendOptions): Promise<WorkerBackend> {
    throw new ModelError('The worker is on its way.');
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
    throw new ModelError('The worker is on its way.');
  }

  // biome-ignore lint/correctness/useYield: skeleton
  async *generate(_request: GenerateRequest): AsyncGenerator<GeneratedToken, Generation, void> {
    throw new ModelError('The worker is on its way.');
  }

  async close(): Promise<void> {}
}
