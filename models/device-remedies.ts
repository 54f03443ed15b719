// Why a device doesn't work here, and what to do about it, in a sentence or two.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { DeviceName } from './backend.ts';
import { deviceLabel, type NamedDevice } from './device-choice.ts';
import { shellWord } from './shell-word.ts';

export interface CudaFiles {
  /** Whether onnxruntime's own libraries for CUDA are there: they are too large for its package. */
  readonly areInstalled: boolean;
  /** Fetches them. */
  readonly command: string;
}

type Gpu = Exclude<DeviceName, 'cpu'>;

const NEEDS: Record<Gpu, string> = {
  cuda: 'CUDA needs Linux on x64 and an NVIDIA driver with CUDA 13, which nvidia-smi tells.',
  webgpu:
    'WebGPU needs a graphics driver with Vulkan (on Linux also libvulkan1), Metal or Direct3D 12, whose own words may ' +
    'stand above.',
  directml: 'DirectML needs a graphics driver with Direct3D 12.',
  coreml: 'Core ML needs macOS 12 or newer.',
};

/** The reason in onnxruntime's words, where they say more than ours, and the remedy. */
export function explainFailure(named: NamedDevice, error: unknown, cuda: CudaFiles): string {
  const device = named.device as Gpu;
  const reason = reasonOf(error);
  if (device === 'cuda') {
    if (/Failed to load shared library/.test(reason)) return missingLibraries(cuda);
    if (/invalid device ordinal|CUDA failure 101\b/i.test(reason)) {
      return `There is no card ${named.card ?? 0}: nvidia-smi -L lists those there are, from 0.`;
    }
  }
  return `${reason} ${NEEDS[device]}`;
}

/** onnxruntime says the same in both cases. */
function missingLibraries({ areInstalled, command }: CudaFiles): string {
  return areInstalled
    ? "CUDA 13's own libraries can't be loaded (cuBLAS, cudart, cuRAND). Install them, as NVIDIA's package " +
        `cuda-libraries-13-0 does, and have ldconfig or LD_LIBRARY_PATH find them. If they are there, fetch onnxruntime's again with "${command}".`
    : `onnxruntime's libraries for CUDA are missing. Install them with "${command}".`;
}

export const hardwareIsAbsent = ({ device }: NamedDevice): string =>
  `This machine shows no ${device === 'cuda' ? 'NVIDIA card' : 'graphics device'}.`;

export function deviceIsElsewhere(named: NamedDevice): string {
  const where: Record<DeviceName, string> = {
    cpu: 'everywhere',
    webgpu: 'Linux, Windows and macOS on Apple silicon',
    cuda: 'Linux on x64',
    directml: 'Windows',
    coreml: 'macOS',
  };
  return `onnxruntime's package has ${deviceLabel(named)} only for ${where[named.device]}, and this is ${process.platform} on ${process.arch}.`;
}

export function findCudaFiles(): CudaFiles {
  const folder = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
  const libraries = join(folder, 'bin', 'napi-v6', process.platform, process.arch);
  const script = relative(process.cwd(), join(folder, 'script', 'install.js'));
  return {
    areInstalled: ['cuda', 'shared'].every((name) =>
      existsSync(join(libraries, `libonnxruntime_providers_${name}.so`)),
    ),
    command: `ONNXRUNTIME_NODE_INSTALL=1 node ${shellWord(script)}`,
  };
}

/** The last clause of onnxruntime's message: what comes before names its own source files. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [reason = 'unknown'] = message.trim().split('\n').slice(-1);
  const told = reason.replace(/^.*(was false\.|Status Message: \S+:\d+ \S+) /, '').replace(/\.?$/, '.');
  return told.slice(0, 200);
}
