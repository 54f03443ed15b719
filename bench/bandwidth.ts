// How near to the memory's speed a text is written: bytes of weights that a token reads, by the time that it takes,
// against a plain read of f32 by as many threads, in turn: `npm run bench -- bandwidth --model DIR --weights int4`.
import { readFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { readCheckpoint } from '../models/checkpoint/checkpoint.ts';
import { LocalBackend } from '../models/local-backend.ts';
import { preprocess } from '../models/preprocess.ts';
import { openReader } from './bandwidth/reader.ts';
import { bytesPerToken } from './bandwidth/weights-per-token.ts';
import { begin } from './begin.ts';
import { checkpointFolder, count, imageFile, weightChoice } from './command-line.ts';
import { subjectOptions } from './subject.ts';
import { median } from './table.ts';

begin();

const { values } = parseArgs({
  options: {
    ...subjectOptions,
    weights: { type: 'string', default: 'auto' },
    rounds: { type: 'string', default: '7' },
    threads: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'boolean', default: false },
  },
});
/** Seconds a byte. */
interface Spent {
  readonly wall: number;
  /** Of all threads together. */
  readonly processor: number;
}

/** The first comes from reading the prompt. */
const TOKENS = 33;
const model = checkpointFolder(values.model);
const image = imageFile(values.image);
const weights = weightChoice(values.weights);
const threads = count('--threads', values.threads);
const rounds = count('--rounds', values.rounds);

const bytes = bytesPerToken(await readCheckpoint(model, weights));
const reader = await openReader(threads);
const backend = await LocalBackend.open(model, {
  preprocess: (...args) => preprocess(...args),
  weights,
  device: {
    report: { device: 'cpu', precision: 'f32', fallbacks: [] },
    sessionOptions: { executionProviders: ['cpu'], intraOpNumThreads: threads },
  },
});
const features = await backend.encodeImage(await readFile(image));
await writeText(); // reads the weights once, wherever they lie

const measured: { readonly writing: Spent; readonly reading: Spent }[] = [];
for (let round = 0; round < rounds; round++) {
  const before = await spentPerByte(reader.bytes, reader.read);
  const writing = await writeText();
  const after = await spentPerByte(reader.bytes, reader.read);
  const reading = {
    wall: (before.wall + after.wall) / 2,
    processor: (before.processor + after.processor) / 2,
  };
  measured.push({ writing, reading });
}
await backend.close();
await reader.close();
print();

async function writeText(): Promise<Spent> {
  const request = { features, prompt: 'Question: What is it? Answer:', maxNewTokens: TOKENS };
  const tokens = backend.generate({ ...request, minNewTokens: TOKENS });
  await tokens.next();
  return spentPerByte(bytes * (TOKENS - 1), async () => {
    while (!(await tokens.next()).done);
  });
}

async function spentPerByte(count: number, work: () => Promise<void>): Promise<Spent> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - started) / 1e3 / count, processor: (user + system) / 1e6 / count };
}

function print(): void {
  const shares = (time: keyof Spent) => {
    const all = measured.map(({ writing, reading }) => reading[time] / writing[time]);
    return { median: median(all), least: Math.min(...all), most: Math.max(...all) };
  };
  const rate = (what: 'writing' | 'reading') => 1 / median(measured.map((round) => round[what].wall));
  const load = loadavg()[0] ?? Number.NaN;
  const [writing, reading] = [rate('writing'), rate('reading')];
  const [wall, processor] = [shares('wall'), shares('processor')];
  if (values.json) {
    const result = { model, weights, threads, bytesPerToken: bytes, writing, reading, wall, processor, load };
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const speed = (bytesPerSecond: number) => `${(bytesPerSecond / 1e9).toFixed(1)} GB/s`;
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const share = ({ median: middle, least, most }: typeof wall) =>
    `${percent(middle)} (${percent(least)} to ${percent(most)})`;
  process.stdout.write(
    `\nWriting with ${model} (${weights}), ${threads} threads, ${measured.length} rounds, load ${load.toFixed(1)}\n` +
      `  a token reads ${(bytes / 1e6).toFixed(0)} MB of weights, at ${speed(writing)}\n` +
      `  a plain read of f32, in turn with it: ${speed(reading)}\n` +
      `  of the memory's speed: ${share(wall)}\n` +
      `  by the processor's time, in which others that wait for it have no part: ${share(processor)}\n`,
  );
}
