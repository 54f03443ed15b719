// The program in this process, with the embedded model saying a word when the test lets it.
import { fileURLToPath } from 'node:url';
import { WorkerBackend } from '../../../models/worker-backend.ts';
import { parseConfig } from '../../../src/config.ts';
import { startProgram } from '../../../src/start.ts';
import { type Stepwise, stepwise } from '../../e2e/backends.ts';
import { recordLog } from '../../support/logs.ts';
import type { Program } from './program.ts';

const modelFolder = fileURLToPath(new URL('../../../models/emoji', import.meta.url));

export interface SlowProgram extends Program {
  readonly model: Stepwise;
}

export async function startSlowProgram(): Promise<SlowProgram> {
  const config = { ...parseConfig({ PORT: '0', BLIPCORD_STORE: 'memory:' }), modelFolder };
  let model: Stepwise | undefined;
  const { banner, stop } = await startProgram(config, recordLog(), async (options) => {
    const worker = await WorkerBackend.open(options);
    model = stepwise(worker);
    return Object.assign(model, { failed: worker.failed });
  });
  const url = banner.map((line) => /http:\S+/.exec(line)?.[0]).find((found) => found !== undefined);
  if (!model || !url) throw new Error(`The program told no address: ${banner.join(', ')}`);
  return { model, url, stop };
}
