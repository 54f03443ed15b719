// Run by webgpu.test.ts in a process of its own: Vulkan's environment must be set before it starts, and all WebGPU of a
// process lies in one thread. Prints what checkpoints say on WebGPU. Argument: a WebGpuTask in JSON.
import { readFileSync } from 'node:fs';
import type { DeviceReport, Generation } from '../../../models/backend.ts';
import { openDevice } from '../../../models/device.ts';
import { runProbe } from '../../../models/device-probe.ts';
import { LocalBackend } from '../../../models/local-backend.ts';
import { type Match, Matcher } from '../../../models/matcher.ts';
import { preprocess } from '../../../models/preprocess.ts';
import { drain } from './drain.ts';

export interface WebGpuTask {
  readonly image: string;
  readonly models: readonly ModelTask[];
  readonly matcher: { readonly folder: string; readonly texts: readonly string[] };
}

export interface ModelTask {
  readonly folder: string;
  readonly prompts: readonly string[];
  readonly maxNewTokens: number;
  /** Whether the prompts are answered all at once, and the first one by beams, as well. */
  readonly inAllWays: boolean;
}

export interface WebGpuRun {
  readonly auto: DeviceReport;
  readonly models: readonly ModelRun[];
  readonly matches: readonly Match[];
}

export interface ModelRun {
  readonly device: DeviceReport;
  readonly features: readonly number[];
  /** To each prompt, greedily. */
  readonly answers: readonly Generation[];
  /** The same, all at once. */
  readonly together: readonly Generation[];
  /** To the first prompt, with 3 beams. */
  readonly beams?: Generation;
}

const { image, models, matcher } = JSON.parse(process.argv[2] ?? '') as WebGpuTask;
const device = await openDevice('webgpu');
const auto = await openDevice('auto', { ...runProbe, hasHardware: () => true });
const runs: ModelRun[] = [];
for (const model of models) runs.push(await runModel(model));
const run: WebGpuRun = { auto: auto.report, models: runs, matches: await match() };
process.stdout.write(JSON.stringify(run));

async function runModel({ folder, prompts, maxNewTokens, inAllWays }: ModelTask): Promise<ModelRun> {
  const backend = await LocalBackend.open(folder, { preprocess, device });
  const features = await backend.encodeImage(readFileSync(image));
  const answer = async (prompt: string, numBeams = 1) =>
    (await drain(backend.generate({ features, prompt, maxNewTokens, numBeams }))).result;
  const answers: Generation[] = [];
  for (const prompt of prompts) answers.push(await answer(prompt));
  const together = await Promise.all((inAllWays ? prompts : []).map((prompt) => answer(prompt)));
  const beams = inAllWays ? { beams: await answer(prompts[0] ?? '', 3) } : {};
  await backend.close();
  return { device: backend.info.device, features: [...features.data], answers, together, ...beams };
}

async function match(): Promise<Match[]> {
  const opened = await Matcher.open(matcher.folder, { preprocess, device });
  const seen = await opened.embedImage(readFileSync(image));
  const matches: Match[] = [];
  for (const text of matcher.texts) matches.push(await opened.match(seen, text));
  await opened.close();
  return matches;
}
