// Opens onnxruntime sessions over graphs whose weights lie in files elsewhere.
import { InferenceSession } from 'onnxruntime-node';
import type { ProviderOptions } from './providers.ts';

export type SessionOptions = ProviderOptions &
  Pick<InferenceSession.SessionOptions, 'enableProfiling' | 'profileFilePrefix'>;
/** @param options default: those of the device that the model runs on */
export type OpenSession = (graph: Uint8Array, options?: SessionOptions) => Promise<InferenceSession>;

export const CPU: SessionOptions = { executionProviders: ['cpu'] };

export interface WeightAccess {
  /** The folder that the graphs' locations of weights are relative to. */
  readonly root: string;
  /**
   * True: the weights are used as they lie in the file, so it is mapped and costs no memory of its own.
   * False: they are converted while loading, and packed for speed as they then are copies anyway.
   */
  readonly mapped: boolean;
}

export function sessionOpener({ root, mapped }: WeightAccess, device: SessionOptions): OpenSession {
  const session = {
    model_external_initializers_file_folder_path: root,
    // Waiting threads that spin took half the CPU, and on busy cores made answers four times as slow.
    intra_op: { allow_spinning: '0' },
    ...(mapped && { disable_prepacking: '1' }),
  };
  // What a run needs goes back to the system after it: the arena would keep the most that any run ever needed.
  return (graph, options = device) =>
    InferenceSession.create(graph, { enableCpuMemArena: false, ...options, extra: { session } });
}
