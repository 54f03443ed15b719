// Which device really holds each node of the graphs, told by profiles of their first runs: what was asked for proves
// nothing, as onnxruntime leaves to the CPU what a device doesn't know.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import type { DeviceReport } from './backend.ts';
import { deviceOfProvider } from './providers.ts';
import type { OpenSession, ProfileOptions } from './sessions.ts';

export type PlacedNodes = NonNullable<DeviceReport['nodes']>;

/** What is read here of a profile's events: https://onnxruntime.ai/docs/performance/tune-performance/profiling-tools.html */
interface ProfileEvent {
  readonly cat: string;
  readonly name: string;
  readonly args?: { readonly op_name?: string; readonly provider?: string };
}

export class Placement {
  static async begin(): Promise<Placement> {
    return new Placement(await mkdtemp(join(tmpdir(), 'blipcord-placement-')));
  }

  /** Where the profiles are written until the end. */
  readonly folder: string;
  private readonly sessions: InferenceSession[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * @param open opens with options for a profile beside the device's
   * @returns an opener that watches all but what belongs on the CPU
   */
  watch(open: (profile: ProfileOptions) => OpenSession): OpenSession {
    return async (graph, place) => {
      if (place === 'cpu') return open({})(graph, place);
      const profileFilePrefix = join(this.folder, `session${this.sessions.length}`);
      const session = await open({ enableProfiling: true, profileFilePrefix })(graph, place);
      this.sessions.push(session);
      return session;
    };
  }

  /** Of all that ran until now; from then on nothing is noted any more. */
  async end(): Promise<PlacedNodes> {
    try {
      for (const session of this.sessions) session.endProfiling();
      const files = await readdir(this.folder);
      const profiles = files.map(async (file) => nodesOf(await readFile(join(this.folder, file), 'utf8')));
      return count((await Promise.all(profiles)).flat());
    } finally {
      await rm(this.folder, { recursive: true, force: true });
    }
  }
}

/** Each node once, however often it ran. */
function nodesOf(profile: string): { device: string; operator: string }[] {
  const events = JSON.parse(profile) as readonly ProfileEvent[];
  const nodes = events.flatMap(({ cat, name, args }) =>
    cat === 'Node' && args?.provider !== undefined
      ? [[name, { device: deviceOfProvider(args.provider), operator: args.op_name ?? '' }] as const]
      : [],
  );
  return [...new Map(nodes).values()];
}

function count(nodes: readonly { device: string; operator: string }[]): PlacedNodes {
  const counts = new Map<string, Record<string, number>>();
  for (const { device, operator } of nodes) {
    const operators = counts.get(device) ?? {};
    counts.set(device, operators);
    operators[operator] = (operators[operator] ?? 0) + 1;
  }
  return Object.fromEntries(counts);
}
