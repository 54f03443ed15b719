// What a person may ask for as a device: `auto`, or one by name, of CUDA cards also which.
import type { DeviceChoice, DeviceName } from './backend.ts';

export interface NamedDevice {
  readonly device: DeviceName;
  /** Of several CUDA cards, from 0 as the driver counts them. */
  readonly card?: number;
}

/** For messages: all that may be asked for. */
export const deviceChoices = 'auto, cpu, webgpu, cuda, cuda:N (card N, from 0), directml, coreml';

const NAMES = ['cpu', 'webgpu', 'cuda', 'directml', 'coreml'] as const satisfies readonly DeviceName[];
const CARD = /^cuda:(\d{1,3})$/;

export const isDeviceChoice = (choice: unknown): choice is DeviceChoice =>
  choice === 'auto' || NAMES.some((name) => name === choice) || CARD.test(String(choice));

export function namedDevice(choice: Exclude<DeviceChoice, 'auto'>): NamedDevice {
  const card = CARD.exec(choice)?.[1];
  return card === undefined ? { device: choice as DeviceName } : { device: 'cuda', card: Number(card) };
}

/** As it was asked for: `cuda:1`. */
export const deviceLabel = ({ device, card }: NamedDevice): string =>
  card === undefined ? device : `${device}:${card}`;
