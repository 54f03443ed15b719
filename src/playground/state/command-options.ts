// The values of a command's options, checked as Discord's own client checks them before it sends anything.
import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIAttachment,
  ApplicationCommandOptionType,
} from 'discord.js';
import { presentAttachment, storeUpload, type Upload } from './attachments.ts';
import { UseError } from './use-error.ts';
import type { World } from './world.ts';

export type OptionValue = string | number | boolean | Upload;
export type OptionValues = Readonly<Record<string, OptionValue>>;

export interface UsedOptions {
  readonly options: readonly { readonly name: string; readonly type: number; readonly value: unknown }[];
  /** By id, as they go into `resolved`. */
  readonly attachments: Readonly<Record<string, APIAttachment>>;
}

/** @throws UseError that names the option and what is wrong with it */
export function readOptions(world: World, command: APIApplicationCommand, values: OptionValues): UsedOptions {
  const known = command.options ?? [];
  const unknown = Object.keys(values).find((name) => !known.some((option) => option.name === name));
  if (unknown !== undefined) throw new UseError(`/${command.name} has no option "${unknown}".`);
  const missing = known.find(({ name, required }) => required === true && values[name] === undefined);
  if (missing !== undefined) throw new UseError(`/${command.name} needs the option "${missing.name}".`);
  const attachments: Record<string, APIAttachment> = {};
  const options = known.flatMap((option) => {
    const value = values[option.name];
    if (value === undefined) return [];
    checkValue(option, value);
    if (typeof value !== 'object') return [{ name: option.name, type: option.type, value }];
    const stored = storeUpload(world, `ephemeral-attachments/${world.applicationId}`, value);
    attachments[stored.id] = presentAttachment(world, stored);
    return [{ name: option.name, type: option.type, value: stored.id }];
  });
  return { options, attachments };
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
