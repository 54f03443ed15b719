// Runs the same work on one contender, or on two in turn, so closely that whatever else the machine does hits both.
import { availableParallelism } from 'node:os';
import type { DeviceChoice, WeightChoice } from '../../models/backend.ts';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import { Contender, type ContenderName } from './contender.ts';
import type { Memory } from './memory.ts';
import { captionRequest, type Measured, type Measurement, measurements } from './work.ts';

export interface RoundsOptions {
  readonly contenders: readonly ContenderName[];
  /** Absolute. */
  readonly model: string;
  readonly image: string;
  /** In each round both are started anew. */
  readonly rounds: number;
  /** Of each measurement in a round. */
  readonly repetitions: number;
  readonly threads?: number;
  /** Default `cpu`. */
  readonly device?: DeviceChoice;
  /** Of ours. */
  readonly weights?: WeightChoice;
  /** What transformers calls `attn_implementation`. */
  readonly attention?: string;
  /** Of transformers on a CPU; default `f32`. */
  readonly dtype?: 'f32' | 'bf16';
  /** Only measurements whose names hold this. */
  readonly only: string;
  /** One contender after the other, where memory has no room for both. */
  readonly apart?: boolean;
  readonly onRound?: (round: number) => void;
}

export interface Row {
  readonly what: string;
  readonly unit: Measurement['unit'] | 'bytes';
  /** Samples in the order in which they were taken: the n-th of all contenders belong together. */
  readonly samples: Partial<Record<ContenderName, number[]>>;
}

export interface Report {
  readonly threads: number;
  /** What each ran on, in its own words. */
  readonly where: Partial<Record<ContenderName, string>>;
  readonly rows: readonly Row[];
  /** How many answers were compared, and how many of them had the same tokens. */
  readonly answers: { readonly compared: number; readonly same: number };
}

/** @throws CheckpointError before anything is started */
export async function runRounds(options: RoundsOptions): Promise<Report> {
  await readCheckpoint(options.model, options.weights);
  const { contenders, rounds, threads = availableParallelism(), apart } = options;
  const samples = new Samples();
  for (let round = 0; round < rounds; round++) {
    options.onRound?.(round);
    const order = round % 2 === 0 ? contenders : contenders.toReversed();
    const groups = apart ? order.map((name) => [name]) : [order];
    for (const group of groups) await runGroup(group, round, { ...options, threads }, samples);
  }
  return { threads, ...samples.report() };
}

async function runGroup(
  names: readonly ContenderName[],
  round: number,
  options: RoundsOptions & { readonly threads: number },
  samples: Samples,
): Promise<void> {
  const { image, repetitions, only } = options;
  const group: Contender[] = [];
  for (const name of names) group.push(await Contender.start(name));
  for (const contender of group) await open(contender, options, samples);
  for (const measurement of measurements(image).filter(({ what }) => what.includes(only))) {
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const run = round * repetitions + repetition;
      for (const contender of run % 2 === 0 ? group : group.toReversed()) {
        samples.measured(contender.name, measurement, run, await measurement.measure(contender, run));
      }
    }
  }
  for (const contender of group) {
    if (contender.peak !== undefined) samples.memory(contender.name, contender.peak);
    await contender.close();
  }
}

/** What is mapped is read when it is first used, so that the first caption belongs to the loading. */
async function open(
  contender: Contender,
  {
    model,
    image,
    threads,
    attention,
    dtype,
    device = 'cpu',
    weights,
  }: RoundsOptions & { readonly threads: number },
  samples: Samples,
): Promise<void> {
  const isOurs = contender.name === 'ours';
  const load = await contender.ask({
    do: 'load',
    model,
    threads,
    device: isOurs || /^(cpu|cuda)/.test(device) ? device : 'gpu',
    ...(attention && !isOurs && { attention }),
    ...(dtype && !isOurs && { dtype }),
    ...(weights && isOurs && { weights }),
  });
  if (load.where !== undefined) samples.where[contender.name] = load.where;
  const first = await contender.ask(captionRequest(image));
  samples.add(contender.name, 'starting, until loaded', 'ms', contender.startMs + load.ms);
  samples.add(contender.name, 'loading', 'ms', load.ms);
  samples.add(contender.name, 'loading and a first caption', 'ms', load.ms + first.ms);
}

class Samples {
  readonly where: Report['where'] = {};
  private readonly rows = new Map<string, Row>();
  private readonly tokens = new Map<string, string[]>();

  add(name: ContenderName, what: string, unit: Row['unit'], value: number): void {
    const row = this.rows.get(what) ?? { what, unit, samples: {} };
    this.rows.set(what, row);
    row.samples[name] ??= [];
    row.samples[name].push(value);
  }

  measured(name: ContenderName, { what, unit }: Measurement, run: number, { value, tokens }: Measured): void {
    this.add(name, what, unit, value);
    for (const [at, answer] of (tokens ?? []).entries()) {
      const key = `${what} ${run} ${at}`;
      this.tokens.set(key, [...(this.tokens.get(key) ?? []), answer.join(' ')]);
    }
  }

  memory(name: ContenderName, { anonymous, mapped }: Memory): void {
    this.add(name, 'anonymous memory, at most', 'bytes', anonymous);
    this.add(name, 'mapped memory, at most', 'bytes', mapped);
  }

  report(): Omit<Report, 'threads'> {
    const pairs = [...this.tokens.values()].filter((answers) => answers.length === 2);
    const same = pairs.filter(([one, other]) => one === other).length;
    return { where: this.where, rows: [...this.rows.values()], answers: { compared: pairs.length, same } };
  }
}
