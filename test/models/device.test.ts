import { describe, expect, it } from 'vitest';
import type { DeviceChoice } from '../../models/backend.ts';
import { openDevice } from '../../models/device.ts';
import { type Probe, runProbe } from '../../models/device-probe.ts';
import { DeviceError } from '../../models/errors.ts';

const NO_ADAPTER =
  '/src/webgpu_context.cc:136 Initialize adapter_result.status == Success was false. ' +
  'Failed to get a WebGPU adapter: No supported adapters\n';

/** Milliseconds a run takes, or why it fails, by device and precision; what isn't named fails. */
function fakeProbe(outcomes: Record<string, number | string>, hasHardware = true): Probe {
  const run = async (device: string, precision: string): Promise<number> => {
    const outcome = outcomes[`${device} ${precision}`] ?? `${device} has no ${precision}`;
    if (typeof outcome === 'string') throw new Error(outcome);
    return outcome;
  };
  return {
    hasGraphicsHardware: () => hasHardware,
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
      fakeProbe({ 'cuda f32': 'Cuda: Failed to load shared library', 'webgpu f32': 9, 'cpu f32': 5 }),
    );
    expect(report).toEqual({
      device: 'webgpu',
      precision: 'f32', // as f16 fails
      fallbacks: ['cuda is not used: Cuda: Failed to load shared library.'],
    });
  });

  it('is the CPU where nothing else works, with one sentence for each device', async () => {
    const { report, sessionOptions } = await openDevice(
      'auto',
      fakeProbe({ 'webgpu f32': NO_ADAPTER, 'cpu f32': 5 }),
    );
    expect(report).toEqual({
      device: 'cpu',
      precision: 'f32',
      fallbacks: [
        'cuda is not used: cuda has no f32.',
        'webgpu is not used: Failed to get a WebGPU adapter: No supported adapters.',
      ],
    });
    expect(sessionOptions).toEqual({ executionProviders: ['cpu'] });
  });

  it('is no adapter that is far slower than the CPU', async () => {
    const probe = fakeProbe({ 'webgpu f32': 400, 'cpu f32': 5 });
    const { report } = await openDevice('auto', probe);
    expect(report.device).toBe('cpu');
    expect(report.fallbacks[1]).toBe(
      'webgpu is not used: it is slower than the CPU (400.0 ms against 5.0 ms for a product), as software adapters are.',
    );
  });

  it('is the CPU without a try where there is no graphics hardware', async () => {
    const probe = fakeProbe({ 'webgpu f32': 1, 'cpu f32': 5 }, false);
    const { report } = await openDevice('auto', probe);
    expect(report.device).toBe('cpu');
    expect(report.fallbacks).toHaveLength(2);
  });
});

describe('a device asked for by name', () => {
  it('is used however slow it is', async () => {
    const { report } = await openDevice('webgpu', fakeProbe({ 'webgpu f32': 400, 'cpu f32': 5 }, false));
    expect(report).toEqual({ device: 'webgpu', precision: 'f32', fallbacks: [] });
  });

  it('is refused with the reason and the remedy where it does not work', async () => {
    const error = await openDevice('webgpu', fakeProbe({ 'webgpu f32': NO_ADAPTER })).catch((error) => error);
    expect(error).toBeInstanceOf(DeviceError);
    expect(error.message).toMatch(
      /^The device webgpu doesn't work here: Failed to get a WebGPU adapter: No supported adapters\. WebGPU needs a graphics driver/,
    );
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('is the CPU without any probe', async () => {
    const { report } = await openDevice('cpu', fakeProbe({}));
    expect(report).toEqual({ device: 'cpu', precision: 'f32', fallbacks: [] });
  });
});

describe('the real probe', () => {
  it('times a product on the CPU, where f16 works, too', async () => {
    expect(await runProbe.time('cpu')).toBeGreaterThan(0);
    await runProbe.check('cpu', 'f16');
  });
});

it.each(['gpu', '', 'AUTO', null])('a device %j is refused with the choices', async (choice) => {
  const opening = openDevice(choice as unknown as DeviceChoice, fakeProbe({}));
  await expect(opening).rejects.toThrow(DeviceError);
  await expect(opening).rejects.toThrow(/^device is .*\. Use one of: auto, cuda, webgpu, cpu\.$/);
});
