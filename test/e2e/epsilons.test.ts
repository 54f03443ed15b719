// The embedded checkpoint's hidden states are so large that a wrong epsilon of the Q-Former drowns in the rounding of
// f32. This one's are as small as the published epsilons (vision 1e-6, Q-Former 1e-12, OPT 1e-5), so that the epsilon of
// each layer norm shows in what reaches the decoder or in what it says.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Backend } from '../../models/backend.ts';
import { WorkerBackend } from '../../models/worker-backend.ts';
import { expectClose } from '../models/support/expect-close.ts';
import { floats, GOLDENS, readGolden, writeCheckpoint } from '../models/support/goldens.ts';
import { watch } from './backends.ts';
import { openStage, picture, replyTo, responseTo, threadIn } from './stage.ts';

/** Made by test/oracle/epsilons_thread.py. */
interface GoldenThread {
  readonly turns: readonly (readonly [question: string, answer: string])[];
  readonly features: string;
  /** Of the last turn. */
  readonly ids: readonly number[];
  readonly tokens: readonly number[];
  readonly logprobs: readonly number[];
}

let folder: string;
let model: Backend;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blipcord-epsilons-'));
  await writeCheckpoint(folder, readGolden('published-epsilons'));
  model = await WorkerBackend.open({ folder, device: 'cpu' });
});
afterAll(async () => {
  await model.close();
  await rm(folder, { recursive: true });
});

it("a checkpoint as small as its epsilons says in turn three what transformers says, with each token's probability", async () => {
  const golden: GoldenThread = JSON.parse(await readFile(`${GOLDENS}emoji/epsilons-thread.json`, 'utf8'));
  const backend = watch(model);
  const { me } = await openStage(backend, { answerTokens: golden.tokens.length });
  me.post({ files: [await picture('rocket')] });
  const channelId = threadIn(await responseTo(me, me.run('chat')));
  for (const [content] of golden.turns) await replyTo(me, me.post({ channelId, content }));

  const last = backend.decoded.at(-1);
  expect(last?.ids).toEqual(golden.ids);
  expectClose(last?.features.data ?? new Float32Array(), floats(golden.features));
  expect(last?.tokens.map(({ id }) => id)).toEqual(golden.tokens);
  const logprobs = Float32Array.from(last?.tokens ?? [], ({ logprob }) => logprob);
  expectClose(logprobs, Float32Array.from(golden.logprobs));
});
