// A Backend whose model lives in a worker thread, so that the caller's event loop stays free.
import type {
  Backend,
  EncodeOptions,
  GeneratedToken,
  GenerateRequest,
  Generation,
  ImageFeatures,
  ModelInfo,
  PromptReuse,
  RequestOptions,
} from './backend.ts';
import { loadTokenizer, type PromptTokenizer } from './checkpoint/tokenizer.ts';
import { checkDeadline } from './deadline.ts';
import { ModelError } from './errors.ts';
import { checkFeatures } from './generation/check-features.ts';
import { checkRequest } from './generation/options.ts';
import type { WorkerBackendOptions } from './worker-protocol.ts';
import { ModelThread, type StartWorker, startModelWorker } from './worker-thread.ts';

export type { WorkerBackendOptions } from './worker-protocol.ts';

/** Without an answer in between; more than that is no accident. */
const MAX_RESTARTS = 3;
/** A thread that works tells by itself that a deadline has passed, at the latest when a run has ended. */
const HANGS_AFTER_MS = 60_000;

export class WorkerBackend implements Backend {
  /**
   * @throws CheckpointError when the folder can't be loaded
   * @throws DeviceError when the device asked for doesn't work here
   * @param hangsAfterMs how long past its deadline a request is waited for; then its thread is replaced
   */
  static async open(
    options: WorkerBackendOptions,
    startWorker: StartWorker = startModelWorker,
    hangsAfterMs = HANGS_AFTER_MS,
  ): Promise<WorkerBackend> {
    const start = () => new ModelThread(startWorker(options));
    const thread = start();
    const loading = loadTokenizer(options.folder);
    loading.catch(() => {}); // the thread meets the same, and says it better; else it is thrown below
    const info = await thread.info;
    try {
      return new WorkerBackend(thread, info, { tokenizer: await loading, start, hangsAfterMs });
    } catch (error) {
      await thread.close();
      throw error;
    }
  }

  /** Resolves when the thread ended so often that no other is started. */
  readonly failed: Promise<ModelError>;
  private readonly parts: Parts;
  private fail: (reason: ModelError) => void = () => {};
  private thread: ModelThread;
  private loaded: ModelInfo;
  private restarting: Promise<ModelThread> | undefined;
  private restarts = 0;
  private closed = false;

  private constructor(thread: ModelThread, info: ModelInfo, parts: Parts) {
    this.thread = thread;
    this.loaded = info;
    this.parts = parts;
    this.failed = new Promise((resolve) => {
      this.fail = resolve;
    });
  }

  get info(): ModelInfo {
    return this.loaded;
  }

  get reuse(): PromptReuse | undefined {
    return this.thread.reuse;
  }

  countPromptTokens(prompt: string): number {
    return this.info.queryTokens + this.promptIds(prompt).length;
  }

  promptIds(prompt: string): readonly number[] {
    return this.parts.tokenizer.promptIds(prompt);
  }

  async encodeImage(
    image: Uint8Array,
    { signal, onProgress, ...options }: EncodeOptions = {},
  ): Promise<ImageFeatures> {
    checkDeadline(options.deadlineMs);
    signal?.throwIfAborted();
    const thread = await this.liveThread(onProgress);
    const copy = new Uint8Array(image); // the caller's own stays with the caller
    const call = { kind: 'encode', parameters: { ...options, image: copy } } as const;
    const hangsAfterMs = this.hangsAfterMs(options);
    const transfer = [copy.buffer];
    const features = await thread.call<'encode'>(call, { signal, hangsAfterMs, transfer, onProgress });
    this.restarts = 0;
    return features;
  }

  async *generate(request: GenerateRequest): AsyncGenerator<GeneratedToken, Generation, void> {
    checkRequest(request);
    checkFeatures(request.features, this.info);
    checkDeadline(request.deadlineMs);
    request.signal?.throwIfAborted();
    const thread = await this.liveThread(request.onProgress);
    const generation = yield* streamTokens(thread, request, this.hangsAfterMs(request));
    this.restarts = 0;
    return generation;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.restarting?.catch(() => {}); // whoever asked for it hears of its failure
    await this.thread.close();
  }

  private hangsAfterMs({ deadlineMs }: RequestOptions): number | undefined {
    return deadlineMs === undefined ? undefined : deadlineMs + this.parts.hangsAfterMs;
  }

  private async liveThread(onProgress: RequestOptions['onProgress']): Promise<ModelThread> {
    if (this.closed) throw new ModelError('The model is closed. Open it again.');
    if (this.thread.isAlive) return this.thread;
    onProgress?.({ stage: 'loading' });
    this.restarting ??= this.restart().finally(() => {
      this.restarting = undefined;
    });
    return this.restarting;
  }

  private async restart(): Promise<ModelThread> {
    if (this.restarts === MAX_RESTARTS) {
      const error = new ModelError(
        `The model's thread ended ${MAX_RESTARTS + 1} times without an answer. Find out why, then start the program again.`,
      );
      this.fail(error);
      throw error;
    }
    this.restarts++;
    const thread = this.parts.start();
    this.loaded = await thread.info;
    this.thread = thread;
    return thread;
  }
}

interface Parts {
  readonly tokenizer: PromptTokenizer;
  readonly start: () => ModelThread;
  readonly hangsAfterMs: number;
}

/** Leaving the loop early aborts the generation. */
async function* streamTokens(
  thread: ModelThread,
  { signal, onProgress, ...parameters }: GenerateRequest,
  hangsAfterMs: number | undefined,
): AsyncGenerator<GeneratedToken, Generation, void> {
  const left = new AbortController();
  const tokens: GeneratedToken[] = [];
  let settled = false;
  let wake = () => {};
  const news = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const data = parameters.features.data.slice(); // the caller goes on using its own
  const generation = thread.call<'generate'>(
    { kind: 'generate', parameters: { ...parameters, features: { ...parameters.features, data } } },
    {
      signal: AbortSignal.any(signal === undefined ? [left.signal] : [left.signal, signal]),
      hangsAfterMs,
      transfer: [data.buffer],
      onProgress,
      onToken(token) {
        tokens.push(token);
        wake();
      },
    },
  );
  const settle = () => {
    settled = true;
    wake();
  };
  generation.then(settle, settle);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const token = tokens.shift();
      if (token !== undefined) yield token;
      else if (settled) return await generation;
      else await news();
    }
  } finally {
    left.abort();
  }
}
