// Commands as the page offers them to a person: those that they may use, each subcommand by itself, as Discord's client
// does, in the person's language, and what can be named in an option as a list to choose from.
import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIUser,
  type Locale,
  type LocalizationMap,
  ApplicationCommandOptionType as Type,
} from 'discord.js';
import { localeOf } from '../state/people.ts';
import { mayUse } from '../state/use-command.ts';
import type { World } from '../state/world.ts';

/** Discord's limit on the choices of an option. */
const mostChoices = 25;

export function commandsOf(world: World, user: APIUser): APIApplicationCommand[] {
  const locale = localeOf(world, user);
  const usable = [...world.commands.values()].filter((command) => mayUse(world, user, command));
  return usable.flatMap((command) => {
    const inside = command.options?.filter((option) => option.type === Type.Subcommand) ?? [];
    if (inside.length === 0) return [withOptions(world, translated(command, locale), locale)];
    const whole = translated(command, locale);
    return inside.map((option) => {
      const {
        name,
        name_localized,
        description,
        description_localized,
        options = [],
      } = translated(option, locale);
      // Somebody uses "ID NAME" as they use an id.
      const subcommand = {
        ...command,
        id: `${command.id} ${name}`,
        name: `${command.name} ${name}`,
        name_localized: `${whole.name_localized} ${name_localized}`,
        description,
        description_localized,
        options,
      };
      return withOptions(world, subcommand, locale);
    });
  });
}

interface Translatable {
  readonly name: string;
  readonly name_localizations?: LocalizationMap | null | undefined;
  readonly description: string;
  readonly description_localizations?: LocalizationMap | null | undefined;
}

/** As Discord tells it to a client of that language. */
function translated<Named extends Translatable>(named: Named, locale: Locale) {
  return {
    ...named,
    name_localized: named.name_localizations?.[locale] ?? named.name,
    description_localized: named.description_localizations?.[locale] ?? named.description,
  };
}

function withOptions(
  world: World,
  { options, ...command }: APIApplicationCommand,
  locale: Locale,
): APIApplicationCommand {
  if (options === undefined) return command;
  return {
    ...command,
    options: options.map((option) => optionFor(world, translated(option, locale), locale)),
  };
}

function optionFor(
  world: World,
  option: APIApplicationCommandOption,
  locale: Locale,
): APIApplicationCommandOption {
  const list = listFor(world, option);
  if (list !== undefined)
    return { ...option, type: Type.String, choices: list.slice(0, mostChoices) } as never;
  if (!('choices' in option) || option.choices === undefined) return option;
  const choices = option.choices.map((choice) => ({
    ...choice,
    name_localized: choice.name_localizations?.[locale] ?? choice.name,
  }));
  return { ...option, choices } as APIApplicationCommandOption;
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
