// Whether Discord lets the bot do its work: token, intent, permissions, slash commands. It connects as the bot does,
// beside a bot that may be running.
import { once } from 'node:events';
import {
  ApplicationFlags,
  ApplicationFlagsBitField,
  Client,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
} from 'discord.js';
import { render } from '../../models/saying.ts';
import { inviteUrl } from '../invite.ts';
import type { Check } from './check.ts';
import { lackingIn } from './lacking-permissions.ts';

export interface DiscordCheckOptions {
  readonly token: string;
  /** Default: the real Discord's. */
  readonly api: string | undefined;
  /** Where the commands are registered; undefined for everywhere. */
  readonly guildId: string | undefined;
  readonly commandNames: readonly string[];
  readonly timeoutMs?: number;
}

const developerPortal = 'https://discord.com/developers/applications';

export async function checkDiscord(options: DiscordCheckOptions): Promise<Check[]> {
  const { api, timeoutMs = 15_000 } = options;
  // A request left waiting, or tried again, would keep the process from ending after the verdict.
  const rest = { retries: 0, timeout: timeoutMs, ...(api !== undefined && { api }) };
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest });
  try {
    await connect(client, options.token, timeoutMs);
  } catch (error) {
    await client.destroy();
    return [{ about: 'token', verdict: 'problem', text: connectionProblem(error) }];
  }
  try {
    const token = { about: 'token', verdict: 'ok', text: `Connected as ${client.user?.tag}.` } as const;
    return [token, checkIntent(client), ...checkGuilds(client), await checkCommands(client, options)];
  } finally {
    await client.destroy();
  }
}

async function connect(client: Client, token: string, timeoutMs: number): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  await Promise.all([once(client, Events.ClientReady, { signal }), client.login(token)]);
}

function connectionProblem(error: unknown): string {
  const { code, name, message } = error as Error & { code?: unknown };
  if (code === DiscordjsErrorCodes.TokenInvalid) {
    return `Discord refuses DISCORD_TOKEN. Reset it on the Bot page at ${developerPortal} and put the new one into .env.`;
  }
  const reason = name === 'AbortError' ? 'it did not answer in time' : message;
  return `Discord could not be reached: ${reason}. Check the network and https://discordstatus.com.`;
}

function checkIntent(client: Client): Check {
  const flags = new ApplicationFlagsBitField(client.application?.flags ?? 0);
  const allowed = flags.any([
    ApplicationFlags.GatewayMessageContent,
    ApplicationFlags.GatewayMessageContentLimited,
  ]);
  if (allowed) return { about: 'intents', verdict: 'ok', text: 'The bot may read what messages say.' };
  return {
    about: 'intents',
    verdict: 'problem',
    text:
      'The bot may not read what messages say, so only mentions, direct messages and commands reach it. Switch on ' +
      `"Message Content Intent" on the Bot page at ${developerPortal}.`,
  };
}

function checkGuilds(client: Client): Check[] {
  const guilds = [...client.guilds.cache.values()];
  const invite = inviteUrl(client.application?.id ?? '');
  if (guilds.length === 0) {
    return [{ about: 'servers', verdict: 'problem', text: `The bot is in no server. Invite it: ${invite}` }];
  }
  return guilds.map((guild) => {
    const missing = lackingIn(guild);
    if (missing.length === 0) {
      return { about: 'permissions', verdict: 'ok', text: `All that the bot needs in ${guild.name}.` };
    }
    const text = `In ${guild.name} the bot lacks ${missing.map((one) => render(one)).join('; ')}. Grant it to the bot's role, or invite it again: ${invite}`;
    return { about: 'permissions', verdict: 'problem', text };
  });
}

async function checkCommands(client: Client, { guildId, commandNames }: DiscordCheckOptions): Promise<Check> {
  const registered = await client.application?.commands.fetch(guildId === undefined ? {} : { guildId });
  const absent = commandNames.filter((name) => !registered?.some((command) => command.name === name));
  if (absent.length === 0) {
    return {
      about: 'commands',
      verdict: 'ok',
      text: `${commandNames.map((name) => `/${name}`).join(', ')} are registered.`,
    };
  }
  const text = `${absent.map((name) => `/${name}`).join(', ')} not registered. Run npm start once, which registers them.`;
  return { about: 'commands', verdict: 'problem', text };
}
