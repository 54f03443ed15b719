// The model's own thread: onnxruntime's `run` blocks it, and only it. Started by ModelThread.
import { parentPort, type Transferable, workerData } from 'node:worker_threads';
import PQueue from 'p-queue';
import type { Backend } from './backend.ts';
import { openDevice } from './device.ts';
import { LocalBackend } from './local-backend.ts';
import { preprocess } from './preprocess.ts';
import { packError } from './worker-errors.ts';
import {
  type Call,
  type FromWorker,
  LOADING,
  type Results,
  type ToWorker,
  type WorkerBackendOptions,
} from './worker-protocol.ts';

/**
 * First come, first served, in two lanes whose runs take turns: each run of a graph is one turn of this
 * thread's event loop, so an image never waits for the end of a long answer, and aborts are heard between
 * tokens. Two answers at most are under way, as each holds a KV cache.
 */
const lanes = { encode: new PQueue({ concurrency: 1 }), generate: new PQueue({ concurrency: 2 }) };
const underWay = new Map<number, AbortController>();

await serve(workerData as WorkerBackendOptions);

async function serve({ folder, device = 'auto', limits }: WorkerBackendOptions): Promise<void> {
  try {
    const backend = await LocalBackend.open(folder, {
      device: await openDevice(device),
      preprocess: (image, config) => preprocess(image, config, limits),
    });
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
      return underWay.get(message.id)?.abort();
    case 'close':
      return close(backend);
  }
}

async function answer(id: number, call: Call, backend: Backend): Promise<void> {
  const controller = new AbortController();
  underWay.set(id, controller);
  try {
    const result = await lanes[call.kind].add(() => perform(id, call, backend, controller.signal));
    tell({ type: 'result', id, result }, transferables(result));
  } catch (error) {
    tell({ type: 'error', id, error: packError(error) });
  } finally {
    underWay.delete(id);
  }
}

async function perform(id: number, call: Call, backend: Backend, signal: AbortSignal) {
  signal.throwIfAborted();
  if (call.kind === 'encode') return backend.encodeImage(call.parameters.image, { signal });
  const tokens = backend.generate({ ...call.parameters, signal });
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
  for (const controller of underWay.values()) controller.abort();
  await Promise.all(Object.values(lanes).map((lane) => lane.onIdle()));
  await backend.close();
  parentPort?.close(); // nothing is left to do, so the thread ends
}

function tell(message: FromWorker, transfer: Transferable[] = []): void {
  parentPort?.postMessage(message, transfer);
}
