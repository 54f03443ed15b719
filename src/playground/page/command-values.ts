// A slash command that is being filled in: which options are shown and whether the values may be sent.
import type { APIApplicationCommand, APIApplicationCommandOption } from 'discord.js';
import { optionTypes } from './discord-values.ts';

export type OptionValue = string | number | boolean | File;

export interface CommandValues {
  readonly command: APIApplicationCommand;
  /** Names of the optional options that the person added, in that order. */
  readonly added: readonly string[];
  readonly values: ReadonlyMap<string, OptionValue>;
}

const known = new Set<number>(Object.values(optionTypes));

export function beginCommand(command: APIApplicationCommand): CommandValues {
  return { command, added: [], values: new Map() };
}

/** Required ones first, then those that were added. */
export function shownOptions({ command, added }: CommandValues): readonly APIApplicationCommandOption[] {
  const options = command.options ?? [];
  const chosen = added.flatMap((name) => options.filter((option) => option.name === name));
  return [...options.filter(({ required }) => required), ...chosen];
}

export function addableOptions({ command, added }: CommandValues): readonly APIApplicationCommandOption[] {
  return (command.options ?? []).filter(
    ({ name, required, type }) => !required && known.has(type) && !added.includes(name),
  );
}

/** Adds an optional option; whoever adds a yes-or-no one means yes. */
export function withOption(form: CommandValues, name: string): CommandValues {
  const isSwitch = form.command.options?.some(
    (option) => option.name === name && option.type === optionTypes.boolean,
  );
  const added = { ...form, added: [...form.added, name] };
  return isSwitch ? withValue(added, name, true) : added;
}

export function withoutOption(form: CommandValues, name: string): CommandValues {
  const values = new Map(form.values);
  values.delete(name);
  return { ...form, values, added: form.added.filter((other) => other !== name) };
}

export function withValue(form: CommandValues, name: string, value: OptionValue | undefined): CommandValues {
  const values = new Map(form.values);
  if (value === undefined || value === '') values.delete(name);
  else values.set(name, value);
  return { ...form, values };
}

/** Gives a file to the first picture option that has none. @returns undefined where there is no such option */
export function withFile(form: CommandValues, file: File): CommandValues | undefined {
  const options = [...shownOptions(form), ...addableOptions(form)];
  const free = options.find(({ type, name }) => type === optionTypes.attachment && !form.values.has(name));
  if (!free) return undefined;
  const isShown = shownOptions(form).includes(free);
  return withValue(isShown ? form : withOption(form, free.name), free.name, file);
}

/** Names of the options that have to have a value and have none: Discord sends no empty option. */
export function missingOptions(form: CommandValues): readonly string[] {
  return shownOptions(form)
    .map(({ name }) => name)
    .filter((name) => !form.values.has(name));
}

/** What is sent: plain values and files apart. */
export function sentOptions({ values }: CommandValues) {
  const options: { name: string; value: string | number | boolean }[] = [];
  const files = new Map<string, File>();
  for (const [name, value] of values) {
    if (value instanceof File) files.set(name, value);
    else options.push({ name, value });
  }
  return { options, files };
}
