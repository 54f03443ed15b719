// Run by webgpu.test.ts in a process of its own: Vulkan's environment must be set before it starts.
// Prints what a checkpoint says on WebGPU.
// Arguments: MODEL IMAGE MAX_NEW_TOKENS PROMPT...
import { readFileSync } from 'node:fs';
import type { Generation } from '../../../models/backend.ts';
import { type Device, openDevice } from '../../../models/device.ts';
import { runProbe } from '../../../models/device-probe.ts';
import { LocalBackend } from '../../../models/local-backend.ts';
import { preprocess } from '../../../models/preprocess.ts';
import { drain } from './drain.ts';

export interface WebGpuRun {
  readonly device: Device['report'];
  readonly auto: Device['report'];
  readonly features: readonly number[];
  /** To all prompts greedily, then to all with 3 beams. */
  readonly answers: readonly Generation[];
  /** To all prompts at once, greedily. */
  readonly together: readonly Generation[];
}

const [model = '', image = '', maxNewTokens = '', ...prompts] = process.argv.slice(2);

const device = await openDevice('webgpu');
const backend = await LocalBackend.open(model, { preprocess, device });
const features = await backend.encodeImage(readFileSync(image));
const answers: Generation[] = [];
for (const numBeams of [1, 3]) {
  for (const prompt of prompts) {
    const request = { features, prompt, maxNewTokens: Number(maxNewTokens), numBeams };
    answers.push((await drain(backend.generate(request))).result);
  }
}
const together = await Promise.all(
  prompts.map(async (prompt) => {
    const request = { features, prompt, maxNewTokens: Number(maxNewTokens) };
    return (await drain(backend.generate(request))).result;
  }),
);
await backend.close();

const auto = await openDevice('auto', { ...runProbe, hasHardware: () => true });
const run: WebGpuRun = {
  device: backend.info.device,
  auto: auto.report,
  features: [...features.data],
  answers,
  together,
};
process.stdout.write(JSON.stringify(run));
