// Beams, penalties and warpers against what test/oracle/make_generation_goldens.py had transformers compute.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerationOptions, ImageFeatures } from '../../models/backend.ts';
import { type Checkpoint, readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import type { Decoder } from '../../models/decoder/decoder.ts';
import { planDecoder } from '../../models/decoder/plan-decoder.ts';
import { generate, type Writer } from '../../models/generation/generate.ts';
import { warp } from '../../models/generation/sampling.ts';
import { CPU, sessionOpener } from '../../models/sessions.ts';
import { drain } from './support/drain.ts';
import { numbers } from './support/formula.ts';
import { EMOJI, floats, GOLDENS, readGolden, writeCheckpoint } from './support/goldens.ts';

interface Case {
  readonly prompt: string;
  readonly options: GenerationOptions & { readonly stop?: readonly string[] };
  readonly eos: number | readonly number[];
  readonly maxNewTokens: number;
  /** With the EOS, where one came. */
  readonly tokens: readonly number[];
  readonly logprobs: readonly number[];
  /** What the winner of a beam search won with. */
  readonly score: number | null;
}

const TOLERANCE = 1e-4;
const read = <T>(file: string): T => JSON.parse(readFileSync(GOLDENS + file, 'utf8'));

const [emojiPicture] = read<{ pictures: { features: string }[] }>('emoji/golden.json').pictures;
const emoji = async () => ({ folder: EMOJI, features: floats(emojiPicture?.features ?? '') });
const random = (name: string) => async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blipcord-generation-'));
  const golden = readGolden(name);
  await writeCheckpoint(folder, golden);
  return { folder, features: floats(golden.features) };
};

const CHECKPOINTS = [
  'plain',
  'list-of-eos',
  'untied-head',
  'post-norm-projected',
  'transformers-4-sharded-f16',
  't5-bf16-sharded',
  't5-own-answer-words',
  't5-decoder-words-only',
];

describe.each([
  { name: 'emoji', makeModel: emoji },
  ...CHECKPOINTS.map((name) => ({ name, makeModel: random(name) })),
])('$name', ({ name, makeModel }) => {
  let folder: string;
  let features: ImageFeatures;
  let checkpoint: Checkpoint;
  /** By the tokens that end a text, which the graphs are built with. */
  const decoders = new Map<string, Promise<Decoder>>();

  beforeAll(async () => {
    const model = await makeModel();
    folder = model.folder;
    checkpoint = await readCheckpoint(folder);
    const { numQueryTokens: queryTokens } = checkpoint.config;
    features = { data: model.features, queryTokens, width: model.features.length / queryTokens };
  });

  const writerFor = async (eosTokenIds: readonly number[]): Promise<Writer> => {
    const { tokenizer, generation } = checkpoint;
    const { root } = parse(folder);
    const key = eosTokenIds.join();
    const plan = planDecoder({ ...checkpoint, generation: { ...generation, eosTokenIds } }, root, {
      precision: 'f32',
    });
    const opening = decoders.get(key) ?? plan.open(sessionOpener({ root, mapped: false }, CPU));
    decoders.set(key, opening);
    return { decoder: await opening, tokenizer, eosTokenIds, maxPositions: 2048, answerSharesWindow: true };
  };

  afterAll(async () => {
    for (const decoder of decoders.values()) await (await decoder).close();
    if (folder !== EMOJI) await rm(folder, { recursive: true });
  });

  it.each(
    read<Case[]>(`generation/${name}.json`).map(
      (golden) => [JSON.stringify(golden.options), golden.prompt, golden] as const,
    ),
  )('with %s after "%s" gives the same tokens and logprobs', async (_, prompt, golden) => {
    const { options, maxNewTokens } = golden;
    const eosTokenIds = [golden.eos].flat();
    const run = generate(await writerFor(eosTokenIds), { features, prompt, maxNewTokens, ...options });
    const { result, yielded } = await drain(run);
    const tokens = golden.tokens.filter((id) => !eosTokenIds.includes(id));
    expect(result.tokens).toEqual(tokens);
    expect(yielded.map(({ id }) => id)).toEqual(tokens);
    expect(yielded.map(({ text }) => text).join('')).toBe(result.text);
    expect(
      differences(
        yielded.map(({ logprob }) => logprob),
        golden.logprobs,
      ),
    ).toBeLessThan(TOLERANCE);
    expect(differences([result.logprob], [sum(golden.logprobs)])).toBeLessThan(TOLERANCE);
    if (golden.score !== null) {
      const total = golden.score * golden.tokens.length ** (options.lengthPenalty ?? 1);
      expect(differences([result.logprob], [total])).toBeLessThan(TOLERANCE);
    }
  });
});

describe('warp', () => {
  it.each(read<{ options: GenerationOptions; ids: number[]; scores: number[] }[]>('generation/warpers.json'))(
    'with $options leaves what transformers leaves',
    ({ options, ids, scores }) => {
      const warped = numbers('scores', 1200, [0, 3, 24]);
      warp(warped, options);
      const kept = [...warped.keys()].filter((id) => warped[id] !== -Infinity);
      expect(kept).toEqual(ids);
      expect(kept.map((id) => warped[id])).toEqual(scores);
    },
  );
});

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The largest; the reference's may go on with that of the EOS. */
function differences(actual: readonly number[], expected: readonly number[]): number {
  return Math.max(0, ...actual.map((value, at) => Math.abs(value - (expected[at] ?? Number.NaN))));
}
