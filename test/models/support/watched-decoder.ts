// Opens a decoder whose runs can be watched, and answers requests by it.
import { parse } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import type { GenerateRequest, WeightPrecision } from '../../../models/backend.ts';
import { readCheckpoint } from '../../../models/checkpoint/checkpoint.ts';
import type { DecoderForm } from '../../../models/decoder/decoder.ts';
import { planDecoder } from '../../../models/decoder/plan-decoder.ts';
import type { PrefixCache } from '../../../models/decoder/prefix-cache.ts';
import { generate, type Writer } from '../../../models/generation/generate.ts';
import { CPU, sessionOpener } from '../../../models/sessions.ts';

export interface Run {
  readonly texts: number;
  /** New positions of each, filling included. */
  readonly positions: number;
  /** Positions that each text has room for. */
  readonly capacity: number;
  /** Whether they were copied out. */
  readonly logits: boolean;
}

export interface WatchedDecoder {
  readonly writer: Writer;
  readonly queryTokens: number;
  /** Of the decoder's graph, not of embeddings or an encoder. */
  readonly runs: Run[];
  /** Called before each of them; may throw. */
  beforeRun: (run: Run) => void;
  readonly generate: (request: GenerateRequest) => ReturnType<typeof generate>;
}

export interface Watching extends Partial<DecoderForm> {
  readonly prefixes?: PrefixCache;
  readonly weights?: WeightPrecision;
}

export async function watchDecoder(
  folder: string,
  { prefixes, weights, precision = 'f32', ...form }: Watching = {},
): Promise<WatchedDecoder> {
  const checkpoint = await readCheckpoint(folder, weights);
  const { root } = parse(folder);
  const open = sessionOpener({ root, mapped: false }, CPU);
  const runs: Run[] = [];
  const watch = (session: InferenceSession): InferenceSession =>
    Object.assign(Object.create(session), {
      run: async (...args: [InferenceSession.FeedsType, InferenceSession.FetchesType]) => {
        const [feeds, outputs] = args;
        const [texts = 0, positions = 0] = feeds.rows?.dims ?? [];
        if ('past_keys.0' in feeds) {
          const logits = Array.isArray(outputs) ? outputs.includes('logits') : 'logits' in outputs;
          const capacity = feeds['past_keys.0']?.dims[2] ?? 0;
          const run = { texts, positions, capacity, logits };
          runs.push(run);
          watched.beforeRun(run);
        }
        return session.run(...args);
      },
      release: () => session.release(),
    });
  const plan = planDecoder(checkpoint, root, { precision, ...form });
  const decoder = await plan.open(async (...graph) => watch(await open(...graph)), prefixes);
  const { tokenizer, generation, config } = checkpoint;
  const maxPositions = config.textConfig.modelType === 'opt' ? config.textConfig.maxPositionEmbeddings : 512;
  const { eosTokenIds } = generation;
  const writer = { decoder, tokenizer, eosTokenIds, maxPositions, answerSharesWindow: true };
  const watched: WatchedDecoder = {
    writer,
    queryTokens: config.numQueryTokens,
    runs,
    beforeRun: () => {},
    generate: (request) => generate(writer, request),
  };
  return watched;
}
