// A process that is measured: it is told what to do a line at a time, and its memory is watched from outside.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { NEW_OBJECTS_MB } from '../../models/worker-thread.ts';
import { type MemoryPeak, watchMemory } from './memory.ts';
import type { Outcome, Request } from './requests.ts';

export type ContenderName = 'ours' | 'reference';

const COMMANDS: Record<ContenderName, readonly [string, ...string[]]> = {
  // With the memory for new objects that the model's thread has.
  ours: [process.execPath, `--max-semi-space-size=${NEW_OBJECTS_MB}`, join(import.meta.dirname, 'ours.mjs')],
  reference: ['python3', join(import.meta.dirname, '..', 'reference.py')],
};

export class Contender {
  /** Waits until it has loaded its code. */
  static async start(name: ContenderName): Promise<Contender> {
    const [command, ...args] = COMMANDS[name];
    const started = performance.now();
    const contender = new Contender(name, spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] }));
    await contender.next();
    contender.startMs = performance.now() - started;
    return contender;
  }

  /** How long its code took to load. */
  startMs = Number.NaN;

  readonly name: ContenderName;
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private readonly memory: MemoryPeak;

  private constructor(name: ContenderName, child: ChildProcess) {
    const { stdout, pid } = child;
    if (stdout === null || pid === undefined) throw new Error(`${name} can't be started.`);
    this.name = name;
    this.child = child;
    this.lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
    this.memory = watchMemory(pid);
  }

  async ask(request: Request): Promise<Outcome> {
    this.child.stdin?.write(`${JSON.stringify(request)}\n`);
    return (await this.next()) as Outcome;
  }

  /** The most that it had at once, in bytes; undefined where the system doesn't say. */
  get peak() {
    return this.memory.peak;
  }

  async close(): Promise<void> {
    this.memory.stop();
    this.child.stdin?.end();
    if (this.child.exitCode === null) await once(this.child, 'exit');
  }

  private async next(): Promise<unknown> {
    const { done, value } = await this.lines.next();
    if (done) throw new Error(`${this.name} ended in the middle of its work. What it said stands above.`);
    return JSON.parse(value);
  }
}
