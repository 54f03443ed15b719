// Tells Discord about the slash commands, but only when they differ from what it has: registering is limited to 200
// creations a day, and commands flicker for people while it happens.
import { isDeepStrictEqual } from 'node:util';
import {
  type APIApplicationCommand,
  ApplicationCommandType,
  type Client,
  DiscordAPIError,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody as MenuCommand,
  RESTJSONErrorCodes,
  Routes,
  type RESTPostAPIChatInputApplicationCommandsJSONBody as SlashCommand,
} from 'discord.js';
import { isPassing, patiently } from '../commands/patience.ts';
import type { Logger } from '../models/logger.ts';
import { ConnectError } from './connect.ts';

export interface RegistrationOptions {
  readonly commands: readonly (SlashCommand | MenuCommand)[];
  /** The one guild that gets them, at once; without it, all do. */
  readonly guildId?: string | undefined;
  readonly log: Logger;
  /** Ends the waiting for a Discord that fails. */
  readonly signal?: AbortSignal;
  /** How long to wait for it, try by try. */
  readonly pausesMs?: readonly number[];
}

/** @throws ConnectError when the guild isn't one of the bot's, or Discord fails for long */
export async function registerCommands(client: Client<true>, options: RegistrationOptions): Promise<void> {
  try {
    await patiently(() => registerOnce(client, options), options.signal, options.pausesMs);
  } catch (error) {
    if (!(error instanceof Error) || !isPassing(error)) throw error;
    throw new ConnectError(
      `Could not register the slash commands, because Discord fails: ${error.message}. Start again in some minutes.`,
      { cause: error },
    );
  }
}

async function registerOnce(client: Client<true>, options: RegistrationOptions): Promise<void> {
  const { guildId, log } = options;
  const { id } = client.application;
  const route = guildId ? Routes.applicationGuildCommands(id, guildId) : Routes.applicationCommands(id);
  const wanted = guildId ? options.commands.map(forOneGuild) : options.commands;
  const present = await presentCommands(client, route, guildId);
  if (isDeepStrictEqual(comparable(present), comparable(wanted))) {
    return log.debug({ guildId }, 'The slash commands are registered already');
  }
  await client.rest.put(route, { body: wanted });
  log.info({ guildId, commands: wanted.map(({ name }) => name) }, 'Registered the slash commands');
}

async function presentCommands(
  client: Client,
  route: `/${string}`,
  guildId: string | undefined,
): Promise<APIApplicationCommand[]> {
  try {
    const query = new URLSearchParams({ with_localizations: 'true' });
    return (await client.rest.get(route, { query })) as APIApplicationCommand[];
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.MissingAccess) throw error;
    throw new ConnectError(
      `BLIPCORD_GUILD is "${guildId}", and the bot is not in that server. Invite it there, or name a server that it is in.`,
      { cause: error },
    );
  }
}

/** Where a command shows is only a question for those that show in more than one guild. */
function forOneGuild({ contexts: _, ...command }: SlashCommand | MenuCommand) {
  return command;
}

/** The parts that we set, with Discord's defaults filled in, in an order of their own. */
function comparable(commands: readonly (SlashCommand | MenuCommand | APIApplicationCommand)[]): object[] {
  return commands.map(comparableCommand).sort((a, b) => a.name.localeCompare(b.name));
}

function comparableCommand(command: SlashCommand | MenuCommand | APIApplicationCommand) {
  return {
    name: command.name,
    names: comparableOption(command.name_localizations ?? {}),
    type: command.type ?? ApplicationCommandType.ChatInput,
    description: 'description' in command ? command.description : '',
    descriptions: comparableOption(
      ('description_localizations' in command && command.description_localizations) || {},
    ),
    contexts: [...(command.contexts ?? [])].sort(),
    memberPermissions: command.default_member_permissions ?? null,
    nsfw: command.nsfw ?? false,
    options: (('options' in command && command.options) || []).map(comparableOption),
  };
}

/** An option without what is not set, since Discord leaves that out; so also its choices, and the options in it. */
function comparableOption(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparableOption);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, inside]) => !isUnset(inside));
  return Object.fromEntries(given.map(([name, inside]) => [name, comparableOption(inside)]));
}

function isUnset(value: unknown): boolean {
  return (
    value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0)
  );
}
