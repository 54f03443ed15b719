import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DeviceChoice, DeviceName } from '../../models/backend.ts';
import { openDevice } from '../../models/device.ts';
import { deviceLabel, type NamedDevice } from '../../models/device-choice.ts';
import { type Probe, runProbe } from '../../models/device-probe.ts';
import { DeviceError } from '../../models/errors.ts';
import { toldDevice } from '../support/told-device.ts';

const NO_LIBRARY = 'Failed to load shared library';
const NO_ADAPTER =
  '/src/webgpu_context.cc:136 Initialize adapter_result.status == Success was false. ' +
  'Failed to get a WebGPU adapter: No supported adapters\n';

interface Machine {
  readonly offered?: readonly DeviceName[];
  readonly hardware?: readonly DeviceName[];
  readonly hasCudaFiles?: boolean;
}

/** Milliseconds a run takes, or why it fails, by device and precision; what isn't named fails. */
function fakeProbe(outcomes: Record<string, number | string>, machine: Machine = {}): Probe {
  const { offered = ['cpu', 'webgpu', 'cuda'], hardware = offered, hasCudaFiles = false } = machine;
  const run = async (named: NamedDevice, precision: string): Promise<number> => {
    const name = deviceLabel(named);
    const outcome = outcomes[`${name} ${precision}`] ?? `${name} has no ${precision}`;
    if (typeof outcome === 'string') throw new Error(outcome);
    return outcome;
  };
  return {
    offered: () => offered,
    hasHardware: (device) => hardware.includes(device),
    cudaFiles: () => ({ areInstalled: hasCudaFiles, command: 'node install.js' }),
    check: async (device, precision) => void (await run(device, precision)),
    time: (device) => run(device, 'f32'),
  };
}

describe('the device that auto finds', () => {
  it('is CUDA where that works', async () => {
    const { report, sessionOptions } = await openDevice(
      'auto',
      fakeProbe({ 'cuda f32': 1, 'cuda f16': 1, 'webgpu f32': 1, 'cpu f32': 5 }),
    );
    expect(report).toEqual({ device: 'cuda', precision: 'f16', fallbacks: [] });
    expect(sessionOptions).toEqual({ executionProviders: ['cuda'] });
  });

  it('is WebGPU where CUDA fails, and says why it is not CUDA', async () => {
    const { report } = await openDevice(
      'auto',
      fakeProbe({ 'cuda f32': `Cuda: ${NO_LIBRARY}`, 'webgpu f32': 9, 'cpu f32': 5 }),
    );
    expect(toldDevice(report)).toEqual({
      device: 'webgpu',
      precision: 'f32', // as f16 fails
      fallbacks: [
        'cuda is not used: onnxruntime\'s libraries for CUDA are missing. Install them with "node install.js".',
        'webgpu computes in f32, which costs speed and memory alone, as f16 fails there: webgpu has no f16.',
      ],
    });
  });

  it('is the CPU where nothing else works, with one sentence for each device', async () => {
    const { report, sessionOptions } = await openDevice(
      'auto',
      fakeProbe({ 'webgpu f32': NO_ADAPTER, 'cpu f32': 5 }),
    );
    expect(toldDevice(report)).toEqual({
      device: 'cpu',
      precision: 'f32',
      fallbacks: [
        expect.stringMatching(/^cuda is not used: cuda has no f32\. CUDA needs Linux .* driver with CUDA 13/),
        expect.stringMatching(
          /^webgpu is not used: Failed to get a WebGPU adapter: No supported adapters\. WebGPU needs a graphics driver/,
        ),
      ],
    });
    expect(sessionOptions).toEqual({ executionProviders: ['cpu'] });
  });

  it('is no adapter that is far slower than the CPU', async () => {
    const probe = fakeProbe({ 'webgpu f32': 400, 'cpu f32': 5 });
    const { report } = await openDevice('auto', probe);
    expect(report.device).toBe('cpu');
    expect(toldDevice(report).fallbacks[1]).toBe(
      'webgpu is not used: it is slower than the CPU (400.0 ms against 5.0 ms for a product), as software adapters are.',
    );
  });

  it('is the CPU without a try where there is no graphics hardware', async () => {
    const probe = fakeProbe({ 'webgpu f32': 1, 'cpu f32': 5 }, { hardware: [] });
    const { report } = await openDevice('auto', probe);
    expect(report.device).toBe('cpu');
    expect(toldDevice(report).fallbacks).toEqual([
      'cuda is not used: this machine shows no NVIDIA card.',
      'webgpu is not used: this machine shows no graphics device.',
    ]);
  });

  it('is looked for only among those that the library has here, such as DirectML on Windows', async () => {
    const probe = fakeProbe({ 'directml f32': 1, 'cpu f32': 5 }, { offered: ['cpu', 'webgpu', 'directml'] });
    const { report, sessionOptions } = await openDevice('auto', probe);
    expect(report.device).toBe('directml');
    expect(toldDevice(report).fallbacks).toEqual([
      expect.stringMatching(/^webgpu is not used: /),
      expect.stringMatching(/^directml computes in f32, /),
    ]);
    expect(sessionOptions).toEqual({
      executionProviders: ['dml'],
      enableMemPattern: false,
      executionMode: 'sequential',
    });
  });
});

describe('a device asked for by name', () => {
  it('is used however slow it is', async () => {
    const { report } = await openDevice(
      'webgpu',
      fakeProbe({ 'webgpu f32': 400, 'cpu f32': 5 }, { hardware: [] }),
    );
    expect(report).toMatchObject({ device: 'webgpu', precision: 'f32' });
  });

  it('computes in f32 where it has no f16, and says why and what that costs', async () => {
    const f16 =
      "Non-zero status code returned while running Cast node. Name:'' Status Message: shader_helper.cc:416 " +
      'GenerateSourceCode Program Cast requires f16 but the device does not support it.';
    const { report } = await openDevice('webgpu', fakeProbe({ 'webgpu f32': 1, 'webgpu f16': f16 }));
    expect(toldDevice(report)).toEqual({
      device: 'webgpu',
      precision: 'f32',
      fallbacks: [
        'webgpu computes in f32, which costs speed and memory alone, as f16 fails there: Program Cast requires f16 but the device does not support it.',
      ],
    });
  });

  it('is refused with the reason and the remedy where it does not work', async () => {
    const error = await openDevice('webgpu', fakeProbe({ 'webgpu f32': NO_ADAPTER })).catch((error) => error);
    expect(error).toBeInstanceOf(DeviceError);
    expect(error.message).toMatch(
      /^The device webgpu doesn't work here: Failed to get a WebGPU adapter: No supported adapters\. WebGPU needs a graphics driver/,
    );
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('may be one of several cards', async () => {
    const { report, sessionOptions } = await openDevice('cuda:1', fakeProbe({ 'cuda:1 f32': 1 }));
    expect(toldDevice(report)).toEqual({
      device: 'cuda',
      card: 1,
      precision: 'f32',
      fallbacks: [expect.stringMatching(/^cuda:1 computes in f32, .*: cuda:1 has no f16\.$/)],
    });
    expect(sessionOptions).toEqual({ executionProviders: [{ name: 'cuda', deviceId: 1 }] });
  });

  it.each([
    [
      'cuda',
      NO_LIBRARY,
      false,
      /onnxruntime's libraries for CUDA are missing\. Install them with "node install\.js"\. Or choose cpu or auto\.$/,
    ],
    ['cuda', NO_LIBRARY, true, /CUDA 13's own libraries can't be loaded .* cuda-libraries-13-0/],
    ['cuda:7', 'CUDA failure 101: invalid device ordinal', true, /There is no card 7: nvidia-smi -L lists/],
    [
      'cuda',
      'CUDA failure 35: driver too old',
      true,
      /failure 35: driver too old\. CUDA needs .* driver with CUDA 13/,
    ],
    [
      'webgpu',
      NO_ADAPTER,
      true,
      /WebGPU adapter: No supported adapters\. WebGPU needs a graphics driver with Vulkan/,
    ],
  ] as const)(
    '%s fails by "%s" with the remedy (libraries: %s)',
    async (choice, message, hasCudaFiles, remedy) => {
      const probe = fakeProbe({ [`${choice} f32`]: message }, { hasCudaFiles });
      const opening = openDevice(choice, probe);
      await expect(opening).rejects.toThrow(remedy);
      await expect(opening).rejects.toThrow(/^The device \S+ doesn't work here: .* Or choose cpu or auto\.$/);
    },
  );

  it.each([
    [
      'cuda:1',
      "This machine shows no NVIDIA card. onnxruntime's libraries for CUDA are missing. Install them with",
    ],
    ['webgpu', 'This machine shows no graphics device. webgpu has no f32. WebGPU needs a graphics driver'],
  ] as const)('%s is refused with the hardware that is not there, as well', async (choice, why) => {
    const probe = fakeProbe({ 'cuda:1 f32': NO_LIBRARY }, { hardware: [] });
    await expect(openDevice(choice, probe)).rejects.toThrow(`The device ${choice} doesn't work here: ${why}`);
  });

  it('is refused where the library for this system has none', async () => {
    const opening = openDevice('directml', fakeProbe({ 'directml f32': 1 }));
    await expect(opening).rejects.toThrow(
      /^The device directml doesn't work here: .* only for Windows, and this is/,
    );
  });

  it('is the CPU without any probe', async () => {
    const { report } = await openDevice('cpu', fakeProbe({}));
    expect(report).toEqual({ device: 'cpu', precision: 'f32', fallbacks: [] });
  });
});

describe('the real probe', () => {
  it('times a product on the CPU, where f16 works, too', async () => {
    expect(await runProbe.time({ device: 'cpu' })).toBeGreaterThan(0);
    await runProbe.check({ device: 'cpu' }, 'f16');
  });

  it.skipIf(runProbe.cudaFiles().areInstalled || !runProbe.offered().includes('cuda'))(
    'says with which command the libraries for CUDA are installed (skipped where they are, or can not be)',
    async () => {
      const [, script = ''] =
        /Install them with "ONNXRUNTIME_NODE_INSTALL=1 node (\S+)"\. /.exec(await refusalOf('cuda')) ?? [];
      expect(existsSync(script)).toBe(true);
    },
  );
});

const refusalOf = (choice: DeviceChoice) =>
  openDevice(choice).then(
    () => '',
    (error: Error) => error.message,
  );

it.each(['gpu', '', 'AUTO', 'cuda:', 'cuda:x', 'webgpu:1', null])(
  'a device %j is refused with the choices',
  async (choice) => {
    const opening = openDevice(choice as unknown as DeviceChoice, fakeProbe({}));
    await expect(opening).rejects.toThrow(DeviceError);
    await expect(opening).rejects.toThrow(
      /^device is .*\. Use one of: auto, cpu, webgpu, cuda, cuda:N .*, directml, coreml\.$/,
    );
  },
);
