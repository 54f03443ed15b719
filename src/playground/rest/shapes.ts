// The bodies that Discord accepts, as far as the bot sends them, with the limits that it sets.
import { z } from 'zod';
import { embeds } from './embed-shape.ts';
import { problem, snowflake, text } from './forms.ts';

const allowedMentions = z
  .object({
    parse: z.array(z.enum(['users', 'roles', 'everyone'])).optional(),
    users: z.array(snowflake).max(100).optional(),
    roles: z.array(snowflake).max(100).optional(),
    replied_user: z.boolean().optional(),
  })
  .check(({ value, issues }) => {
    for (const kind of ['users', 'roles'] as const) {
      if (!value.parse?.includes(kind) || !value[kind]?.length) continue;
      const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      issues.push(problem(value, [], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message));
    }
  });

const component: z.ZodType = z.lazy(() =>
  z.looseObject({
    type: z.int(),
    custom_id: text(100, 1).optional(),
    label: text(80).nullish(),
    components: z.array(component).optional(),
  }),
);

const attachment = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  filename: text(1_024).nullish(),
  description: text(1_024).nullish(),
});

/** By the limit on a message's text: making a shape takes longer than checking a message against it. */
const messageShapes = new Map<number, ReturnType<typeof makeMessageShape>>();

/** @param characters Discord's limit on a message's text */
export function messageShape(characters: number): ReturnType<typeof makeMessageShape> {
  const shape = messageShapes.get(characters) ?? makeMessageShape(characters);
  messageShapes.set(characters, shape);
  return shape;
}

function makeMessageShape(characters: number) {
  return z.object({
    content: text(characters).nullish(),
    embeds: embeds.nullish(),
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

const channelName = z.string().trim().pipe(text(100, 1));

export const threadShape = z.object({
  name: channelName,
  auto_archive_duration: archiveDuration.nullish(),
  rate_limit_per_user: z.int().min(0).max(21_600).nullish(),
  type: z.literal([11, 12]).nullish(),
});

export const channelPatchShape = z.object({
  name: channelName.optional(),
  topic: text(1_024).nullish(),
  rate_limit_per_user: z.int().min(0).max(21_600).optional(),
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  auto_archive_duration: archiveDuration.optional(),
});

export type ChannelPatch = z.output<typeof channelPatchShape>;

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

export const modalShape = z.looseObject({
  custom_id: text(100, 1),
  title: text(45, 1),
  components: z.array(component).min(1).max(5),
});
