// An unmodified discord.js client on a local Discord, destroyed after the test.
import { Client, type ClientOptions, Events, GatewayIntentBits, Partials } from 'discord.js';
import { onTestFinished } from 'vitest';
import type { Playground } from '../../src/playground/playground.ts';

export const usualIntents = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.MessageContent,
];

/** Makes the client without logging it in. */
export function createClient({ api }: Pick<Playground, 'api'>, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: usualIntents,
    partials: [Partials.Channel],
    ...options,
    rest: { api, ...options.rest },
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** Resolves when the client is ready. */
export async function connect(
  playground: Playground,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = createClient(playground, options);
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(playground.token);
  return ready;
}
