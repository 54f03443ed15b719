// Everything an end-to-end test stands on: the local Discord, the memory in a file, and the bot in between as it is
// started for people. Only the model is opened once for a whole file, since it takes longest.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIMessage } from 'discord.js';
import { onTestFinished } from 'vitest';
import { isDraft } from '../../commands/draft-text.ts';
import { openStore } from '../../conversation/store.ts';
import type { Backend } from '../../models/backend.ts';
import type { BotOptions } from '../../src/bot.ts';
import type { Discord } from '../../src/playground/discord.ts';
import type { Person } from '../../src/playground/person.ts';
import type { PlaygroundOptions } from '../../src/playground/playground.ts';
import { type LocalDiscord, startLocalDiscord } from '../support/local-discord.ts';
import { type RecordedLog, recordLog } from '../support/logs.ts';
import { type BotParts, startBot } from '../support/start-bot.ts';

export interface StageOptions extends Pick<PlaygroundOptions, 'limits' | 'privileged'> {
  readonly bot?: Partial<BotOptions>;
  readonly windowTokens?: number;
  readonly answerTokens?: number;
  /** Registers the commands in the local guild alone. */
  readonly developmentGuild?: boolean;
  /** What happens in the local Discord before the bot comes. */
  readonly before?: (discord: Discord) => void;
  /** Leads the bot's requests on another way to the local Discord's address. */
  readonly way?: (api: string) => Promise<string>;
}

export interface Stage {
  readonly playground: LocalDiscord;
  readonly discord: Discord;
  readonly me: Person;
  /** Calls the bot by name. */
  readonly mention: string;
  readonly log: RecordedLog;
  /** The file that the memory is in. */
  readonly memory: string;
  /** The bot leaves, and comes back as a new process would: with nothing but what was stored. */
  restartBot(): Promise<void>;
  stopBot(): Promise<void>;
}

/** Call it inside a test, which ends it. */
export async function openStage(backend: Backend, options: StageOptions = {}): Promise<Stage> {
  const { limits, privileged } = options;
  const playground = await startLocalDiscord({
    ...(limits && { limits }),
    ...(privileged && { privileged }),
  });
  const { discord } = playground;
  options.before?.(discord);
  const api = (await options.way?.(playground.api)) ?? playground.api;
  const folder = await mkdtemp(join(tmpdir(), 'blipcord-'));
  const log = recordLog();
  const memory = join(folder, 'memory.sqlite');
  const { windowTokens = 512, answerTokens = 40, developmentGuild = false, bot = {} } = options;
  const parts = { place: { ...playground, api }, backend, log, windowTokens, answerTokens };
  const overrides = { ...(developmentGuild && { developmentGuild: discord.guildId }), ...bot };
  const start = () => openBot(parts, memory, overrides);
  let running = await start();
  onTestFinished(async () => {
    await running.stop();
    await rm(folder, { recursive: true });
  });
  return {
    playground,
    discord,
    me: discord.me,
    mention: `<@${discord.botId}>`,
    log,
    memory,
    async restartBot() {
      await running.stop();
      running = await start();
    },
    stopBot: () => running.stop(),
  };
}

interface RunningBot {
  stop(): Promise<void>;
}

async function openBot(
  parts: Omit<BotParts, 'store'>,
  memory: string,
  overrides: Partial<BotOptions>,
): Promise<RunningBot> {
  const store = openStore(`sqlite://${memory}`);
  const bot = await startBot({ ...parts, store }, overrides);
  let isStopped = false;
  return {
    async stop() {
      if (isStopped) return;
      isStopped = true;
      await bot.stop();
      await store.close();
    },
  };
}

/** One of the pictures whose content the embedded checkpoint knows. */
export async function picture(name: keyof typeof pictures): Promise<{ name: string; bytes: Uint8Array }> {
  return { name: `${name}.png`, bytes: await readFile(new URL(pictures[name], goldens)) };
}

const goldens = new URL('../goldens/emoji/', import.meta.url);
const pictures = {
  /** A rocket on red. */
  rocket: 'scene3.png',
  /** An umbrella and a bee on purple. */
  umbrella: 'scene5.png',
  /** A strawberry and a star on white. */
  strawberry: 'scene6.png',
} as const;

/** An answer takes a tenth of this on a busy machine. */
const patienceMs = 15_000;

/** The bot's reply to a message, once it is whole. */
export function replyTo(person: Person, question: APIMessage): Promise<APIMessage> {
  return person.waitFor((message) => isReplyTo(question, message) && !isDraft(message), patienceMs);
}

/** What it shows of its reply before that. */
export function draftFor(person: Person, question: APIMessage, text = /./): Promise<APIMessage> {
  const fits = (message: APIMessage) =>
    isReplyTo(question, message) && isDraft(message) && text.test(message.content);
  return person.waitFor(fits, patienceMs);
}

function isReplyTo({ id }: APIMessage, { author, message_reference: to }: APIMessage): boolean {
  return author.bot === true && to?.message_id === id;
}

/** The bot's answer to a command or a button, once it is there. */
export function responseTo(person: Person, interactionId: string): Promise<APIMessage> {
  const fits = (message: APIMessage) =>
    message.interaction_metadata?.id === interactionId && !isDraft(message);
  return person.waitFor(fits, patienceMs);
}

/** @param id what its custom id begins with */
export function buttonOf(message: APIMessage, id = 'continue'): string {
  for (const row of message.components ?? []) {
    for (const component of 'components' in row ? row.components : []) {
      if ('custom_id' in component && component.custom_id.split(':')[0] === id) return component.custom_id;
    }
  }
  throw new Error(`Message ${message.id} has no button ${id}.`);
}

/** The thread that a sentence of the bot's leads to. */
export function threadIn(message: APIMessage): string {
  const id = /<#(\d+)>/.exec(message.content)?.[1];
  if (!id) throw new Error(`"${message.content}" names no thread.`);
  return id;
}

/** So that six answers in one channel don't wait for Discord's limit on messages. */
export const quickly = { messageRate: { requests: 100, windowMs: 5_000 } };

/** Asks without a mention, as in a thread. */
export async function ask({ me }: Stage, channelId: string, content: string): Promise<string> {
  return (await replyTo(me, me.post({ channelId, content }))).content;
}

/** @returns the id of a thread about the rocket */
export async function chatAboutRocket({ me }: Stage): Promise<string> {
  me.post({ files: [await picture('rocket')] });
  return threadIn(await responseTo(me, me.run('chat')));
}
