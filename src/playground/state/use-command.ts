// Somebody uses one of the bot's commands, by a slash or in a message's menu, or types in an option that the bot
// completes.
import {
  type APIApplicationCommand,
  type APIMessage,
  type APIUser,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  InteractionContextType,
  InteractionType,
  PermissionFlagsBits,
} from 'discord.js';
import { type OptionValues, readOptions } from './command-options.ts';
import { startInteraction } from './interactions.ts';
import { guildPermissions } from './permissions.ts';
import { UseError } from './use-error.ts';
import type { AnyChannel, StoredInteraction, World } from './world.ts';

/** Who uses a command, and where; the channel is one they can see. */
export interface Usage {
  readonly user: APIUser;
  readonly channel: AnyChannel;
  readonly command: APIApplicationCommand;
  /** By its name, where the command has some. */
  readonly subcommand?: string;
}

/** @throws UseError */
export function useCommand(world: World, usage: Usage, values: OptionValues): StoredInteraction {
  checkKind(usage, ApplicationCommandType.ChatInput);
  checkPlace(usage);
  checkPermission(world, usage);
  const { options, resolved } = readOptions(world, usage, values);
  return start(world, usage, InteractionType.ApplicationCommand, {
    ...(options.length === 0 ? {} : { options }),
    ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
  });
}

/**
 * Uses a command of a message's menu.
 * @param message as the bot sees it, who gets its whole content in any case
 * @throws UseError
 */
export function useOnMessage(world: World, usage: Usage, message: APIMessage): StoredInteraction {
  checkKind(usage, ApplicationCommandType.Message);
  checkPlace(usage);
  checkPermission(world, usage);
  const more = { target_id: message.id, resolved: { messages: { [message.id]: message } } };
  return start(world, usage, InteractionType.ApplicationCommand, more, message);
}

/** Asks the bot how to go on with what was typed so far. @throws UseError */
export function completeOption(world: World, usage: Usage, name: string, typed: string): StoredInteraction {
  const option = usage.command.options?.find((one) => one.name === name);
  if (option === undefined || !('autocomplete' in option) || option.autocomplete !== true) {
    throw new UseError(`/${usage.command.name} completes no option "${name}".`);
  }
  const isText = option.type === ApplicationCommandOptionType.String;
  return start(world, usage, InteractionType.ApplicationCommandAutocomplete, {
    options: [{ name, type: option.type, value: isText ? typed : Number(typed), focused: true }],
  });
}

function start(
  world: World,
  { user, channel, command, subcommand }: Usage,
  type: InteractionType,
  more: object,
  target?: APIMessage,
) {
  const { id, name, type: commandType, guild_id } = command;
  return startInteraction(world, {
    type,
    user,
    channel,
    name: subcommand === undefined ? name : `${name} ${subcommand}`,
    ...(target === undefined ? {} : { target }),
    data: { id, name, type: commandType, ...(guild_id === undefined ? {} : { guild_id }), ...more },
  });
}

function checkKind({ command: { name, type } }: Usage, kind: ApplicationCommandType): void {
  if (type === kind) return;
  throw new UseError(
    type === ApplicationCommandType.ChatInput
      ? `/${name} is used by itself, not on a message.`
      : `“${name}” is used on a message, by its menu.`,
  );
}

function checkPlace({ channel, command: { name, guild_id, contexts } }: Usage): void {
  const isDirect = channel.type === ChannelType.DM;
  const context = isDirect ? InteractionContextType.BotDM : InteractionContextType.Guild;
  const fits = contexts == null || contexts.includes(context);
  if (!fits || (isDirect && guild_id !== undefined)) throw new UseError(`/${name} can’t be used here.`);
}

function checkPermission(world: World, { user, command }: Usage): void {
  if (mayUse(world, user, command)) return;
  throw new UseError(`You do not have permission to use /${command.name}.`);
}

/** Discord lets nobody but administrators use a command that demands no permission at all (0). */
export function mayUse(world: World, user: APIUser, command: APIApplicationCommand): boolean {
  if (command.default_member_permissions == null) return true;
  const needed = BigInt(command.default_member_permissions) || PermissionFlagsBits.Administrator;
  return (guildPermissions(world, user.id) & needed) === needed;
}
