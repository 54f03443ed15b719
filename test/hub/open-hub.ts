// A local hub with the embedded model, and pulls from it whose reports and notes are kept.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ModelId } from '../../src/hub/model-id.ts';
import { type Pulled, type PullOptions, pull } from '../../src/hub/pull.ts';
import { EMOJI } from '../models/support/goldens.ts';
import {
  type Files,
  type HubRequest,
  type LocalHub,
  type LocalHubOptions,
  readFiles,
  startLocalHub,
} from '../support/local-hub.ts';

export const NAME = 'Org/blip2-emoji';
export const ID: ModelId = { name: NAME, revision: 'main' };
export const WEIGHTS = 'model.safetensors';
export const HALF = 3_000_000;
export const needed = readFiles(EMOJI);
export const size = needed.get(WEIGHTS)?.length ?? 0;
/** As real repositories have it beside what is needed. */
export const emoji: Files = new Map([
  ...needed,
  ['README.md', Buffer.from('# A model')],
  ['onnx/model.onnx', Buffer.alloc(200_000)],
  ['pytorch_model.bin', Buffer.alloc(200_000)],
  ['tf_model.h5', Buffer.alloc(200_000)],
]);

interface Report {
  readonly kind: 'begin' | 'advance' | 'end';
  readonly bytes: number;
  readonly here?: number;
}

export interface Stage {
  readonly hub: LocalHub;
  readonly cache: string;
  readonly reports: Report[];
  readonly notes: string[];
  readonly run: (options?: Partial<PullOptions>, id?: ModelId, onNote?: () => void) => Promise<Pulled>;
}

export async function openHub({
  models = { [NAME]: emoji },
  fault,
}: Partial<LocalHubOptions> = {}): Promise<Stage> {
  const hub = await startLocalHub({ models, ...(fault && { fault }) });
  const cache = temporaryFolder();
  onTestFinished(() => hub.close());
  const reports: Report[] = [];
  const notes: string[] = [];
  const run: Stage['run'] = (options, id = ID, onNote = () => {}) =>
    pull(id, {
      endpoint: hub.endpoint,
      token: undefined,
      cache,
      signal: new AbortController().signal,
      pauseMs: 1,
      reporter: {
        begin: (bytes, here) => reports.push({ kind: 'begin', bytes, here }),
        advance: (bytes) => reports.push({ kind: 'advance', bytes }),
        end: () => reports.push({ kind: 'end', bytes: 0 }),
        note(text) {
          notes.push(text);
          onNote();
        },
      },
      ...options,
    });
  return { hub, cache, reports, notes, run };
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'blipcord-hub-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** From the host that sends the bytes. */
export const isWeights = ({ host, path }: HubRequest) => host === 'cdn' && path === WEIGHTS;

/** Files that were asked for at the hub. */
export function fileRequests({ requests }: LocalHub): string[] {
  return requests.filter(({ host, path }) => host === 'hub' && !path.startsWith('/')).map(({ path }) => path);
}
