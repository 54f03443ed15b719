// The bodies that Discord accepts, as far as the bot sends them, with the limits that it sets.
import { z } from 'zod';
import { snowflake, text } from './forms.ts';

const allowedMentions = z.object({
  parse: z.array(z.enum(['users', 'roles', 'everyone'])).optional(),
  users: z.array(snowflake).max(100).optional(),
  roles: z.array(snowflake).max(100).optional(),
  replied_user: z.boolean().optional(),
});

const embed = z.looseObject({
  title: text(256).nullish(),
  description: text(4_096).nullish(),
  url: z.string().nullish(),
  fields: z
    .array(z.looseObject({ name: text(256, 1), value: text(1_024, 1) }))
    .max(25)
    .nullish(),
  footer: z.looseObject({ text: text(2_048) }).nullish(),
  author: z.looseObject({ name: text(256) }).nullish(),
});

const component: z.ZodType = z.lazy(() =>
  z.looseObject({
    type: z.int(),
    custom_id: text(100, 1).optional(),
    label: text(80).nullish(),
    components: z.array(component).max(10).optional(),
  }),
);

const attachment = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  filename: text(1_024).nullish(),
  description: text(1_024).nullish(),
});

/** @param characters Discord's limit on a message's text */
export function messageShape(characters: number) {
  return z.object({
    content: text(characters).nullish(),
    embeds: z.array(embed).max(10).nullish(),
    components: z.array(component).max(40).nullish(),
    allowed_mentions: allowedMentions.nullish(),
    attachments: z.array(attachment).max(10).nullish(),
    flags: z.int().nullish(),
    tts: z.boolean().nullish(),
    nonce: z.union([text(25), z.int()]).nullish(),
    enforce_nonce: z.boolean().nullish(),
    message_reference: z
      .object({
        type: z.int().nullish(),
        message_id: snowflake,
        channel_id: snowflake.nullish(),
        guild_id: snowflake.nullish(),
        fail_if_not_exists: z.boolean().nullish(),
      })
      .nullish(),
  });
}

export type MessageBody = z.output<ReturnType<typeof messageShape>>;

const archiveDuration = z.literal([60, 1_440, 4_320, 10_080]);

export const threadShape = z.object({
  name: text(100, 1),
  auto_archive_duration: archiveDuration.nullish(),
  rate_limit_per_user: z.int().min(0).max(21_600).nullish(),
  type: z.literal([11, 12]).nullish(),
});

export const channelPatchShape = z.object({
  name: text(100, 1).optional(),
  topic: text(1_024).nullish(),
  rate_limit_per_user: z.int().min(0).max(21_600).optional(),
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  auto_archive_duration: archiveDuration.optional(),
});

const commandName = z.string().check((context) => {
  if (/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(context.value)) return;
  const words = { code: 'APPLICATION_COMMAND_INVALID_NAME', message: 'Command name is invalid' };
  context.issues.push({ code: 'custom', input: context.value, params: words });
});

const option: z.ZodType = z.lazy(() =>
  z.looseObject({
    type: z.int().min(1).max(11),
    name: commandName,
    description: text(100, 1),
    required: z.boolean().optional(),
    choices: z
      .array(z.looseObject({ name: text(100, 1) }))
      .max(25)
      .optional(),
    options: z.array(option).max(25).optional(),
  }),
);

/** A slash command's name is lower case and it needs a description; a context menu's is free and it has none. */
export const commandShape = z
  .looseObject({
    type: z.int().min(1).max(4).optional(),
    name: text(32, 1),
    description: text(100).optional(),
    options: z.array(option).max(25).nullish(),
  })
  .check((context) => {
    const { type = 1, name, description, options } = context.value;
    const add = (path: string[], code: string, message: string) =>
      context.issues.push({ code: 'custom', input: context.value, path, params: { code, message } });
    if (type !== 1) return;
    if (!commandName.safeParse(name).success || name !== name.toLowerCase()) {
      add(['name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
    }
    if (!description) add(['description'], 'BASE_TYPE_REQUIRED', 'This field is required');
    const firstOptional =
      options?.findIndex((one) => (one as { required?: boolean }).required !== true) ?? -1;
    options?.forEach((one, index) => {
      if (firstOptional === -1 || index < firstOptional || !(one as { required?: boolean }).required) return;
      const message = 'Required options must be placed before non-required options';
      add(['options', String(index)], 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message);
    });
  });

export const commandPatchShape = z.looseObject({
  name: text(32, 1).optional(),
  description: text(100).optional(),
  options: z.array(option).max(25).nullish(),
});

export const callbackShape = z.object({
  type: z.literal([1, 4, 5, 6, 7, 8, 9]),
  data: z.looseObject({}).nullish(),
});

export const choicesShape = z.object({
  choices: z
    .array(z.object({ name: text(100, 1), value: z.union([text(100), z.number()]) }))
    .max(25)
    .default([]),
});
