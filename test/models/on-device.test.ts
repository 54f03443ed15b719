// What happens where a model doesn't run on the device that was found.
import { describe, expect, it } from 'vitest';
import { type Device, openDevice } from '../../models/device.ts';
import type { Probe } from '../../models/device-probe.ts';
import { CheckpointError, DeviceError, ModelError, WholeAnswerError } from '../../models/errors.ts';
import { onDevice } from '../../models/on-device.ts';
import { toldDevice } from '../support/told-device.ts';

const CPU: Device = {
  report: { device: 'cpu', precision: 'f32', fallbacks: [] },
  sessionOptions: { executionProviders: ['cpu'] },
};
const named: Device = {
  report: { device: 'cuda', card: 1, precision: 'f16', fallbacks: [] },
  sessionOptions: { executionProviders: [{ name: 'cuda', deviceId: 1 }] },
};
const found: Device = {
  ...named,
  fallBack: async (fallbacks) => ({ ...CPU, report: { ...CPU.report, fallbacks } }),
};

/** Of a machine on which everything works, CUDA and WebGPU quicker than the CPU. */
const acceptingAll: Probe = {
  offered: () => ['cpu', 'webgpu', 'cuda'],
  hasHardware: () => true,
  cudaFiles: () => ({ areInstalled: true, command: '' }),
  check: async () => undefined,
  time: async ({ device }) => (device === 'cpu' ? 5 : 1),
};

/** A model that runs only where the name is one of these. */
const runsOnly =
  (...places: readonly string[]) =>
  async ({ report }: Device) => {
    if (places.includes(`${report.device} ${report.precision}`)) return report;
    throw new ModelError(report.precision === 'f16' ? 'Something is no number.' : 'Out of memory.');
  };

describe('a model on a device', () => {
  it('stays where it runs', async () => {
    expect(await onDevice(named, runsOnly('cuda f16'))).toEqual(named.report);
  });

  it('is computed in f32 where f16 gives what is no number, and that is told', async () => {
    expect(toldDevice(await onDevice(named, runsOnly('cuda f32')))).toEqual({
      ...named.report,
      precision: 'f32',
      fallbacks: ["The model doesn't run on cuda:1 in f16: Something is no number."],
    });
  });

  it('goes to the CPU where auto found a card with too little memory, and that is told', async () => {
    expect(toldDevice(await onDevice(found, runsOnly('cpu f32')))).toEqual({
      device: 'cpu',
      precision: 'f32',
      fallbacks: [
        "The model doesn't run on cuda:1 in f16: Something is no number.",
        "The model doesn't run on cuda:1 in f32: Out of memory.",
      ],
    });
  });

  it('is told as a sentence in one line, though onnxruntime takes several and sets no full stop', async () => {
    const { fallbacks } = toldDevice(
      await onDevice(named, async ({ report }) => {
        if (report.precision === 'f16') throw new Error('CUDA failure 2:\n  out of memory\n');
        return report;
      }),
    );
    expect(fallbacks).toEqual(["The model doesn't run on cuda:1 in f16: CUDA failure 2: out of memory."]);
  });

  it('writes step by step where a whole answer in one run fails, and that is told', async () => {
    const tried: (boolean | undefined)[] = [];
    const report = await onDevice(named, async ({ report, writesWhole }) => {
      tried.push(writesWhole);
      if (writesWhole !== false) throw new WholeAnswerError(new Error('Loop: CUDA failure 700'));
      return report;
    });
    expect(tried).toEqual([undefined, false]);
    expect(toldDevice(report)).toEqual({
      ...named.report,
      fallbacks: [
        'cuda:1 writes answers token by token, which costs speed alone, as a whole one in one run fails there: Loop: CUDA failure 700.',
      ],
    });
  });

  it('goes to the next device that the probe accepts before the CPU, each failure told', async () => {
    const found = await openDevice('auto', acceptingAll);
    expect(toldDevice(await onDevice(found, runsOnly('webgpu f16', 'cpu f32')))).toEqual({
      device: 'webgpu',
      precision: 'f16',
      fallbacks: [
        "The model doesn't run on cuda in f16: Something is no number.",
        "The model doesn't run on cuda in f32: Out of memory.",
      ],
    });
    const onCpu = toldDevice(await onDevice(found, runsOnly('cpu f32')));
    expect(onCpu.device).toBe('cpu');
    expect(onCpu.fallbacks.map((told) => / on (\w+ in \w+):/.exec(told)?.[1])).toEqual([
      'cuda in f16',
      'cuda in f32',
      'webgpu in f16',
      'webgpu in f32',
    ]);
  });

  it('passes over a next device that the probe refuses', async () => {
    const hasHardware: Probe['hasHardware'] = (device) => device === 'cuda';
    const found = await openDevice('auto', { ...acceptingAll, hasHardware });
    const { device, fallbacks } = toldDevice(await onDevice(found, runsOnly('cpu f32')));
    expect(device).toBe('cpu');
    expect(fallbacks[2]).toBe('webgpu is not used: this machine shows no graphics device.');
  });

  it('goes nowhere else where the device was asked for by name', async () => {
    const opening = onDevice(named, runsOnly('cpu f32'));
    await expect(opening).rejects.toThrow(DeviceError);
    await expect(opening).rejects.toThrow(
      "The model doesn't run on cuda:1: Out of memory. Choose cpu or auto.",
    );
  });

  it.each([
    ['a checkpoint that is broken', found, new CheckpointError('broken')],
    ['a failure on the CPU', CPU, new Error('broken')],
  ])('fails at once by %s', async (_, device, error) => {
    let tries = 0;
    const opening = onDevice(device, async () => {
      tries++;
      throw error;
    });
    await expect(opening).rejects.toBe(error);
    expect(tries).toBe(1);
  });
});
