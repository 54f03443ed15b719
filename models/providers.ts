// The devices as onnxruntime calls them: execution providers.
import { type InferenceSession, listSupportedBackends } from 'onnxruntime-node';
import type { DeviceName } from './backend.ts';
import type { NamedDevice } from './device-choice.ts';

/** What differs between devices in the options of a session. */
export type ProviderOptions = Pick<
  InferenceSession.SessionOptions,
  'executionProviders' | 'intraOpNumThreads' | 'enableMemPattern' | 'executionMode'
>;

/** Names in onnxruntime-node's options, and in profiles. */
const PROVIDERS: Record<DeviceName, { readonly option: string; readonly profile: string }> = {
  cpu: { option: 'cpu', profile: 'CPUExecutionProvider' },
  webgpu: { option: 'webgpu', profile: 'WebGpuExecutionProvider' },
  cuda: { option: 'cuda', profile: 'CUDAExecutionProvider' },
  directml: { option: 'dml', profile: 'DmlExecutionProvider' },
  coreml: { option: 'coreml', profile: 'CoreMLExecutionProvider' },
};
const NAMES = Object.keys(PROVIDERS) as DeviceName[];

export function providerOptions({ device, card }: NamedDevice): ProviderOptions {
  const name = PROVIDERS[device].option;
  const provider = card === undefined ? name : { name, deviceId: card };
  const executionProviders = [provider as InferenceSession.ExecutionProviderConfig];
  // https://onnxruntime.ai/docs/execution-providers/DirectML-ExecutionProvider.html#configuration-options
  if (device !== 'directml') return { executionProviders };
  return { executionProviders, enableMemPattern: false, executionMode: 'sequential' };
}

/** Those that onnxruntime's library for this system was built with, whether they work here or not. */
export function builtInDevices(): DeviceName[] {
  const names = listSupportedBackends().map(({ name }) => name);
  return NAMES.filter((device) => names.includes(PROVIDERS[device].option));
}

/** @param provider as a profile names it; one that isn't known stays as it is */
export const deviceOfProvider = (provider: string): string =>
  NAMES.find((device) => PROVIDERS[device].profile === provider) ?? provider;

/** For outputs that stay in the device's memory; elsewhere than on WebGPU onnxruntime-node hands all out. */
export const keptOutputs = ({
  executionProviders: [provider] = [],
}: ProviderOptions): Pick<InferenceSession.SessionOptions, 'preferredOutputLocation'> =>
  provider === PROVIDERS.webgpu.option ? { preferredOutputLocation: 'gpu-buffer' } : {};
