// Commands as the page offers them: each subcommand by itself, as Discord's client does, and what can be named in an
// option as a list to choose from.
import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType as Type,
} from 'discord.js';
import type { World } from '../state/world.ts';

/** Discord's limit on the choices of an option. */
const mostChoices = 25;

export function commandsOf(world: World): APIApplicationCommand[] {
  return [...world.commands.values()].flatMap((command) => {
    const inside = command.options?.filter((option) => option.type === Type.Subcommand) ?? [];
    if (inside.length === 0) return [withLists(world, command)];
    // Somebody uses "ID NAME" as they use an id.
    return inside.map(({ name, description, options = [] }) =>
      withLists(world, {
        ...command,
        id: `${command.id} ${name}`,
        name: `${command.name} ${name}`,
        description,
        options,
      }),
    );
  });
}

function withLists(world: World, { options, ...command }: APIApplicationCommand): APIApplicationCommand {
  return options === undefined
    ? command
    : { ...command, options: options.map((option) => asList(world, option)) };
}

function asList(world: World, option: APIApplicationCommandOption): APIApplicationCommandOption {
  const choices = listFor(world, option);
  if (choices === undefined) return option;
  const { name, description, required = false } = option;
  return { type: Type.String, name, description, required, choices: choices.slice(0, mostChoices) };
}

function listFor({ guild, users, channels }: World, option: APIApplicationCommandOption) {
  switch (option.type) {
    case Type.User:
      return [...users.values()].map(({ id, username }) => ({ name: `@${username}`, value: id }));
    case Type.Role:
      return [...guild.roles.values()].map(({ id, name }) => ({ name, value: id }));
    case Type.Channel:
      return [...channels.values()]
        .filter(({ type }) => option.channel_types?.some((one) => one === type) ?? true)
        .flatMap(({ id, name }) => (name ? [{ name: `#${name}`, value: id }] : []));
    default:
      return undefined;
  }
}
