// The application commands that the bot registered, as Discord gives them back.
import {
  type APIApplicationCommand,
  ApplicationCommandType,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { refuse } from '../errors.ts';
import type { World } from './world.ts';

/** Where commands are registered: for all guilds (undefined) or for one. */
export type Scope = string | undefined;

export function listCommands(world: World, scope: Scope): APIApplicationCommand[] {
  return [...world.commands.values()].filter(({ guild_id }) => guild_id === scope);
}

export function commandIn(world: World, scope: Scope, id: string): APIApplicationCommand {
  const command = world.commands.get(id);
  if (command === undefined || command.guild_id !== scope) throw refuse('unknownCommand');
  return command;
}

/** Creates a command or, where one of its kind and name exists, overwrites that and keeps its id. */
export function putCommand(
  world: World,
  scope: Scope,
  body: RESTPostAPIApplicationCommandsJSONBody,
): { readonly command: APIApplicationCommand; readonly created: boolean } {
  const existing = namesake(world, scope, body);
  const command = toCommand(world, scope, existing?.id ?? world.newId(), body);
  world.commands.set(command.id, command);
  world.announce({ type: 'commands' });
  return { command, created: existing === undefined };
}

/** Makes these the only commands of the scope. */
export function replaceCommands(
  world: World,
  scope: Scope,
  bodies: readonly RESTPostAPIApplicationCommandsJSONBody[],
): APIApplicationCommand[] {
  const commands = bodies.map((body) =>
    toCommand(world, scope, namesake(world, scope, body)?.id ?? world.newId(), body),
  );
  for (const { id } of listCommands(world, scope)) world.commands.delete(id);
  for (const command of commands) world.commands.set(command.id, command);
  world.announce({ type: 'commands' });
  return commands;
}

export function patchCommand(
  world: World,
  command: APIApplicationCommand,
  patch: Partial<RESTPostAPIApplicationCommandsJSONBody>,
): APIApplicationCommand {
  const body = { ...command, ...patch } as RESTPostAPIApplicationCommandsJSONBody;
  const changed = toCommand(world, command.guild_id, command.id, body);
  world.commands.set(command.id, changed);
  world.announce({ type: 'commands' });
  return changed;
}

export function deleteCommand(world: World, command: APIApplicationCommand): void {
  world.commands.delete(command.id);
  world.announce({ type: 'commands' });
}

function namesake(world: World, scope: Scope, { name, type }: RESTPostAPIApplicationCommandsJSONBody) {
  return listCommands(world, scope).find(
    (other) => other.name === name && other.type === (type ?? ApplicationCommandType.ChatInput),
  );
}

function toCommand(
  world: World,
  scope: Scope,
  id: string,
  body: RESTPostAPIApplicationCommandsJSONBody,
): APIApplicationCommand {
  const options = 'options' in body ? body.options : undefined;
  return {
    id,
    application_id: world.applicationId,
    version: world.newId(),
    type: body.type ?? ApplicationCommandType.ChatInput,
    name: body.name,
    name_localizations: body.name_localizations ?? null,
    description: 'description' in body ? body.description : '',
    description_localizations:
      ('description_localizations' in body && body.description_localizations) || null,
    default_member_permissions: body.default_member_permissions?.toString() ?? null,
    dm_permission: body.dm_permission ?? true,
    nsfw: body.nsfw ?? false,
    contexts: body.contexts ?? null,
    integration_types: body.integration_types ?? [0],
    ...(scope === undefined ? {} : { guild_id: scope }),
    ...(options === undefined || options.length === 0 ? {} : { options: options.map(withoutFalse) }),
  } as APIApplicationCommand;
}

/** Discord leaves an option's `required: false` and `autocomplete: false` out of its answers. */
function withoutFalse(option: object): object {
  return Object.fromEntries(
    Object.entries(option)
      .filter(([key, value]) => !((key === 'required' || key === 'autocomplete') && value === false))
      .map(([key, value]) => [key, key === 'options' ? (value as object[]).map(withoutFalse) : value]),
  );
}
