// What the person before the page asks of the bot: commands, buttons, menus, forms, and what it offers while they type.
import { Hono } from 'hono';
import { z } from 'zod';
import type { Person } from '../discord.ts';
import type { Choices } from '../page-api.ts';
import type { Upload } from '../state/attachments.ts';
import type { OptionValue } from '../state/command-options.ts';
import { UseError } from '../state/use-error.ts';
import { type PageEnv, readForm, readJson } from './page-env.ts';

const interactionShape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    channelId: z.string(),
    commandId: z.string(),
    options: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) })),
  }),
  z.object({
    kind: z.literal('button'),
    channelId: z.string(),
    messageId: z.string(),
    customId: z.string(),
  }),
  z.object({
    kind: z.literal('message-command'),
    channelId: z.string(),
    commandId: z.string(),
    messageId: z.string(),
  }),
  z.object({
    kind: z.literal('form'),
    channelId: z.string(),
    interactionId: z.string(),
    values: z.record(z.string(), z.string()),
  }),
  z.object({
    kind: z.literal('menu'),
    channelId: z.string(),
    messageId: z.string(),
    customId: z.string(),
    values: z.array(z.string()),
  }),
]);

const choicesShape = z.object({
  channelId: z.string(),
  commandId: z.string(),
  option: z.string(),
  typed: z.string(),
});

export function interactionRoutes() {
  return new Hono<PageEnv>()
    .post('/interactions', async (context) => {
      const { payload, files } = await readForm(context, interactionShape);
      return context.json({ interactionId: interact(context.get('person'), payload, files) }, 202);
    })
    .post('/choices', async (context) =>
      context.json(await choicesFor(context.get('person'), await readJson(context, choicesShape))),
    );
}

/** @returns the interaction's id */
function interact(
  person: Person,
  used: z.output<typeof interactionShape>,
  files: ReadonlyMap<string, Upload>,
): string {
  switch (used.kind) {
    case 'button':
      return person.press({ id: used.messageId, channel_id: used.channelId }, used.customId);
    case 'menu':
      return person.choose({ id: used.messageId, channel_id: used.channelId }, used.customId, used.values);
    case 'message-command':
      return person.runOn({ id: used.messageId, channel_id: used.channelId }, used.commandId);
    case 'form':
      return person.submit(used.interactionId, used.values);
    case 'command': {
      const options = Object.fromEntries<OptionValue>([
        ...used.options.map(({ name, value }) => [name, value] as const),
        ...[...files].map(([field, file]) => [field.replace(/^file\./, ''), file] as const),
      ]);
      return person.run(used.commandId, options, used.channelId);
    }
  }
}

async function choicesFor(
  person: Person,
  { commandId, option, typed, channelId }: z.output<typeof choicesShape>,
): Promise<Choices> {
  try {
    return await person.complete(commandId, option, typed, channelId);
  } catch (error) {
    if (error instanceof UseError) throw error;
    return []; // the bot is silent
  }
}
