// Where the parts of the local Discord are reached.
import type { World } from './world.ts';

export function gatewayUrl({ origin }: World): string {
  return `${origin.replace(/^http/, 'ws')}/gateway`;
}
