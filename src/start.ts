// Wires the rooms together: model, store, memory, a Discord (the real one or the local one) and the bot in it.
import { existsSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import type { Store } from '../conversation/store.ts';
import type { Backend } from '../models/backend.ts';
import { deviceLabel } from '../models/device-choice.ts';
import type { Logger } from '../models/logger.ts';
import { WorkerBackend, type WorkerBackendOptions } from '../models/worker-backend.ts';
import type { BotIdentity, BotOptions } from './bot.ts';
import { type Config, embeddedModel } from './config.ts';
import { describeDevice } from './describe-device.ts';
import type { Metrics } from './metrics/open-metrics.ts';
import { packageRoot } from './package-root.ts';
import { UsageError } from './usage-error.ts';

export interface ProgramConfig extends Config {
  /** Absolute. */
  readonly modelFolder: string;
}

export interface Program {
  /** What a person wants to know at first: where the bot is and what it runs on. */
  readonly banner: readonly string[];
  /** Resolves when the program is of no use any more: Discord has closed the connection for good, or the model can't run. */
  readonly closed: Promise<Error>;
  /** Takes nothing new, ends the answers under way, and closes everything. */
  stop(): Promise<void>;
}

/** A model that tells when it can run no more. */
export type RunningModel = Backend & Pick<WorkerBackend, 'failed'>;
type OpenModel = (options: WorkerBackendOptions) => Promise<RunningModel>;
type Closer = () => Promise<void>;
type Place = Pick<BotOptions, 'token' | 'api' | 'imageHosts'> & { readonly page?: string };

/**
 * Joins Discord where the configuration has a token, else opens the local one.
 * @throws the error of whichever part can't start, after closing those that could
 */
export async function startProgram(
  config: ProgramConfig,
  log: Logger,
  openModel: OpenModel = WorkerBackend.open,
): Promise<Program> {
  const closers: Closer[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) {
      // What is left has to be closed all the same.
      await closer().catch((error: unknown) => log.error({ err: error }, 'A part did not close cleanly'));
    }
  };
  try {
    return { ...(await open(config, log, openModel, closers)), stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The model loads in its worker while this thread loads the rest. */
async function open(
  config: ProgramConfig,
  log: Logger,
  openModel: OpenModel,
  closers: Closer[],
): Promise<Omit<Program, 'stop'>> {
  const metrics = await openMetricsOf(config, closers);
  const [
    model,
    place,
    store,
    { createBot },
    { openConversations, describeWindow },
    { openPreferences },
    { AnsweredMessages },
  ] = await allOrNothing([
    openBackend(config, log, openModel, closers),
    openPlace(config, log, closers),
    openStoreOf(config, closers),
    import('./bot.ts'),
    import('./open-conversations.ts'),
    import('./preferences/open-preferences.ts'),
    import('./catch-up/answered-messages.ts'),
  ]);
  const { windowTokens, answerTokens } = config;
  const backend = metrics?.model(model) ?? model;
  const conversations = openConversations({
    backend,
    store,
    windowTokens,
    answerTokens,
    ...(metrics && { onLook: metrics.onLook, onAnswerEnd: metrics.onAnswerEnd }),
    log,
  });
  metrics?.watch(conversations);
  const { page, ...connection } = place;
  const bot = createBot({
    ...connection,
    conversations,
    preferences: await openPreferences({ store, conversations, log }),
    answered: new AnsweredMessages(store, log),
    store,
    log,
    maxImageBytes: config.maxImageBytes,
    fetchTimeoutMs: config.fetchTimeoutMs,
    developmentGuild: page === undefined ? config.guildId : undefined,
    metrics,
  });
  closers.push(() => bot.stop());
  const identity = await bot.start();
  const where = page === undefined ? await realDiscord(identity) : localDiscord(page);
  const banner = renderBanner(backend, config, where);
  const window = `Window         ${describeWindow(backend.info, windowTokens)}`;
  const counts = metrics ? [`Metrics        ${metrics.url}`] : [];
  return { banner: [...banner, window, ...counts], closed: Promise.race([bot.closed, model.failed]) };
}

async function openMetricsOf(
  { metricsPort: port, metricsHost: host }: Config,
  closers: Closer[],
): Promise<Metrics | undefined> {
  if (port === undefined) return undefined;
  const { openMetrics } = await import('./metrics/open-metrics.ts');
  const metrics = await openMetrics({ port, host });
  closers.push(() => metrics.close());
  return metrics;
}

async function openBackend(
  config: ProgramConfig,
  log: Logger,
  openModel: OpenModel,
  closers: Closer[],
): Promise<RunningModel> {
  const { modelFolder, device, weights, maxImagePixels, prefixBytes, textsAtOnce, maxWaiting } = config;
  const backend = await openModel({
    folder: modelFolder,
    device,
    weights,
    limits: { maxPixels: maxImagePixels },
    ...(prefixBytes !== undefined && { prefixBytes }),
    textsAtOnce,
    maxWaiting,
  });
  closers.push(() => backend.close());
  const { device: report } = backend.info;
  const { device: runsOn, fallbacks } = report;
  if (fallbacks.length > 0) log.info({ device: runsOn }, `The model runs on ${describeDevice(report)}`);
  return backend;
}

async function openStoreOf({ store: address }: Config, closers: Closer[]): Promise<Store> {
  const { openStore } = await import('../conversation/store.ts');
  const store = openStore(address);
  closers.push(() => store.close());
  return store;
}

async function openPlace(config: Config, log: Logger, closers: Closer[]): Promise<Place> {
  const { discordToken: token, discordApi: api } = config;
  // Another Discord than the real one hands out pictures itself.
  if (token !== undefined) return { token, api, imageHosts: api === undefined ? [] : [new URL(api).host] };
  const pageFolder = join(packageRoot(), 'dist', 'page');
  if (!existsSync(join(pageFolder, 'index.html'))) {
    throw new UsageError(
      `There is no page in ${pageFolder}. Run npm run build, or npm start, which builds it.`,
    );
  }
  const { startPlayground } = await import('./playground/playground.ts');
  const { embeddedModelNote } = await import('./playground/samples.ts');
  const playground = await startPlayground({
    port: config.port,
    pageFolder,
    furnished: true,
    log,
    file: discordFile(config.store),
    modelNote: config.model === embeddedModel ? embeddedModelNote : undefined,
  });
  closers.push(() => playground.close());
  const { url: page, cdnHost } = playground;
  return { page, token: playground.token, api: playground.api, imageHosts: [cdnHost] };
}

/** Beside the memory, which is about what is said there; kept nowhere where that isn't either. */
function discordFile(store: string): string | undefined {
  const memory = /^sqlite:\/\/(.+)$/.exec(store)?.[1];
  if (memory === undefined) return undefined;
  const { dir, name } = parse(resolve(memory));
  return join(dir, `${name}.local-discord.sqlite`);
}

/** As Promise.all, but fails only when all have settled, so that whatever opened can be closed. */
async function allOrNothing<T extends readonly unknown[]>(
  parts: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  await Promise.allSettled(parts);
  return (await Promise.all(parts)) as unknown as T;
}

function localDiscord(page: string): string[] {
  return [`Local Discord  ${page}`];
}

async function realDiscord({ tag, applicationId, guilds }: BotIdentity): Promise<string[]> {
  const { inviteUrl } = await import('./invite.ts');
  return [
    `Discord        ${tag}, in ${guilds} server${guilds === 1 ? '' : 's'}`,
    `Invite it      ${inviteUrl(applicationId)}`,
  ];
}

function renderBanner({ info }: Backend, { store }: Config, place: readonly string[]): string[] {
  const { name, device, weights } = info;
  const kept = weights === undefined ? '' : `, weights in ${weights}`;
  return [
    ...place,
    `Model          ${name} on ${deviceLabel(device)} in ${device.precision}${kept}`,
    `Memory         ${store}`,
  ];
}
