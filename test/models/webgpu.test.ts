// The embedded checkpoint and a T5 on WebGPU through SwiftShader, a Vulkan driver in software that comes with Chromium.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeviceReport, GenerateRequest } from '../../models/backend.ts';
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
import type { WebGpuRun } from './support/webgpu-run.ts';

const DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';
const isAbsent = !existsSync(DRIVER);
/** On CI the test runs whether the driver is there or not, and fails where it isn't. */
const isSkipped = isAbsent && !process.env.CI;
const why = isSkipped
  ? ` (skipped: ${DRIVER} is absent; install Debian's chromium-common and libvulkan1)`
  : '';

const swiftShader = { ...process.env, VK_ICD_FILENAMES: DRIVER };
const IMAGE = fileURLToPath(new URL('../fixtures/scene3.png', import.meta.url));
/** The last takes over 32 rows at once, from where on onnxruntime changes kernels. */
const PROMPTS = ['', `${ask('What is this?')} a rocket. ${ask('What color is the background?')}`];
const HEAVY = ['Conv', 'Gemm', 'LayerNormalization', 'MatMul', 'Softmax'];
const MAX_TOKENS = 10;

describe.skipIf(isSkipped)(`the embedded checkpoint on WebGPU${why}`, () => {
  let run: WebGpuRun;

  beforeAll(async () => {
    run = await runOnWebGpu(EMOJI, MAX_TOKENS);
  }, 180_000); // software on two busy cores

  it('opens the adapter asked for by name, in f32 as it has no f16', () => {
    expect(run.device).toMatchObject({ device: 'webgpu', precision: 'f32', fallbacks: [] });
  });

  it('is passed over by auto, as software is slower than the CPU', () => {
    expect(run.auto.device).not.toBe('webgpu');
    expect(toldDevice(run.auto).fallbacks.join('\n')).toMatch(
      /webgpu is not used: it is slower than the CPU/,
    );
  });

  it("gives the CPU's features and tokens, one text at a time and several", async () => {
    const backend = await LocalBackend.open(EMOJI, { preprocess });
    const features = await backend.encodeImage(readFileSync(IMAGE));
    const largest = features.data.reduce((max, value, at) => {
      return Math.max(max, Math.abs(value - (run.features[at] ?? Number.NaN)));
    }, 0);
    expect(largest).toBeLessThan(1e-3);
    await expectAnswers(run, backend, { features, maxNewTokens: MAX_TOKENS });
    await backend.close();
  });

  it('runs every heavy node there, by the profiles of encoder and decoder', () => {
    const { webgpu = {}, ...elsewhere } = run.device.nodes ?? {};
    expect(Object.keys(webgpu)).toEqual(expect.arrayContaining(HEAVY));
    expect(webgpu.Conv).toBe(1);
    expect(heavyOf(elsewhere)).toEqual([]);
  });
});

describe.skipIf(isSkipped)(`T5 on WebGPU${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'webgpu-t5-'));
  const model = join(folder, 'model');
  let run: WebGpuRun;

  beforeAll(async () => {
    await writeCheckpoint(model, readGolden('t5-gated-untied'));
    run = await runOnWebGpu(model, 3);
  }, 180_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  it("gives the CPU's tokens, one text at a time and several", async () => {
    const backend = await LocalBackend.open(model, { preprocess });
    const features = await backend.encodeImage(readFileSync(IMAGE));
    await expectAnswers(run, backend, { features, maxNewTokens: 3 });
    await backend.close();
  });

  it('runs everything there but the arithmetic of shapes', () => {
    const { webgpu = {}, ...elsewhere } = run.device.nodes ?? {};
    expect(Object.keys(webgpu)).toContain('SimplifiedLayerNormalization');
    expect(elsewhere).toEqual({ cpu: { Concat: expect.any(Number) } });
  });
});

describe.skipIf(isSkipped)(`weights in 4 and 8 bits on WebGPU${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'webgpu-int4-'));
  const model = join(folder, 'model');
  let run: WebGpuRun;

  beforeAll(async () => {
    await writeCheckpoint(model, readGolden('t5-gated-untied'));
    await quantiseCheckpoint(model, { recipe: makeRecipe('int4') });
    rmSync(join(model, 'model.safetensors')); // so that there are no others
    run = await runOnWebGpu(model, 3);
  }, 180_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  it("give the CPU's features, nearly, and its tokens", async () => {
    const backend = await LocalBackend.open(model, { preprocess });
    expect(backend.info.weights).toBe('int4');
    const features = await backend.encodeImage(readFileSync(IMAGE));
    expect(difference(Float32Array.from(run.features), features.data)).toBeLessThan(0.05);
    for (const [at, prompt] of PROMPTS.entries()) {
      const { result } = await drain(backend.generate({ features, prompt, maxNewTokens: 3 }));
      expect(run.answers[at]?.tokens).toEqual(result.tokens);
    }
    await backend.close();
  });

  it('are multiplied there, by the profile', () => {
    const { webgpu = {}, ...elsewhere } = run.device.nodes ?? {};
    expect(Object.keys(webgpu)).toContain('MatMulNBits');
    expect(heavyOf(elsewhere)).toEqual([]);
  });
});

describe.skipIf(isSkipped)(`matching on WebGPU${why}`, () => {
  const model = mkdtempSync(join(tmpdir(), 'webgpu-match-'));

  beforeAll(() => writeCheckpoint(model, readRetrievalGolden('plain')));
  afterAll(() => rmSync(model, { recursive: true }));

  it("gives the CPU's scores", async () => {
    // With the queries, the second is over 32 rows.
    const texts = ['a rocket', 'a dog and a pizza on a blue background, and a cat'];
    const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
    const flags = ['match', '--json', '--device', 'webgpu', '--model', model, '--image', IMAGE, '--text'];
    const args = ['--import', 'tsx', cli, ...flags, ...texts];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: swiftShader });
    const matcher = await Matcher.open(model, { preprocess });
    const image = await matcher.embedImage(readFileSync(IMAGE));
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(texts.length);
    for (const [index, text] of texts.entries()) {
      const { itc, itm } = await matcher.match(image, text);
      const found = JSON.parse(lines[index] ?? '');
      expect(found).toEqual({ itc: expect.closeTo(itc, 5), itm: expect.closeTo(itm, 5) });
    }
    await matcher.close();
  }, 180_000);
});

async function expectAnswers(
  run: WebGpuRun,
  backend: LocalBackend,
  request: Omit<GenerateRequest, 'prompt'>,
): Promise<void> {
  const all = [1, 3].flatMap((numBeams) => PROMPTS.map((prompt) => ({ ...request, prompt, numBeams })));
  for (const [index, each] of all.entries()) {
    const { result } = await drain(backend.generate(each));
    const expected = { ...result, logprob: expect.closeTo(result.logprob, 4) };
    expect(run.answers[index]).toEqual(expected);
    if (each.numBeams === 1) expect(run.together[index]).toEqual(expected);
  }
}

async function runOnWebGpu(model: string, maxTokens: number): Promise<WebGpuRun> {
  const script = fileURLToPath(new URL('support/webgpu-run.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', script, model, IMAGE, String(maxTokens), ...PROMPTS],
    { env: swiftShader },
  );
  return JSON.parse(stdout) as WebGpuRun;
}

/** Operators that the device was to run. */
const heavyOf = (elsewhere: NonNullable<DeviceReport['nodes']>) =>
  Object.values(elsewhere).flatMap((operators) =>
    Object.keys(operators).filter((name) => [...HEAVY, 'MatMulNBits'].includes(name)),
  );
