// What `blipcord eval` does: reads what is to be asked, asks what isn't answered yet, and tells the scores.
import { basename, dirname, resolve } from 'node:path';
import type { Backend, GenerationOptions } from '../../models/backend.ts';
import { pickOptions } from '../../models/generation/options.ts';
import { answerTasks } from '../eval/answer-tasks.ts';
import { findImages } from '../eval/find-images.ts';
import type { Item } from '../eval/items.ts';
import type { Layout } from '../eval/layouts/layout.ts';
import type { LayoutName } from '../eval/layouts/names.ts';
import { type Asking, PROTOCOLS, type Protocol, type ProtocolName } from '../eval/protocol.ts';
import { readCompared } from '../eval/read-compared.ts';
import { readItems } from '../eval/read-items.ts';
import { type Row, report } from '../eval/report.ts';
import { type Answers, appendResult, openResults, type RunHeader } from '../eval/results-file.ts';
import { describeRun } from '../eval/run-header.ts';
import { sampleItems } from '../eval/sample-items.ts';
import { renderTable } from '../eval/table.ts';
import { type HistoryChoice, planTasks, type Task, taskKey } from '../eval/tasks.ts';
import { UsageError } from '../usage-error.ts';
import { answersProgress } from './answers-progress.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { checkFlags } from './generation-options.ts';
import { configure, type ModelOptions, openWorkerModel } from './model-options.ts';
import { readImage } from './read-image.ts';
import { tellDevice } from './tell-device.ts';
import { untilInterrupted } from './until-interrupted.ts';

export interface EvalOptions extends ModelOptions, Omit<GenerationOptions, 'seed'> {
  readonly images?: string;
  readonly layout?: LayoutName;
  readonly split?: string;
  readonly limit?: number;
  readonly seed: number;
  readonly protocol?: ProtocolName;
  readonly prompt?: string;
  readonly captionPrompt?: string;
  readonly maxNewTokens?: number;
  readonly history: HistoryChoice;
  readonly out?: string;
  readonly compare?: string;
  readonly json?: true;
}

/** @throws UsageError for files, images or options that are wrong, as far as possible before the model is loaded */
export async function evaluate(files: readonly string[], options: EvalOptions, io: CliIo): Promise<void> {
  const { compare, history, seed } = options;
  checkFlags(searchOf(options));
  const config = configure(options, io);
  const out = options.out === undefined ? undefined : resolve(io.folder, options.out);
  const { layout, items, of, images } = await readAsked(files, options, io);
  const protocol = protocolOf(options, layout);
  for (const sort of new Set(items.map((item) => item.sort))) checkFlags(protocol[sort]);
  const tasks = planTasks(items, history);
  const other =
    compare === undefined
      ? undefined
      : await readCompared(resolve(io.folder, compare), compare, { items, history });
  await untilInterrupted(farewellOf(out), async (signal) => {
    const backend = await openWorkerModel(config);
    try {
      tellDevice(backend.info.device, io);
      const header = describeRun(backend.info, protocol, items);
      const { textsAtOnce: atOnce } = config;
      const answers = await answerAll(tasks, { backend, protocol, images, header, out, io, signal, atOnce });
      const rows = report(items, answers, { seed, history, other });
      const run = { ...header, protocol: undefined, layout: layout.name, items: items.length, of };
      printLine(io.stdout, options.json ? JSON.stringify({ ...run, rows }) : describe(run, rows, options));
    } finally {
      await backend.close();
    }
  });
}

interface Asked {
  readonly layout: Layout;
  readonly items: readonly Item[];
  /** Of so many they are a sample. */
  readonly of: number;
  readonly images: ReadonlyMap<string, string>;
}

async function readAsked(files: readonly string[], options: EvalOptions, io: CliIo): Promise<Asked> {
  const paths = files.map((file) => resolve(io.folder, file));
  const { layout, items: all } = await readItems({ paths, layout: options.layout, split: options.split });
  const items = sampleItems(all, options.limit, options.seed);
  const folder = options.images === undefined ? dirname(paths[0] ?? '') : resolve(io.folder, options.images);
  return { layout, items, of: all.length, images: findImages(items, folder) };
}

function farewellOf(out: string | undefined): string {
  return out === undefined
    ? 'Stopped. Nothing is kept: name a file with --out to go on another time.'
    : 'Stopped. Run the same command again to go on from here.';
}

/** The layout's own, with what was asked for over it. */
function protocolOf(options: EvalOptions, layout: Layout): Protocol {
  const { question, caption, ...prompts } = PROTOCOLS[options.protocol ?? layout.protocol];
  const { prompt: questionPrompt = prompts.questionPrompt, captionPrompt = prompts.captionPrompt } = options;
  if (!questionPrompt.includes('{}')) {
    throw new UsageError(
      '--prompt has no place for the question. Write {} there, as in "Question: {} Short answer:".',
    );
  }
  const over = searchOf(options);
  return {
    questionPrompt,
    captionPrompt,
    question: askingOf(question, over),
    caption: askingOf(caption, over),
  };
}

/** The protocol's own least number of tokens gives way to the most that is asked for. */
function askingOf(asking: Asking, over: Partial<Asking>): Asking {
  const all = { ...asking, ...over };
  if (over.minNewTokens !== undefined || all.minNewTokens === undefined) return all;
  return { ...all, minNewTokens: Math.min(all.minNewTokens, all.maxNewTokens) };
}

/** How tokens are chosen: the seed is not about that. */
function searchOf({ seed: _, maxNewTokens, ...options }: EvalOptions) {
  return { ...pickOptions(options), ...(maxNewTokens !== undefined && { maxNewTokens }) };
}

interface Means {
  readonly backend: Backend;
  readonly protocol: Protocol;
  readonly images: ReadonlyMap<string, string>;
  readonly header: RunHeader;
  readonly out: string | undefined;
  readonly io: CliIo;
  readonly signal: AbortSignal;
  readonly atOnce: number;
}

/** Those of earlier runs as well. */
async function answerAll(tasks: readonly Task[], means: Means): Promise<Answers> {
  const { backend, protocol, images, header, out, io, signal, atOnce } = means;
  const answers: Answers = out === undefined ? new Map() : await openResults(out, header);
  const open = tasks.filter(({ item, history }) => !answers.has(taskKey(item.id, history)));
  const before = tasks.length - open.length;
  if (before > 0) printLine(io.stderr, `${before} of ${tasks.length} answers are in ${out} already.`);
  const progress = answersProgress(io.stderr, { total: tasks.length, before });
  const read = async (name: string) => {
    const path = images.get(name) ?? name;
    return { path, bytes: await readImage(path, io) };
  };
  try {
    for await (const answer of answerTasks(open, { backend, protocol, readImage: read, atOnce, signal })) {
      answers.set(taskKey(answer.id, answer.history), answer);
      if (out !== undefined) await appendResult(out, answer);
      progress.advance();
    }
  } finally {
    progress.end();
  }
  return answers;
}

/** `emoji with weights as stored on cpu: 2,711 of 5,000 items` */
function describe(run: RunHeader, rows: readonly Row[], { compare }: EvalOptions): string {
  const { model, weights, device, layout, items, of } = run;
  const asked = items === of ? `all ${of}` : `${items} of ${of}`;
  const title = `${model}, weights ${weights}, on ${device}; ${asked} of layout ${layout}`;
  return `${title}\n\n${renderTable(rows, compare === undefined ? undefined : basename(compare))}`;
}
