// Every setting of the program, read once. No other module of the program looks at the environment.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import type { DeviceChoice, WeightChoice } from '../models/backend.ts';
import { deviceChoices, isDeviceChoice } from '../models/device-choice.ts';
import { weightChoices } from '../models/weight-choices.ts';

export interface Config {
  /** Absent: the program opens the local Discord instead of joining the real one. */
  readonly discordToken: string | undefined;
  /** Slash commands are registered in this guild alone, where they show at once. */
  readonly guildId: string | undefined;
  /** Address of Discord's REST API; only tests name another one. */
  readonly discordApi: string | undefined;
  /** A name under `models/` or a folder. */
  readonly model: string;
  readonly device: DeviceChoice;
  readonly weights: WeightChoice;
  readonly store: string;
  /** Query tokens + BOS + prompt + answer. */
  readonly windowTokens: number;
  readonly answerTokens: number;
  readonly maxImageBytes: number;
  readonly maxImagePixels: number;
  readonly fetchTimeoutMs: number;
  /** As in WorkerBackendOptions. */
  /** Undefined: by the machine's memory. */
  readonly prefixBytes: number | undefined;
  readonly textsAtOnce: number;
  readonly maxWaiting: number;
  readonly logLevel: LogLevel;
  /** The hub that models are pulled from, without a slash at the end. */
  readonly hubEndpoint: string;
  readonly hubToken: string | undefined;
  /** Where pulled models lie; absolute. */
  readonly hubCache: string;
  /** Where the playground's page listens; 0 picks a free one. */
  readonly port: number;
  /** Where `/metrics` is served; undefined: nowhere, 0: on a free port. */
  readonly metricsPort: number | undefined;
  readonly metricsHost: string;
}

/**
 * @param weights as they are set, be that right or wrong
 * @returns what is wrong with a model of that name, a sentence each
 */
export type CheckModel = (model: string, hubCache: string, weights?: string) => readonly string[];
export type LogLevel = (typeof logLevels)[number];
export type Environment = Readonly<Record<string, string | undefined>>;

/** All wrong settings at once, one sentence a line; safe to show. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** The checkpoint that comes with the program. */
export const embeddedModel = 'emoji';
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Never shown, whatever is wrong with them. */
const secrets: Readonly<Record<string, string>> = {
  DISCORD_TOKEN: 'a bot token',
  HF_TOKEN: 'a token of the hub',
};

// Each message is the remedy alone: `describe` puts the setting and its value before it.
const settings = z.strictObject({
  DISCORD_TOKEN: z
    .string()
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, {
      error: 'Copy it again from the Bot page at https://discord.com/developers/applications.',
    })
    .optional(),
  BLIPCORD_GUILD: z
    .string()
    .regex(/^\d{17,20}$/, { error: "Use the server's id, a number of 17 to 20 digits." })
    .optional(),
  BLIPCORD_API: z.url({ error: 'Use an address such as http://127.0.0.1:3000/api.' }).optional(),
  BLIPCORD_MODEL: z.string().default(embeddedModel),
  BLIPCORD_DEVICE: z
    .custom<DeviceChoice>(isDeviceChoice, { error: `Use one of: ${deviceChoices}.` })
    .default('auto'),
  BLIPCORD_WEIGHTS: oneOf(weightChoices).default('auto'),
  BLIPCORD_STORE: z
    .string()
    .regex(/^(sqlite:\/\/.+|memory:)$/, {
      error: 'Use sqlite:// and a file, as in sqlite://data/blipcord.sqlite, or memory: to keep nothing.',
    })
    .default('sqlite://data/blipcord.sqlite'),
  BLIPCORD_WINDOW_TOKENS: wholeNumber(64, 65_536).default(512),
  BLIPCORD_ANSWER_TOKENS: wholeNumber(1, 4_096).default(40),
  BLIPCORD_MAX_IMAGE_BYTES: wholeNumber(1_024, 1_073_741_824).default(8_388_608),
  BLIPCORD_MAX_IMAGE_PIXELS: wholeNumber(1, 1_000_000_000).default(40_000_000),
  BLIPCORD_FETCH_TIMEOUT_MS: wholeNumber(1, 600_000).default(10_000),
  BLIPCORD_PREFIX_BYTES: wholeNumber(0, 1_099_511_627_776).optional(),
  BLIPCORD_TEXTS_AT_ONCE: wholeNumber(1, 64).default(8),
  BLIPCORD_MAX_WAITING: wholeNumber(0, 10_000).default(64),
  HF_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, { error: 'Copy it again from https://huggingface.co/settings/tokens.' })
    .optional(),
  HF_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'Use an address such as https://huggingface.co.' })
    .transform((address) => address.replace(/\/+$/, ''))
    .default('https://huggingface.co'),
  HF_HUB_CACHE: z.string().optional(),
  BLIPCORD_LOG: oneOf(logLevels).default('info'),
  BLIPCORD_METRICS_PORT: wholeNumber(0, 65_535).optional(),
  BLIPCORD_METRICS_HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3_000),
});

/** Those that people set; `.env.example` and the README have all of them. */
export const settingNames = Object.keys(settings.shape).filter((name) => name !== 'BLIPCORD_API');

/**
 * The environment, and under it the file `.env` of the folder.
 * @throws ConfigError that names every wrong setting
 */
export function loadConfig(folder = process.cwd(), checkModel?: CheckModel): Config {
  return parseConfig({ ...readEnvFile(join(folder, '.env')), ...process.env }, checkModel);
}

/** @throws ConfigError that names every wrong setting */
export function parseConfig(environment: Environment, checkModel: CheckModel = () => []): Config {
  const given = pickSettings(environment);
  const parsed = settings.safeParse(given);
  const hubCache = findHubCache(environment);
  const modelProblems = checkModel(given.BLIPCORD_MODEL ?? embeddedModel, hubCache, given.BLIPCORD_WEIGHTS);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => describe(issue, given));
    throw new ConfigError([...problems, ...modelProblems]);
  }
  const values = parsed.data;
  if (values.BLIPCORD_ANSWER_TOKENS > values.BLIPCORD_WINDOW_TOKENS / 2) {
    throw new ConfigError([
      `BLIPCORD_ANSWER_TOKENS is ${values.BLIPCORD_ANSWER_TOKENS}, more than half of BLIPCORD_WINDOW_TOKENS (${values.BLIPCORD_WINDOW_TOKENS}). Use at most ${Math.floor(values.BLIPCORD_WINDOW_TOKENS / 2)}, so that the question fits, too.`,
      ...modelProblems,
    ]);
  }
  if (modelProblems.length > 0) throw new ConfigError(modelProblems);
  return Object.freeze({
    discordToken: values.DISCORD_TOKEN,
    guildId: values.BLIPCORD_GUILD,
    discordApi: values.BLIPCORD_API,
    model: values.BLIPCORD_MODEL,
    device: values.BLIPCORD_DEVICE,
    weights: values.BLIPCORD_WEIGHTS,
    store: values.BLIPCORD_STORE,
    windowTokens: values.BLIPCORD_WINDOW_TOKENS,
    answerTokens: values.BLIPCORD_ANSWER_TOKENS,
    maxImageBytes: values.BLIPCORD_MAX_IMAGE_BYTES,
    maxImagePixels: values.BLIPCORD_MAX_IMAGE_PIXELS,
    fetchTimeoutMs: values.BLIPCORD_FETCH_TIMEOUT_MS,
    prefixBytes: values.BLIPCORD_PREFIX_BYTES,
    textsAtOnce: values.BLIPCORD_TEXTS_AT_ONCE,
    maxWaiting: values.BLIPCORD_MAX_WAITING,
    logLevel: values.BLIPCORD_LOG,
    hubEndpoint: values.HF_ENDPOINT,
    hubToken: values.HF_TOKEN,
    hubCache,
    port: values.PORT,
    metricsPort: values.BLIPCORD_METRICS_PORT,
    metricsHost: values.BLIPCORD_METRICS_HOST,
  });
}

/** Ours alone, and without those left blank, as `.env.example` has them. */
function pickSettings(environment: Environment): Record<string, string> {
  const ours = (name: string) => name.startsWith('BLIPCORD_') || name in settings.shape;
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => {
      const trimmed = value?.trim();
      return trimmed && ours(name) ? [[name, trimmed]] : [];
    }),
  );
}

function describe(issue: z.core.$ZodIssue, given: Readonly<Record<string, string>>): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (name) => `${name} is no setting of blipcord. See .env.example for those there are.`,
    );
  }
  const name = String(issue.path[0]);
  const secret = secrets[name];
  if (secret !== undefined) return [`${name} is not shaped like ${secret}. ${issue.message}`];
  return [`${name} is "${given[name]}". ${issue.message}`];
}

/**
 * The folder that the hub's other tools use, too, by their rules:
 * https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
 */
function findHubCache(environment: Environment): string {
  const set = (name: string) => environment[name]?.trim() || undefined;
  const general = set('XDG_CACHE_HOME') ?? join(homedir(), '.cache');
  const home = set('HF_HOME') ?? join(general, 'huggingface');
  return resolve((set('HF_HUB_CACHE') ?? join(home, 'hub')).replace(/^~(?=[/\\]|$)/, homedir()));
}

function oneOf<const T extends readonly [string, ...string[]]>(names: T) {
  return z.enum(names, { error: `Use one of: ${names.join(', ')}.` });
}

function wholeNumber(least: number, most: number) {
  const inRange = (text: string) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
  return z
    .string()
    .refine(inRange, { error: `Use a whole number from ${least} to ${most}.` })
    .transform(Number);
}

function readEnvFile(path: string): Environment {
  try {
    // Some editors begin a file with a byte order mark, which would become part of the first name.
    return parseEnv(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as Environment;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new ConfigError([
      `${path} can't be read (${(error as Error).message}). Make it a readable text file or remove it.`,
    ]);
  }
}

// Each of them makes LangChain send every prompt to LangSmith.
const tracingNames = [
  'LANGSMITH_TRACING',
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING',
  'LANGCHAIN_TRACING_V2',
];

/**
 * onnxruntime's prebuilt library carries a telemetry client that reports to its makers unless the environment forbids
 * it. Called before anything loads that library; whoever set the variable keeps their choice.
 */
export function disableTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY ??= '1';
  // Set for another program, maybe; nobody who talks with the bot expects it. LangChain takes "false" in one for true.
  for (const name of tracingNames) delete process.env[name];
}
