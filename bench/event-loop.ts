// How long the bot's thread is kept from its own work while the worker answers question after question.
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WorkerBackend } from '../models/worker-backend.ts';
import { begin } from './begin.ts';

begin();
parseArgs(); // takes no options

const ROUNDS = 100;
const TARGET_MS = 20; // of the 99th percentile

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const backend = await WorkerBackend.open({ folder: at('../models/emoji'), device: 'cpu' });
const image = readFileSync(at('../test/fixtures/scene1.png'));

const lag = monitorEventLoopDelay({ resolution: 1 });
lag.enable();
for (let round = 0; round < ROUNDS; round++) {
  const features = await backend.encodeImage(image);
  const prompt = 'Question: What color is the background? Answer:';
  for await (const _ of backend.generate({ features, prompt, maxNewTokens: 20 }));
}
lag.disable();
await backend.close();

const [p50 = '', p99 = '', max = ''] = [lag.percentile(50), lag.percentile(99), lag.max].map((nanoseconds) =>
  (nanoseconds / 1e6).toFixed(1),
);
const verdict = Number(p99) < TARGET_MS ? '' : ' missed';
process.stdout.write(
  `\nLag of the event loop during ${ROUNDS} images with an answer each\n` +
    `  p50 ${p50} ms, p99 ${p99} ms, longest ${max} ms, target p99 < ${TARGET_MS} ms${verdict}\n`,
);
