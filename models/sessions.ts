// Opens onnxruntime sessions over graphs whose weights lie in files elsewhere.
import { InferenceSession } from 'onnxruntime-node';
import type { Device } from './device.ts';

export type SessionOptions = Device['sessionOptions'];
/** @param options default: those of the device that the model runs on */
export type OpenSession = (graph: Uint8Array, options?: SessionOptions) => Promise<InferenceSession>;

export const CPU: SessionOptions = { executionProviders: ['cpu'] };

/**
 * Weights are read straight from the mapped files: without prepacking, an f32 file costs no memory of its own.
 *
 * @param root the folder that the graphs' locations of weights are relative to
 */
export function sessionOpener(root: string, device: SessionOptions): OpenSession {
  const session = { model_external_initializers_file_folder_path: root, disable_prepacking: '1' };
  return (graph, options = device) => InferenceSession.create(graph, { ...options, extra: { session } });
}
