// The values of a command's options, checked as Discord's own client checks them before it sends anything.
import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
} from 'discord.js';
import { presentAttachment, storeUpload, type Upload } from './attachments.ts';
import { namedBy, type Resolved } from './named-by-option.ts';
import { UseError } from './use-error.ts';
import type { AnyChannel, World } from './world.ts';

export type OptionValue = string | number | boolean | Upload;
export type OptionValues = Readonly<Record<string, OptionValue>>;

export interface Used {
  readonly command: APIApplicationCommand;
  /** Its name, for a command that has some. */
  readonly subcommand?: string | undefined;
  /** Where it is used. */
  readonly channel: AnyChannel;
}

export interface UsedOptions {
  readonly options: readonly object[];
  /** By kind and id, as Discord sends along what options name. */
  readonly resolved: Resolved;
}

/** @throws UseError that names the option and what is wrong with it */
export function readOptions(
  world: World,
  { command, subcommand, channel }: Used,
  values: OptionValues,
): UsedOptions {
  const within = subcommandOf(command, subcommand);
  const title = within ? `${command.name} ${within.name}` : command.name;
  const { options, resolved } = readValues(world, channel, {
    title,
    known: (within ?? command).options ?? [],
    values,
  });
  return within
    ? { options: [{ name: within.name, type: within.type, options }], resolved }
    : { options, resolved };
}

/** Undefined for a command that has none. */
function subcommandOf(
  { name, options = [] }: APIApplicationCommand,
  wanted: string | undefined,
): APIApplicationCommandSubcommandOption | undefined {
  const known = options.filter((option) => option.type === ApplicationCommandOptionType.Subcommand);
  const found = known.find((option) => option.name === wanted);
  if (found === undefined && known.length > 0) {
    throw new UseError(`/${name} needs one of: ${known.map((option) => option.name).join(', ')}.`);
  }
  if (found === undefined && wanted !== undefined)
    throw new UseError(`There is no command /${name} ${wanted}.`);
  return found;
}

interface Given {
  /** What the command is called. */
  readonly title: string;
  readonly known: readonly APIApplicationCommandOption[];
  readonly values: OptionValues;
}

function readValues(world: World, channel: AnyChannel, { title, known, values }: Given): UsedOptions {
  const unknown = Object.keys(values).find((name) => !known.some((option) => option.name === name));
  if (unknown !== undefined) throw new UseError(`/${title} has no option "${unknown}".`);
  const missing = known.find(({ name, required }) => required === true && values[name] === undefined);
  if (missing !== undefined) throw new UseError(`/${title} needs the option "${missing.name}".`);
  const resolved: Record<string, Record<string, unknown>> = {};
  const resolve = (kind: string, id: string, value: unknown) => {
    resolved[kind] = { ...resolved[kind], [id]: value };
  };
  const options = known.flatMap((option) => {
    const value = values[option.name];
    if (value === undefined) return [];
    checkValue(option, value);
    if (typeof value === 'object') {
      const stored = storeUpload(world, `ephemeral-attachments/${world.applicationId}`, value);
      resolve('attachments', stored.id, presentAttachment(world, stored));
      return [{ name: option.name, type: option.type, value: stored.id }];
    }
    for (const [kind, object] of namedBy(world, channel, option, String(value)))
      resolve(kind, String(value), object);
    return [{ name: option.name, type: option.type, value }];
  });
  return { options, resolved };
}

const typeNames: Partial<Record<ApplicationCommandOptionType, string>> = {
  [ApplicationCommandOptionType.String]: 'string',
  [ApplicationCommandOptionType.Integer]: 'number',
  [ApplicationCommandOptionType.Number]: 'number',
  [ApplicationCommandOptionType.Boolean]: 'boolean',
  [ApplicationCommandOptionType.Attachment]: 'object',
};

function checkValue(option: APIApplicationCommandOption, value: OptionValue): void {
  const expected = typeNames[option.type] ?? 'string';
  if (typeof value !== expected) {
    throw new UseError(`The option "${option.name}" takes a ${expected === 'object' ? 'file' : expected}.`);
  }
  if ('choices' in option && option.choices !== undefined) {
    if (option.choices.length > 0 && !option.choices.some((choice) => choice.value === value)) {
      throw new UseError(`"${String(value)}" is none of the choices of "${option.name}".`);
    }
  }
  checkBounds(option, value);
}

function checkBounds(option: APIApplicationCommandOption, value: OptionValue): void {
  const size = typeof value === 'string' ? value.length : value;
  if (typeof size !== 'number') return;
  const least =
    'min_length' in option ? option.min_length : 'min_value' in option ? option.min_value : undefined;
  const most =
    'max_length' in option ? option.max_length : 'max_value' in option ? option.max_value : undefined;
  const unit = typeof value === 'string' ? ' characters' : '';
  if (least !== undefined && size < least) {
    throw new UseError(`The option "${option.name}" takes at least ${least}${unit}.`);
  }
  if (most !== undefined && size > most) {
    throw new UseError(`The option "${option.name}" takes at most ${most}${unit}.`);
  }
  if (option.type === ApplicationCommandOptionType.Integer && !Number.isInteger(value)) {
    throw new UseError(`The option "${option.name}" takes a whole number.`);
  }
}
