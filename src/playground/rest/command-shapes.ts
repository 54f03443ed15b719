// What Discord takes for an application command.
import { Locale, ApplicationCommandOptionType as Type } from 'discord.js';
import { z } from 'zod';
import { problem, text } from './forms.ts';

const mostCharacters = 8_000;
const withChoices: readonly number[] = [Type.String, Type.Integer, Type.Number];
const groups: readonly number[] = [Type.Subcommand, Type.SubcommandGroup];

/** By locale. */
const inLanguages = (one: z.ZodType) => z.partialRecord(z.enum(Locale), one).nullish();

const commandName = z.string().check(({ value, issues }) => {
  const isLower = value === value.toLowerCase();
  if (isLower && /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(value)) return;
  issues.push(problem(value, [], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid'));
});

interface OptionShape {
  readonly type: number;
  readonly name: string;
  readonly required?: boolean | undefined;
  readonly autocomplete?: boolean | undefined;
  readonly choices?: readonly object[] | undefined;
}

const option: z.ZodType<OptionShape> = z.lazy(() =>
  z
    .looseObject({
      type: z.literal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
      name: commandName,
      name_localizations: inLanguages(commandName),
      description: text(100, 1),
      description_localizations: inLanguages(text(100, 1)),
      required: z.boolean().optional(),
      autocomplete: z.boolean().optional(),
      min_length: z.int().min(0).max(6_000).optional(),
      max_length: z.int().min(1).max(6_000).optional(),
      choices: z
        .array(
          z.looseObject({
            name: text(100, 1),
            name_localizations: inLanguages(text(100, 1)),
            value: z.union([text(100), z.number()]),
          }),
        )
        .max(25)
        .optional(),
      options: options.optional(),
    })
    .check(({ value, issues }) => {
      const { type, choices = [], autocomplete } = value;
      if (choices.length > 0 && !withChoices.includes(type)) {
        const message = 'Choices are only allowed for options of type 3, 4 and 10';
        issues.push(problem(value, ['choices'], 'APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID', message));
      }
      if (choices.length > 0 && autocomplete === true) {
        const message = 'Autocomplete and choices are mutually exclusive';
        issues.push(problem(value, ['choices'], 'APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID', message));
      }
    }),
);

const options = z
  .array(option)
  .max(25)
  .check(({ value, issues }) => {
    const names = value.map(({ name }) => name);
    value.forEach(({ name, type }, index) => {
      if (names.indexOf(name) < index) {
        const message = `Option name "${name}" is used more than once`;
        issues.push(problem(value, [index], 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', message));
      }
      if (groups.includes(type) !== groups.includes(value[0]?.type ?? 0)) {
        const message =
          'Sub-command and sub-command group option types are mutually exclusive to all other types';
        issues.push(problem(value, [index], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message));
      }
    });
    const firstOptional = value.findIndex(({ required }) => required !== true);
    value.forEach(({ required }, index) => {
      if (firstOptional === -1 || index < firstOptional || required !== true) return;
      const message = 'Required options must be placed before non-required options';
      issues.push(problem(value, [index], 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message));
    });
  });

/** A slash command's name is lower case and it needs a description; a context menu's is free and it has none. */
export const commandShape = z
  .looseObject({
    type: z.literal([1, 2, 3, 4]).optional(),
    name: text(32, 1),
    name_localizations: inLanguages(text(32, 1)),
    description: text(100).optional(),
    description_localizations: inLanguages(text(100, 1)),
    options: options.nullish(),
  })
  .check(({ value, issues }) => {
    const { type = 1, name, description } = value;
    if (charactersOf(value) > mostCharacters) {
      const message = `Command exceeds maximum size (${mostCharacters})`;
      issues.push(problem(value, [], 'APPLICATION_COMMAND_TOO_LARGE', message));
    }
    if (type !== 1) return;
    if (!commandName.safeParse(name).success) {
      issues.push(problem(value, ['name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid'));
    }
    if (!description) {
      issues.push(problem(value, ['description'], 'BASE_TYPE_REQUIRED', 'This field is required'));
    }
  });

export const commandPatchShape = z.looseObject({
  name: text(32, 1).optional(),
  description: text(100).optional(),
  options: options.nullish(),
});

/** Names, descriptions and values, of the command and of all that is in it. */
function charactersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [field, inside]) => {
    const counts = ['name', 'description', 'value'].includes(field) && typeof inside === 'string';
    return sum + (counts ? inside.length : charactersOf(inside));
  }, 0);
}
