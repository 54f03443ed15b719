// What a backend is opened with, from what people choose: in the caller's thread and in the worker alike.
import { PrefixCache } from './decoder/prefix-cache.ts';
import { prefixRoom } from './decoder/prefix-room.ts';
import { openDevice } from './device.ts';
import { chooseFrame } from './frames.ts';
import type { LocalBackendOptions } from './local-backend.ts';
import { preprocess } from './preprocess.ts';
import type { WorkerBackendOptions } from './worker-protocol.ts';

/** @throws DeviceError when a device asked for by name doesn't work here */
export async function localOptions(options: WorkerBackendOptions): Promise<LocalBackendOptions> {
  const { device = 'auto', weights, limits, prefixBytes = prefixRoom(), textsAtOnce, maxWaiting } = options;
  return {
    preprocess: (image, processor, { page } = {}) =>
      preprocess(image, processor, { ...limits, ...(page !== undefined && { page }) }),
    chooseFrame: (image, choice) => chooseFrame(image, choice, limits),
    device: await openDevice(device),
    ...(weights && { weights }),
    ...(prefixBytes > 0 && { prefixes: new PrefixCache(prefixBytes) }),
    ...(textsAtOnce !== undefined && { textsAtOnce }),
    ...(maxWaiting !== undefined && { maxWaiting }),
  };
}
