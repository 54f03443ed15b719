// BLIP-2 on this thread: `run` blocks it, so programs with an event loop to keep use the worker's backend.
import { parse } from 'node:path';
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type {
  Backend,
  DeviceReport,
  GeneratedToken,
  GenerateRequest,
  Generation,
  ImageFeatures,
  ModelInfo,
} from './backend.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint/checkpoint.ts';
import { inputWidth } from './checkpoint/config.ts';
import { type Decoder, planDecoder } from './decoder/decoder.ts';
import type { PrefixCache } from './decoder/prefix-cache.ts';
import type { Device } from './device.ts';
import { ModelError } from './errors.ts';
import { generate } from './generation/generate.ts';
import { GraphBuilder } from './graph/builder.ts';
import { imageEncoder } from './graph/image-encoder.ts';
import type { ImageProcessorConfig } from './preprocess.ts';
import { CPU, sessionOpener } from './sessions.ts';

/** Decodes an image file to (3, size, size) as the checkpoint's image processor does. */
export type Preprocess = (image: Uint8Array, config: ImageProcessorConfig) => Promise<Float32Array>;

export interface LocalBackendOptions {
  readonly preprocess: Preprocess;
  /** Default: the CPU in f32. */
  readonly device?: Device;
  /** What of earlier texts a prompt begins with is not read again. Serves this backend alone. */
  readonly prefixes?: PrefixCache;
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
   */
  static async open(folder: string, options: LocalBackendOptions): Promise<LocalBackend> {
    const { preprocess, device = CPU_DEVICE, prefixes } = options;
    const checkpoint = await readCheckpoint(folder);
    const { precision } = device.report;
    const root = parse(checkpoint.folder).root;
    const encoder = new GraphBuilder('image-encoder', checkpoint.weights, root);
    imageEncoder(encoder, checkpoint.config, precision);
    const plan = planDecoder(checkpoint, root, precision);
    const mapped = precision === 'f32' && checkpoint.weights.allOf('F32');
    const openSession = sessionOpener({ root, mapped }, device.sessionOptions);
    return new LocalBackend(checkpoint, device.report, preprocess, {
      encoder: await openSession(encoder.build()),
      decoder: await plan.open(openSession, prefixes),
    });
  }

  readonly info: ModelInfo;
  private readonly checkpoint: Checkpoint;
  private readonly preprocess: Preprocess;
  private readonly sessions: { readonly encoder: InferenceSession; readonly decoder: Decoder };
  private readonly closing = new AbortController();
  private released: Promise<void> | undefined;

  private constructor(
    checkpoint: Checkpoint,
    device: DeviceReport,
    preprocess: Preprocess,
    sessions: LocalBackend['sessions'],
  ) {
    this.info = describe(checkpoint, device);
    this.checkpoint = checkpoint;
    this.preprocess = preprocess;
    this.sessions = sessions;
  }

  countPromptTokens(prompt: string): number {
    return this.info.queryTokens + this.promptIds(prompt).length;
  }

  promptIds(prompt: string): readonly number[] {
    return this.checkpoint.tokenizer.promptIds(prompt);
  }

  async encodeImage(image: Uint8Array, options: { signal?: AbortSignal } = {}): Promise<ImageFeatures> {
    const signal = this.untilClosed(options.signal);
    signal.throwIfAborted();
    const pixels = await this.preprocess(image, this.checkpoint.imageProcessor);
    signal.throwIfAborted();
    return this.encodePixels(pixels);
  }

  /** @param pixels (3, side, side), rescaled and normalised */
  async encodePixels(pixels: Float32Array): Promise<ImageFeatures> {
    this.closing.signal.throwIfAborted();
    const side = this.checkpoint.imageProcessor.size;
    const results = await this.sessions.encoder.run({
      pixels: new Tensor('float32', pixels, [1, 3, side, side]),
    });
    const { queryTokens, decoderWidth: width } = this.info;
    return { data: (results.features as Tensor).data as Float32Array, queryTokens, width };
  }

  generate(request: GenerateRequest): AsyncGenerator<GeneratedToken, Generation, void> {
    const { tokenizer, generation } = this.checkpoint;
    const { decoder } = this.sessions;
    const { eosTokenIds } = generation;
    const signal = this.untilClosed(request.signal);
    const writer = { decoder, tokenizer, eosTokenIds, maxPositions: this.info.maxPositions };
    return generate(writer, { ...request, signal });
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
    await this.sessions.encoder.release();
    await this.sessions.decoder.close();
  }
}

function describe({ config, generation, ...checkpoint }: Checkpoint, device: DeviceReport): ModelInfo {
  const { textConfig: text } = config;
  return {
    name: checkpoint.name,
    folder: checkpoint.folder,
    fingerprint: checkpoint.fingerprint,
    device,
    queryTokens: config.numQueryTokens,
    decoderWidth: inputWidth(text),
    // T5 knows only how far apart two tokens are, and its encoder never sees the answer.
    maxPositions: text.modelType === 'opt' ? text.maxPositionEmbeddings : Number.POSITIVE_INFINITY,
    answerSharesWindow: text.modelType === 'opt',
    maxNewTokens: generation.maxNewTokens,
  };
}
