// One life of the model's thread, seen from the caller's: calls go in, tokens and results come back.
import { type Transferable, Worker } from 'node:worker_threads';
import type { GeneratedToken, ModelInfo, PromptReuse, RequestOptions } from './backend.ts';
import { countDown } from './deadline.ts';
import { ModelError, StoppedError } from './errors.ts';
import { unpackError } from './worker-errors.ts';
import {
  type Call,
  type CallKind,
  type FromWorker,
  LOADING,
  type Results,
  type ToWorker,
  type WorkerBackendOptions,
} from './worker-protocol.ts';

/**
 * Room for what JavaScript made just now, in MiB; the default of 16 is filled while a tokenizer is read and, with as much
 * again for the collector, never given back.
 */
export const NEW_OBJECTS_MB = 1;

export type StartWorker = (options: WorkerBackendOptions) => Worker;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Without an answer after so long, the thread counts as one that hangs. */
  readonly hangsAfterMs?: number | undefined;
  /** Buffers that the call gives away. */
  readonly transfer: Transferable[];
  readonly onToken?: (token: GeneratedToken) => void;
  readonly onProgress?: RequestOptions['onProgress'] | undefined;
}

interface Pending {
  readonly resolve: (result: Results[keyof Results]) => void;
  readonly reject: (reason: unknown) => void;
  readonly onToken: CallOptions['onToken'];
  readonly onProgress: CallOptions['onProgress'];
}

export class ModelThread {
  /** Resolves when the model is loaded; rejects with what `LocalBackend.open` and `openDevice` throw. */
  readonly info: Promise<ModelInfo>;
  private readonly worker: Worker;
  private readonly exited: Promise<void>;
  private readonly pending = new Map<number, Pending>();
  /** What the thread hasn't finished, aborted calls too: it must not be torn down within a run. */
  private readonly underWay = new Set<number>();
  /** When it last had answered. */
  reuse: PromptReuse | undefined;
  private endedBy: ModelError | undefined;
  private hangs = false;
  private lastId = LOADING;

  constructor(worker: Worker) {
    this.worker = worker;
    this.exited = new Promise((resolve) => {
      worker.once('exit', () => resolve());
    });
    worker.on('message', (message: FromWorker) => this.receive(message));
    worker.on('error', (error) => this.end(crashError(error)));
    worker.on('messageerror', (error) => {
      this.end(crashError(error)); // whose answer it was can't be told
      this.post({ type: 'close' });
    });
    worker.on('exit', (code) => this.end(crashError(code)));
    this.info = this.result<'load'>(LOADING);
  }

  get isAlive(): boolean {
    return this.endedBy === undefined;
  }

  /** Rejects with the signal's reason as soon as it aborts; the thread hears of it before its next token. */
  async call<Kind extends CallKind>(
    call: Extract<Call, { kind: Kind }>,
    { signal, hangsAfterMs, transfer, ...hearing }: CallOptions,
  ): Promise<Results[Kind]> {
    signal?.throwIfAborted();
    if (this.endedBy !== undefined) throw this.endedBy;
    const id = ++this.lastId;
    this.post({ type: 'call', id, call }, transfer);
    const abort = () => {
      this.post({ type: 'abort', id });
      this.pending.get(id)?.reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort);
    const timer = countDown(hangsAfterMs, () => this.abandon(hangsAfterMs ?? 0));
    try {
      return await this.result<Kind>(id, hearing);
    } finally {
      timer.callOff();
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Calls that are under way reject. Waits for the end of a run: to terminate within one aborts the process. */
  async close(): Promise<void> {
    if (this.endedBy === undefined) {
      this.end(new ModelError('The model was closed before it had answered.'));
      this.post({ type: 'close' });
      this.worker.ref();
    }
    if (!this.hangs) await this.exited;
  }

  private async result<Kind extends keyof Results>(
    id: number,
    { onToken, onProgress }: Pick<CallOptions, 'onToken' | 'onProgress'> = {},
  ): Promise<Results[Kind]> {
    this.underWay.add(id);
    this.worker.ref();
    try {
      return (await new Promise<Results[keyof Results]>((resolve, reject) => {
        this.pending.set(id, { resolve, reject, onToken, onProgress });
      })) as Results[Kind];
    } finally {
      this.pending.delete(id);
    }
  }

  private receive(message: FromWorker): void {
    const pending = this.pending.get(message.id); // absent once it has been aborted
    if (message.type === 'token') {
      pending?.onToken?.(message.token);
      return;
    }
    if (message.type === 'progress') {
      pending?.onProgress?.(message.progress);
      return;
    }
    if (message.type === 'result') {
      this.reuse = message.reuse;
      pending?.resolve(message.result);
    } else pending?.reject(unpackError(message.error));
    this.underWay.delete(message.id);
    // An idle model is no reason for the process to go on.
    if (this.underWay.size === 0 && this.isAlive) this.worker.unref();
  }

  /** A thread within a run can't be terminated: it is left to itself, and ends should it ever come back. */
  private abandon(afterMs: number): void {
    if (this.endedBy !== undefined) return;
    this.hangs = true;
    const seconds = Math.ceil(afterMs / 1_000);
    this.end(new StoppedError(`The model's thread gave no answer in ${seconds} seconds. ${askAgain}`));
    this.post({ type: 'close' });
    this.worker.unref();
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
  // What V8 counts is three times that: the collector moves what is still needed between two of them.
  const resourceLimits = { maxYoungGenerationSizeMb: 3 * NEW_OBJECTS_MB };
  return new Worker(new URL(entry, import.meta.url), { workerData: options, execArgv: [], resourceLimits });
}

const askAgain = 'Ask again: the next question starts it anew.';

function crashError(cause: Error | number): StoppedError {
  const how = typeof cause === 'number' ? `with exit code ${cause}` : `by ${cause.name}: ${cause.message}`;
  return new StoppedError(`The model's thread was ended ${how}. ${askAgain}`, { cause });
}
