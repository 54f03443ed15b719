// One life of the model's thread, seen from the caller's: calls go in, tokens and results come back.
import { type Transferable, Worker } from 'node:worker_threads';
import type { GeneratedToken, ModelInfo } from './backend.ts';
import { ModelError } from './errors.ts';
import { unpackError } from './worker-errors.ts';
import type {
  Call,
  CallKind,
  FromWorker,
  Results,
  ToWorker,
  WorkerBackendOptions,
} from './worker-protocol.ts';

export type StartWorker = (options: WorkerBackendOptions) => Worker;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Buffers that the call gives away. */
  readonly transfer: Transferable[];
  readonly onToken?: (token: GeneratedToken) => void;
}

interface Pending {
  readonly resolve: (result: Results[CallKind]) => void;
  readonly reject: (reason: unknown) => void;
  readonly onToken: CallOptions['onToken'];
}

const CLOSE_TIMEOUT_MS = 5000;

export class ModelThread {
  /**
   * Resolves when the model is loaded.
   *
   * @throws CheckpointError, DeviceError as `LocalBackend` and `openDevice` do
   */
  static async start(options: WorkerBackendOptions, startWorker: StartWorker): Promise<ModelThread> {
    const worker = startWorker(options);
    const info = await new Promise<ModelInfo>((resolve, reject) => {
      worker.once('message', (message: FromWorker) => {
        if (message.type === 'ready') resolve(message.info);
        if (message.type === 'refused') reject(unpackError(message.error));
      });
      worker.once('error', (error) => reject(crashError(error)));
      worker.once('exit', (code) => reject(crashError(code)));
    });
    return new ModelThread(worker, info);
  }

  readonly info: ModelInfo;
  private readonly worker: Worker;
  private readonly exited: Promise<void>;
  private readonly pending = new Map<number, Pending>();
  private endedBy: ModelError | undefined;
  private lastId = 0;

  private constructor(worker: Worker, info: ModelInfo) {
    this.info = info;
    this.worker = worker;
    this.exited = new Promise((resolve) => {
      worker.once('exit', () => resolve());
    });
    worker.on('message', (message: FromWorker) => this.receive(message));
    worker.on('error', (error) => this.end(crashError(error)));
    worker.on('messageerror', (error) => {
      this.end(crashError(error)); // whose answer it was can't be told
      void worker.terminate();
    });
    worker.on('exit', (code) => this.end(crashError(code)));
    worker.unref(); // an idle model is no reason for the process to go on
  }

  get isAlive(): boolean {
    return this.endedBy === undefined;
  }

  /** Rejects with the signal's reason as soon as it aborts; the thread hears of it before its next token. */
  async call<Kind extends CallKind>(
    call: Extract<Call, { kind: Kind }>,
    { signal, transfer, onToken }: CallOptions,
  ): Promise<Results[Kind]> {
    signal?.throwIfAborted();
    if (this.endedBy !== undefined) throw this.endedBy;
    const id = ++this.lastId;
    let abort = () => {};
    try {
      return (await new Promise<Results[CallKind]>((resolve, reject) => {
        abort = () => {
          this.post({ type: 'abort', id });
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', abort);
        this.pending.set(id, { resolve, reject, onToken });
        this.worker.ref();
        this.post({ type: 'call', id, call }, transfer);
      })) as Results[Kind];
    } finally {
      signal?.removeEventListener('abort', abort);
      this.pending.delete(id);
      if (this.pending.size === 0) this.worker.unref();
    }
  }

  /** Calls that are under way reject. */
  async close(): Promise<void> {
    if (this.endedBy !== undefined) return this.exited;
    this.end(new ModelError('The model was closed before it had answered.'));
    this.post({ type: 'close' });
    const timer = setTimeout(() => void this.worker.terminate(), CLOSE_TIMEOUT_MS);
    await this.exited;
    clearTimeout(timer);
  }

  private receive(message: FromWorker): void {
    if (message.type === 'ready' || message.type === 'refused') return;
    const pending = this.pending.get(message.id); // absent once it has been aborted
    if (message.type === 'token') pending?.onToken?.(message.token);
    if (message.type === 'result') pending?.resolve(message.result);
    if (message.type === 'error') pending?.reject(unpackError(message.error));
  }

  private end(reason: ModelError): void {
    this.endedBy ??= reason;
    for (const { reject } of this.pending.values()) reject(reason);
  }

  private post(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }
}

export function startModelWorker(options: WorkerBackendOptions): Worker {
  const entry = import.meta.url.endsWith('.ts') ? './worker-from-source.js' : './worker.js';
  return new Worker(new URL(entry, import.meta.url), { workerData: options, execArgv: [] });
}

function crashError(cause: Error | number): ModelError {
  const how = typeof cause === 'number' ? `with exit code ${cause}` : `by ${cause.name}: ${cause.message}`;
  return new ModelError(`The model's thread was ended ${how}. Ask again: the next question starts it anew.`, {
    cause,
  });
}
