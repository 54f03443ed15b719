// `blipcord eval`: how right a model's answers and captions are.
import { basename, dirname, resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Backend, GenerationOptions } from '../../models/backend.ts';
import { pickOptions } from '../../models/generation/options.ts';
import { answerTasks } from '../eval/answer-tasks.ts';
import { findImages } from '../eval/find-images.ts';
import type { Layout } from '../eval/layouts/layout.ts';
import { PROTOCOLS, type Protocol, type ProtocolName } from '../eval/protocol.ts';
import { LAYOUTS, readItems } from '../eval/read-items.ts';
import { type Row, report } from '../eval/report.ts';
import {
  type Answers,
  appendResult,
  openResults,
  type RunHeader,
  readResults,
} from '../eval/results-file.ts';
import { describeRun } from '../eval/run-header.ts';
import { sampleItems } from '../eval/sample-items.ts';
import { renderTable } from '../eval/table.ts';
import { type HistoryChoice, planTasks, type Task, taskKey } from '../eval/tasks.ts';
import { UsageError } from '../usage-error.ts';
import { answersProgress } from './answers-progress.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { EVAL_HELP } from './eval-help.ts';
import { addGenerationOptions, checkFlags } from './generation-options.ts';
import {
  addModelOptions,
  type CliConfig,
  configure,
  type ModelOptions,
  openWorkerModel,
  parseCount,
  parseSeed,
} from './model-options.ts';
import { readImage } from './read-image.ts';
import { untilInterrupted } from './until-interrupted.ts';

interface EvalOptions extends ModelOptions, Omit<GenerationOptions, 'seed'> {
  readonly images?: string;
  readonly layout?: string;
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

const SEARCH = [
  'numBeams',
  'lengthPenalty',
  'repetitionPenalty',
  'noRepeatNgramSize',
  'minNewTokens',
] as const;

export function evalCommand(io: CliIo): Command {
  const command = new Command('eval')
    .description('measure how right answers and captions are: VQA accuracy, BLEU-4, CIDEr-D')
    .argument('<file>', 'questions or captions, in one of the layouts below')
    .argument('[annotations]', 'the second file of a layout that has two')
    .option('--images <folder>', 'where the images lie (default: the folder of the file)')
    .addOption(
      new Option('--layout <name>', 'of the file, where it is not found out').choices(
        LAYOUTS.map(({ name }) => name),
      ),
    )
    .option('--split <name>', "of Karpathy's (default: test)")
    .option('--limit <count>', 'ask only so many, drawn by the seed', parseCount)
    .option('--seed <number>', 'another one draws others', parseSeed, 0)
    .addOption(
      new Option('--protocol <name>', 'as this bot asks, or as BLIP-2 was evaluated').choices(
        Object.keys(PROTOCOLS),
      ),
    )
    .option('--prompt <text>', 'for questions, with {} where the question belongs')
    .option('--caption-prompt <text>', 'how a caption begins')
    .addOption(
      new Option('--history <choice>', 'ask a question that follows others with those, without, or both ways')
        .choices(['with', 'without', 'both'])
        .default('both'),
    )
    .option('--out <file>', 'keep the answers, a line of JSON each; what is there already is not asked again')
    .option('--compare <file>', 'what another run kept of the same questions: tell the differences')
    .option('--json', 'print one line of JSON in place of the table')
    .option('--max-new-tokens <count>', 'end after so many tokens', parseCount);
  return addModelOptions(addGenerationOptions(command, SEARCH))
    .addHelpText('after', EVAL_HELP)
    .action((file: string, annotations: string | undefined, options: EvalOptions) =>
      evaluate([file, ...(annotations === undefined ? [] : [annotations])], options, io),
    );
}

async function evaluate(files: readonly string[], options: EvalOptions, io: CliIo): Promise<void> {
  checkFlags(searchOf(options));
  const config = configure(options, io);
  const paths = files.map((file) => resolve(io.folder, file));
  const out = options.out === undefined ? undefined : resolve(io.folder, options.out);
  const { layout, items: all } = await readItems({ paths, layout: options.layout, split: options.split });
  const items = sampleItems(all, options.limit, options.seed);
  const folder = options.images === undefined ? dirname(paths[0] ?? '') : resolve(io.folder, options.images);
  const images = findImages(items, folder);
  const protocol = protocolOf(options, layout);
  const tasks = planTasks(items, options.history);
  const other =
    options.compare === undefined ? undefined : await readResults(resolve(io.folder, options.compare));
  const farewell =
    out === undefined
      ? 'Stopped. Nothing is kept: name a file with --out to go on another time.'
      : 'Stopped. Run the same command again to go on from here.';
  await untilInterrupted(farewell, async (signal) => {
    const backend = await openWorkerModel(config);
    try {
      const header = describeRun(backend.info, protocol, items);
      if (other !== undefined && other.header.items !== header.items) {
        throw new UsageError(
          `${options.compare} holds answers to other questions. Compare with a run over the same.`,
        );
      }
      const answers = await answerAll(tasks, { backend, protocol, images, header, out, io, signal, config });
      const rows = report(items, answers, { seed: options.seed, other: other?.answers });
      const run = {
        ...header,
        protocol: undefined,
        layout: layout.name,
        items: items.length,
        of: all.length,
      };
      printLine(io.stdout, options.json ? JSON.stringify({ ...run, rows }) : describe(run, rows, options));
    } finally {
      await backend.close();
    }
  });
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
    question: { ...question, ...over },
    caption: { ...caption, ...over },
  };
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
  readonly config: CliConfig;
}

/** Those of earlier runs as well. */
async function answerAll(tasks: readonly Task[], means: Means): Promise<Answers> {
  const { backend, protocol, images, header, out, io, signal, config } = means;
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
    const atOnce = config.textsAtOnce;
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
