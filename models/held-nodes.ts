// How much of the model its device really holds.
import type { DeviceReport } from './backend.ts';

export interface HeldNodes {
  readonly held: number;
  readonly all: number;
  /** Operators whose nodes lie elsewhere, each once, with their devices: `Concat on cpu`. */
  readonly elsewhere: readonly string[];
}

/** Undefined where only the CPU was asked for, which holds everything then. */
export function heldNodes({ device, nodes }: DeviceReport): HeldNodes | undefined {
  if (nodes === undefined) return undefined;
  const sum = (operators: Readonly<Record<string, number>> = {}) =>
    Object.values(operators).reduce((total, count) => total + count, 0);
  const others = Object.entries(nodes).filter(([name]) => name !== device);
  return {
    held: sum(nodes[device]),
    all: Object.values(nodes).reduce((total, operators) => total + sum(operators), 0),
    elsewhere: others.flatMap(([name, operators]) =>
      Object.keys(operators)
        .sort()
        .map((operator) => `${operator} on ${name}`),
    ),
  };
}
