// What answers depend on: the first line of a file of results.
import { createHash } from 'node:crypto';
import type { ModelInfo } from '../../models/backend.ts';
import type { Item } from './items.ts';
import type { Protocol } from './protocol.ts';
import { PROGRAM, type RunHeader } from './results-file.ts';

export function describeRun(info: ModelInfo, protocol: Protocol, items: readonly Item[]): RunHeader {
  const { name: model, fingerprint, weights = 'as stored', device } = info;
  return {
    program: PROGRAM,
    model,
    fingerprint,
    weights,
    device: device.device,
    protocol,
    items: hashItems(items),
  };
}

export function hashItems(items: readonly Item[]): string {
  return createHash('sha256').update(JSON.stringify(items)).digest('hex');
}
