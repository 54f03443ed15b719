// BLIP-2 on this thread: `run` blocks it, so programs with an event loop to keep use the worker's backend.
import type {
  Backend,
  DeviceReport,
  EncodeOptions,
  FrameChoice,
  GeneratedToken,
  GenerateRequest,
  Generation,
  ImageFeatures,
  ModelInfo,
  PromptReuse,
  RequestOptions,
  Standing,
  WeightChoice,
} from './backend.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint/checkpoint.ts';
import { inputWidth } from './checkpoint/config.ts';
import { nameDamaged } from './checkpoint/quantised-weights.ts';
import type { Decoder } from './decoder/decoder.ts';
import type { PrefixCache } from './decoder/prefix-cache.ts';
import { MAX_SOURCE_TOKENS } from './decoder/t5.ts';
import type { Device } from './device.ts';
import { ModelError } from './errors.ts';
import { FairQueue, type Visit } from './fair-queue.ts';
import type { ChosenFrame } from './frames.ts';
import { checkFeatures } from './generation/check-features.ts';
import { generate, type Writer } from './generation/generate.ts';
import { checkRequest } from './generation/options.ts';
import { type ImageEncoder, PICTURES_AT_ONCE } from './image-encoder.ts';
import { onDevice } from './on-device.ts';
import { type OpenModel, openModel } from './open-model.ts';
import type { ImageProcessorConfig } from './preprocess.ts';
import { CPU } from './sessions.ts';

/**
 * Decodes an image file to (3, size, size) as the checkpoint's image processor does.
 * @param page of an animation, from 0; by default the first
 */
export type Preprocess = (
  image: Uint8Array,
  config: ImageProcessorConfig,
  options?: { readonly page?: number },
) => Promise<Float32Array>;

/** Finds the frame that is asked for, or one that shows something. */
export type ChooseFrame = (image: Uint8Array, choice: FrameChoice | undefined) => Promise<ChosenFrame>;

export interface LocalBackendOptions {
  readonly preprocess: Preprocess;
  /** Default: the first. */
  readonly chooseFrame?: ChooseFrame;
  /** Default: the CPU in f32. */
  readonly device?: Device;
  /** Default `auto`. */
  readonly weights?: WeightChoice;
  /** What of earlier texts a prompt begins with is not read again. Serves this backend alone. */
  readonly prefixes?: PrefixCache;
  /** Texts that go on in one run; each beam is one. Default 8. */
  readonly textsAtOnce?: number;
  /** Answers that may wait beside those under way, and as many pictures. Default 64. */
  readonly maxWaiting?: number;
}

export const CPU_DEVICE: Device = {
  report: { device: 'cpu', precision: 'f32', fallbacks: [] },
  sessionOptions: CPU,
};

export class LocalBackend implements Backend {
  /**
   * Checks the whole checkpoint before the first session is opened.
   *
   * @throws CheckpointError when the folder can't be loaded
   * @throws DeviceError when the model doesn't run on the device and nothing comes next
   */
  static async open(folder: string, options: LocalBackendOptions): Promise<LocalBackend> {
    const checkpoint = await readCheckpoint(folder, options.weights);
    const model = await onDevice(options.device ?? CPU_DEVICE, (device) =>
      openModel(checkpoint, device, options.prefixes),
    );
    return new LocalBackend(checkpoint, model, options);
  }

  readonly info: ModelInfo;
  private readonly checkpoint: Checkpoint;
  private readonly preprocess: Preprocess;
  private readonly chooseFrame: ChooseFrame;
  private readonly encoder: ImageEncoder;
  private readonly decoder: Decoder;
  private readonly encoding: FairQueue;
  private readonly generating: FairQueue;
  private readonly prefixes: PrefixCache | undefined;
  private readonly closing = new AbortController();
  private released: Promise<void> | undefined;

  private constructor(checkpoint: Checkpoint, model: OpenModel, options: LocalBackendOptions) {
    const { preprocess, chooseFrame = theFirst, textsAtOnce = 8, maxWaiting = 64 } = options;
    this.info = describe(checkpoint, model.report);
    this.checkpoint = checkpoint;
    this.preprocess = preprocess;
    this.chooseFrame = chooseFrame;
    this.encoder = model.encoder;
    this.decoder = model.decoder;
    this.encoding = new FairQueue({ room: PICTURES_AT_ONCE, maxWaiting });
    this.generating = new FairQueue({ room: textsAtOnce, maxWaiting });
    this.prefixes = options.prefixes;
  }

  get reuse(): PromptReuse | undefined {
    return this.prefixes?.reuse;
  }

  countPromptTokens(prompt: string): number {
    return this.info.queryTokens + this.promptIds(prompt).length;
  }

  promptIds(prompt: string): readonly number[] {
    return this.checkpoint.tokenizer.promptIds(prompt);
  }

  async encodeImage(
    image: Uint8Array,
    { frame: choice, ...options }: EncodeOptions = {},
  ): Promise<ImageFeatures> {
    const ticket = await this.encoding.enter(this.visit(options));
    options.onProgress?.({ stage: 'working' });
    try {
      const { page, frame } = await this.chooseFrame(image, choice);
      const pixels = await this.preprocess(image, this.checkpoint.imageProcessor, { page });
      ticket.signal.throwIfAborted();
      return { ...(await this.encodePixels(pixels)), ...(frame && { frame }) };
    } finally {
      ticket.leave();
    }
  }

  /** @param pixels (3, side, side), rescaled and normalised */
  async encodePixels(pixels: Float32Array): Promise<ImageFeatures> {
    this.closing.signal.throwIfAborted();
    return this.encoder.encode(pixels).catch((error) => this.fail(error));
  }

  async *generate(request: GenerateRequest): AsyncGenerator<GeneratedToken, Generation, void> {
    checkRequest(request);
    checkFeatures(request.features, this.info);
    const { numBeams: size = 1, onProgress } = request;
    const { signal, leave } = await this.generating.enter({ ...this.visit(request), size });
    onProgress?.({ stage: 'working' });
    try {
      return yield* generate(this.writer(), { ...request, signal });
    } catch (error) {
      return await this.fail(error);
    } finally {
      leave();
    }
  }

  private async fail(error: unknown): Promise<never> {
    throw await nameDamaged(error, this.checkpoint.folder, this.checkpoint.weights);
  }

  private visit({ caller, deadlineMs, onProgress, signal }: RequestOptions): Visit {
    const onStanding = (standing: Standing) => onProgress?.({ stage: 'waiting', ...standing });
    return { caller, deadlineMs, onStanding, signal: this.untilClosed(signal) };
  }

  private writer(): Writer {
    const { tokenizer, generation } = this.checkpoint;
    const { eosTokenIds } = generation;
    const { maxPositions, answerSharesWindow } = this.info;
    return { decoder: this.decoder, tokenizer, eosTokenIds, maxPositions, answerSharesWindow };
  }

  close(): Promise<void> {
    this.closing.abort(new ModelError('The model is closed. Open it again.'));
    this.released ??= this.release();
    return this.released;
  }

  private untilClosed(signal: AbortSignal | undefined): AbortSignal {
    return AbortSignal.any(signal === undefined ? [this.closing.signal] : [signal, this.closing.signal]);
  }

  private async release(): Promise<void> {
    await this.encoder.close();
    await this.decoder.close();
  }
}

const theFirst: ChooseFrame = async () => ({ page: 0 });

function describe({ config, generation, ...checkpoint }: Checkpoint, device: DeviceReport): ModelInfo {
  const { textConfig: text } = config;
  const weights = checkpoint.weights.quantisation?.weights;
  return {
    name: checkpoint.name,
    folder: checkpoint.folder,
    fingerprint: checkpoint.fingerprint,
    device,
    ...(weights ? { weights } : { storedIn: checkpoint.weights.storedIn }),
    queryTokens: config.numQueryTokens,
    decoderWidth: inputWidth(text),
    maxPositions: text.modelType === 'opt' ? text.maxPositionEmbeddings : MAX_SOURCE_TOKENS,
    answerSharesWindow: text.modelType === 'opt',
    maxNewTokens: generation.maxNewTokens,
  };
}
