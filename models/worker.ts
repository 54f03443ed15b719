// The model's own thread: onnxruntime's `run` blocks it, and only it. Started by ModelThread.
import { parentPort, type Transferable, workerData } from 'node:worker_threads';
import type { Backend, RequestProgress } from './backend.ts';
import { LocalBackend } from './local-backend.ts';
import { localOptions } from './local-options.ts';
import { packError } from './worker-errors.ts';
import {
  type Call,
  type FromWorker,
  LOADING,
  type Results,
  type ToWorker,
  type WorkerBackendOptions,
} from './worker-protocol.ts';

/** Calls that were not answered yet: each of them says by itself how it ended. */
const underWay = new Map<number, Answering>();

interface Answering {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

await serve(workerData as WorkerBackendOptions);

async function serve(options: WorkerBackendOptions): Promise<void> {
  try {
    const backend = await LocalBackend.open(options.folder, await localOptions(options));
    parentPort?.on('message', (message: ToWorker) => void receive(message, backend));
    parentPort?.on('messageerror', (error) => {
      throw error; // whose call it was can't be told, so that all must hear of it
    });
    tell({ type: 'result', id: LOADING, result: backend.info });
  } catch (error) {
    tell({ type: 'error', id: LOADING, error: packError(error) });
  }
}

async function receive(message: ToWorker, backend: Backend): Promise<void> {
  switch (message.type) {
    case 'call':
      return answer(message.id, message.call, backend);
    case 'abort':
      return underWay.get(message.id)?.controller.abort();
    case 'close':
      return close(backend);
  }
}

function answer(id: number, call: Call, backend: Backend): Promise<void> {
  const controller = new AbortController();
  const ended = answerUntil(id, call, backend, controller.signal).finally(() => underWay.delete(id));
  underWay.set(id, { controller, ended });
  return ended;
}

async function answerUntil(id: number, call: Call, backend: Backend, signal: AbortSignal): Promise<void> {
  try {
    const result = await perform(id, call, backend, signal);
    tell({ type: 'result', id, result, reuse: backend.reuse }, transferables(result));
  } catch (error) {
    tell({ type: 'error', id, error: packError(error) });
  }
}

async function perform(id: number, call: Call, backend: Backend, signal: AbortSignal) {
  const onProgress = (progress: RequestProgress) => tell({ type: 'progress', id, progress });
  if (call.kind === 'encode') {
    const { image, ...options } = call.parameters;
    return backend.encodeImage(image, { ...options, onProgress, signal });
  }
  const tokens = backend.generate({ ...call.parameters, onProgress, signal });
  for (let next = await tokens.next(); ; next = await tokens.next()) {
    if (next.done) return next.value;
    tell({ type: 'token', id, token: next.value });
  }
}

/** Image features go to the caller for good; nothing here keeps them. */
function transferables(result: Results[keyof Results]): Transferable[] {
  return 'data' in result ? [result.data.buffer as ArrayBuffer] : [];
}

async function close(backend: Backend): Promise<void> {
  const calls = [...underWay.values()];
  for (const { controller } of calls) controller.abort();
  await Promise.all(calls.map(({ ended }) => ended));
  await backend.close();
  parentPort?.close(); // nothing is left to do, so the thread ends
}

function tell(message: FromWorker, transfer: Transferable[] = []): void {
  parentPort?.postMessage(message, transfer);
}
