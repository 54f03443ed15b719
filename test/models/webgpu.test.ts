// Everything that WebGPU is for, on WebGPU for real: through SwiftShader, a Vulkan driver in software.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Generation } from '../../models/backend.ts';
import { LocalBackend } from '../../models/local-backend.ts';
import { Matcher } from '../../models/matcher.ts';
import { preprocess } from '../../models/preprocess.ts';
import { makeRecipe } from '../../models/quantise/parts.ts';
import { quantiseCheckpoint } from '../../models/quantise/quantise-checkpoint.ts';
import { toldDevice } from '../support/told-device.ts';
import { ask } from './backend-contract.ts';
import { drain } from './support/drain.ts';
import { difference } from './support/expect-close.ts';
import { EMOJI, readGolden, readRetrievalGolden, writeCheckpoint } from './support/goldens.ts';
import { findSoftwareVulkan } from './support/software-vulkan.ts';
import type { ModelRun, ModelTask, WebGpuRun, WebGpuTask } from './support/webgpu-run.ts';

const driver = findSoftwareVulkan();
/** On CI the test runs whether the driver is there or not, and fails where it isn't. */
const isSkipped = driver === undefined && !process.env.CI;
const why = isSkipped
  ? ' (skipped, as there is no SwiftShader; apt-get install chromium libvulkan1 brings it)'
  : '';

const IMAGE = fileURLToPath(new URL('../fixtures/scene3.png', import.meta.url));
const TURNS = `${ask('What is this?')} a rocket. ${ask('What color is the background?')} red. `;
/** The last takes over 32 rows at once, from where on onnxruntime changes kernels, and more room than the first. */
const PROMPTS = [
  '',
  `${TURNS}${ask('Is there a dog?')} no. ${ask('What is it?')} a rocket. ${ask('And where?')}`,
];
const SHORT = ['', ask('What is this?')];
/** With the queries, the second is over 32 rows. */
const TEXTS = ['a rocket', 'a dog and a pizza on a blue background, and a cat'];
const HEAVY = ['Conv', 'Gemm', 'LayerNormalization', 'MatMul', 'Softmax'];

describe.skipIf(isSkipped)(`on WebGPU${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'webgpu-'));
  const [int4, t5, matching] = ['int4', 't5', 'matching'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const embedded: ModelTask = { folder: EMOJI, prompts: PROMPTS, maxNewTokens: 10, inAllWays: true };
  const inFourBits: ModelTask = { folder: int4, prompts: [''], maxNewTokens: 10, inAllWays: false };
  const encoderDecoder: ModelTask = { folder: t5, prompts: SHORT, maxNewTokens: 3, inAllWays: true };
  let run: WebGpuRun;

  beforeAll(async () => {
    cpSync(EMOJI, int4, { recursive: true, filter: (path) => !isOfAnother(path) });
    await quantiseCheckpoint(int4, { recipe: makeRecipe('int4') });
    rmSync(join(int4, 'model.safetensors')); // so that there are no others
    await writeCheckpoint(t5, readGolden('t5-gated-untied'));
    await writeCheckpoint(matching, readRetrievalGolden('plain'));
    const models = [embedded, inFourBits, encoderDecoder];
    run = await runOnWebGpu({ image: IMAGE, models, matcher: { folder: matching, texts: TEXTS } });
  }, 900_000); // 40 s of two cores, which may be busy otherwise

  afterAll(() => rmSync(folder, { recursive: true }));

  const ran = (index: number) => run.models[index] as ModelRun;

  it('the adapter is passed over by auto, as software is slower than the CPU', () => {
    expect(run.auto.device).not.toBe('webgpu');
    expect(toldDevice(run.auto).fallbacks.join('\n')).toMatch(
      /webgpu is not used: it is slower than the CPU/,
    );
  });

  it('the embedded checkpoint runs in f32 where there is no f16, and that is told', () => {
    expect(toldDevice(ran(0).device)).toMatchObject({
      device: 'webgpu',
      precision: 'f32',
      fallbacks: [
        'webgpu computes in f32, which costs speed and memory alone, as f16 fails there: Program Cast requires f16 but the device does not support it.',
      ],
    });
  });

  it("the embedded checkpoint gives the CPU's features and tokens, alone, at once with others and by beams", async () => {
    await expectAsOnCpu(ran(0), embedded, { tolerance: 1e-3 });
  });

  it('keys and values stay in the memory of the device, which chooses the tokens as well', () => {
    const { webgpu = {} } = ran(0).device.nodes ?? {};
    // For keys and values of each of the four layers.
    expect(webgpu).toMatchObject({ ScatterND: 8, ArgMax: 1 });
  });

  it('all but the arithmetic of shapes is placed there, by the profiles of all graphs', () => {
    const { webgpu = {}, ...elsewhere } = ran(0).device.nodes ?? {};
    expect(Object.keys(webgpu)).toEqual(expect.arrayContaining(HEAVY));
    expect(elsewhere).toEqual({ cpu: { Concat: expect.any(Number) } });
  });

  it("weights in 4 bits give the CPU's features, nearly, and its tokens, multiplied there", async () => {
    await expectAsOnCpu(ran(1), inFourBits, { tolerance: 0.05, probabilities: 1 });
    const { webgpu = {}, ...elsewhere } = ran(1).device.nodes ?? {};
    expect(Object.keys(webgpu)).toContain('MatMulNBits');
    expect(elsewhere).toEqual({ cpu: { Concat: expect.any(Number) } });
  });

  it("T5 gives the CPU's tokens, alone, at once with others and by beams", async () => {
    await expectAsOnCpu(ran(2), encoderDecoder, { tolerance: 1e-3 });
    const { webgpu = {}, ...elsewhere } = ran(2).device.nodes ?? {};
    expect(Object.keys(webgpu)).toContain('SimplifiedLayerNormalization');
    // For keys and values of each of the three layers.
    expect(webgpu).toMatchObject({ ScatterND: 6, ArgMax: 1 });
    expect(elsewhere).toEqual({ cpu: { Concat: expect.any(Number) } });
  });

  it("matching gives the CPU's scores", async () => {
    const matcher = await Matcher.open(matching, { preprocess });
    const image = await matcher.embedImage(readFileSync(IMAGE));
    for (const [index, text] of TEXTS.entries()) {
      const { itc, itm } = await matcher.match(image, text);
      expect(run.matches[index]).toEqual({ itc: expect.closeTo(itc, 5), itm: expect.closeTo(itm, 5) });
    }
    await matcher.close();
  });
});

/** Of the embedded model's folder: how it was trained, and its weights in fewer bits, which somebody may have written. */
function isOfAnother(path: string): boolean {
  return /training$|model\.\w+\.safetensors/.test(path);
}

interface Closeness {
  /** Of features, relative to their largest. */
  readonly tolerance: number;
  /** Decimals that the answers' logprobs have in common. */
  readonly probabilities?: number;
}

async function expectAsOnCpu(
  run: ModelRun,
  { folder, prompts, maxNewTokens, inAllWays }: ModelTask,
  { tolerance, probabilities = 4 }: Closeness,
): Promise<void> {
  const backend = await LocalBackend.open(folder, { preprocess });
  const features = await backend.encodeImage(readFileSync(IMAGE));
  expect(difference(Float32Array.from(run.features), features.data)).toBeLessThan(tolerance);
  const answer = async (prompt: string, numBeams: number): Promise<Generation> => {
    const { result } = await drain(backend.generate({ features, prompt, maxNewTokens, numBeams }));
    return { ...result, logprob: expect.closeTo(result.logprob, probabilities) };
  };
  for (const [at, prompt] of prompts.entries()) {
    const expected = await answer(prompt, 1);
    expect(run.answers[at]).toEqual(expected);
    if (inAllWays) expect(run.together[at]).toEqual(expected);
  }
  if (inAllWays) expect(run.beams).toEqual(await answer(prompts[0] ?? '', 3));
  await backend.close();
}

async function runOnWebGpu(task: WebGpuTask): Promise<WebGpuRun> {
  const script = fileURLToPath(new URL('support/webgpu-run.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', script, JSON.stringify(task)],
    { env: { ...process.env, ...(driver && { VK_ICD_FILENAMES: driver }) }, maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout) as WebGpuRun;
}
