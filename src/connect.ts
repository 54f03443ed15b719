// Logs in to Discord; where the Message Content intent isn't switched on, without it.
import {
  Client,
  type ClientOptions,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Partials,
} from 'discord.js';
import type { Logger } from '../models/logger.ts';

export interface ConnectOptions {
  readonly token: string;
  readonly intents: readonly GatewayIntentBits[];
  /** Another server than Discord's, as the local one: `http://127.0.0.1:3000/api`. */
  readonly api?: string | undefined;
  readonly log: Logger;
  /** Attaches what listens to the client, before anything arrives. */
  readonly listen: (client: Client) => void;
}

/** The connection can't be had: the message says what to do about it. */
export class ConnectError extends Error {
  override name = 'ConnectError';
}

const withoutContent =
  'The Message Content intent is off, so I answer mentions, direct messages and slash commands, but see neither ' +
  "other people's pictures nor replies and thread messages that don't mention me. Switch it on at " +
  'https://discord.com/developers/applications: your application, Bot, Privileged Gateway Intents; then restart.';

/** @throws ConnectError for a token or an intent that Discord rejects, or when it can't be reached */
export async function connect(options: ConnectOptions): Promise<Client<true>> {
  try {
    return await logIn(options);
  } catch (error) {
    const asksForContent = options.intents.includes(GatewayIntentBits.MessageContent);
    if (!(error instanceof ClosedError) || !error.isAboutIntents || !asksForContent) throw explained(error);
    options.log.warn({}, withoutContent);
    const intents = options.intents.filter((intent) => intent !== GatewayIntentBits.MessageContent);
    return connect({ ...options, intents });
  }
}

async function logIn({ token, intents, api, log, listen }: ConnectOptions): Promise<Client<true>> {
  const client = new Client(clientOptions(intents, api));
  // Each message whose link is to show listens for a moment: many are no mistake.
  client.setMaxListeners(0);
  client.on(Events.Error, (error) => log.error({ err: error }, 'The Discord client failed'));
  client.on(Events.Warn, (warning) => log.warn({}, warning));
  // discord.js connects again by itself, or closes for good, which is told below.
  client.on(Events.ShardError, (error) => log.debug({ err: error }, 'The connection to Discord failed'));
  listen(client);
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  const closed = new Promise<never>((_, reject) =>
    client.once(Events.ShardDisconnect, ({ code }) => reject(new ClosedError(code))),
  );
  try {
    const [readyClient] = await Promise.race([Promise.all([ready, client.login(token)]), closed]);
    return readyClient;
  } catch (error) {
    await client.destroy();
    throw error;
  }
}

/** Resolves when Discord ends the connection of a client and would end it again: any other is resumed by discord.js. */
export function closedForGood(client: Client): Promise<ConnectError> {
  return new Promise((resolve) =>
    client.once(Events.ShardDisconnect, ({ code }) => resolve(explained(new ClosedError(code)))),
  );
}

function clientOptions(intents: readonly GatewayIntentBits[], api: string | undefined): ClientOptions {
  return {
    intents,
    // Direct messages arrive before their channel is known, deletions after the message was forgotten.
    partials: [Partials.Channel, Partials.Message],
    allowedMentions: { parse: [], repliedUser: false },
    failIfNotExists: false,
    ...(api && { rest: { api, cdn: new URL(api).origin, mediaProxy: new URL(api).origin } }),
  };
}

/** Discord closed the connection and would do so again. */
class ClosedError extends Error {
  override name = 'ClosedError';
  readonly code: number;

  constructor(code: number) {
    super(`Discord closed the connection with code ${code} (${GatewayCloseCodes[code] ?? 'unknown'}).`);
    this.code = code;
  }

  get isAboutIntents(): boolean {
    return this.code === GatewayCloseCodes.DisallowedIntents;
  }
}

const remedies: Readonly<Partial<Record<number, string>>> = {
  [GatewayCloseCodes.ShardingRequired]: 'One connection serves no more servers: let the bot leave some.',
  [GatewayCloseCodes.InvalidAPIVersion]: 'Install the newest blipcord.',
  [GatewayCloseCodes.InvalidIntents]: 'Install the newest blipcord.',
};

function explained(error: unknown): ConnectError {
  const { code } = error as { code?: unknown };
  if (code === 'TokenInvalid' || code === GatewayCloseCodes.AuthenticationFailed) {
    return new ConnectError(
      'Discord rejected the token in DISCORD_TOKEN. Copy it again from https://discord.com/developers/applications: your application, Bot, Reset Token.',
      { cause: error },
    );
  }
  if (error instanceof ClosedError) {
    const remedy = error.isAboutIntents
      ? 'Start again, and I tell which intent was switched off.'
      : remedies[error.code];
    return new ConnectError(`${error.message} ${remedy ?? 'Start again.'}`, { cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  const sentence = reason.replace(/[.!?]?$/, (end) => end || '.');
  return new ConnectError(`Could not connect to Discord: ${sentence} Check the network and try again.`, {
    cause: error,
  });
}
