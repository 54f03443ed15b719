// What the page asks for and sends, on behalf of the person who sits before it. The contract is page-api.ts.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type APIMessage, ChannelType } from 'discord.js';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Logger } from '../../../commands/command.ts';
import type { Discord, Person } from '../discord.ts';
import { DiscordError } from '../errors.ts';
import { fileSize } from '../file-size.ts';
import { maxBodyBytes } from '../limits.ts';
import type { Choices, MessagePage, PageChannel, PageState, SampleImage } from '../page-api.ts';
import type { Sample } from '../samples.ts';
import type { Upload } from '../state/attachments.ts';
import type { OptionValue } from '../state/command-options.ts';
import { canSee } from '../state/permissions.ts';
import { compareSnowflakes } from '../state/snowflake.ts';
import { UseError } from '../state/use-error.ts';
import type { World } from '../state/world.ts';
import { commandsOf } from './page-commands.ts';

const postShape = z.object({
  content: z.string().default(''),
  nonce: z.string().max(25).optional(),
  replyTo: z.string().optional(),
  mentionAuthor: z.boolean().optional(),
});

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

/** As many as Discord hands out at once. */
const pageSize = 100;

export interface Offered {
  readonly samples: readonly Sample[];
  readonly modelNote?: string | undefined;
}

export function createPageRoutes(discord: Discord, offered: Offered, log: Logger) {
  const { me, world } = discord;
  const { uploadBytes } = world.limits;
  return new Hono()
    .use(
      bodyLimit({
        maxSize: maxBodyBytes(world.limits),
        onError: () => {
          throw new UseError(`These files are too big: each may have at most ${fileSize(uploadBytes)}.`);
        },
      }),
    )
    .get('/state', (context) => context.json(pageState(discord, offered)))
    .get('/samples/:name', async (context) => {
      const sample = offered.samples.find(({ file }) => basename(file) === context.req.param('name'));
      if (sample === undefined) throw new UseError('There is no such sample.');
      return context.body(await readFile(sample.file), 200, { 'Content-Type': 'image/png' });
    })
    .get('/channels/:channel/messages', (context) =>
      context.json(pageOf(me.read(context.req.param('channel')), context.req.query('before'))),
    )
    .post('/channels/:channel/messages', async (context) => {
      const { payload, files } = await readForm(context, postShape);
      return context.json(
        me.post({ ...payload, channelId: context.req.param('channel'), files: [...files.values()] }),
      );
    })
    .post('/interactions', async (context) => {
      const { payload, files } = await readForm(context, interactionShape);
      return context.json({ interactionId: interact(me, payload, files) }, 202);
    })
    .post('/choices', async (context) =>
      context.json(await choicesFor(me, await context.req.json().catch(() => undefined))),
    )
    .all('*', (context) => context.json({ message: 'There is nothing here.' }, 404))
    .onError((error, context) => {
      if (error instanceof UseError) return context.json({ message: error.message }, 400);
      if (error instanceof DiscordError) return context.json({ message: error.message }, error.status as 400);
      log.error({ err: error }, 'The local Discord failed to answer the page');
      return context.json({ message: 'Something went wrong in the local Discord; its log says what.' }, 500);
    });
}

/** @returns the interaction's id */
function interact(
  me: Person,
  used: z.output<typeof interactionShape>,
  files: ReadonlyMap<string, Upload>,
): string {
  switch (used.kind) {
    case 'button':
      return me.press({ id: used.messageId, channel_id: used.channelId }, used.customId);
    case 'menu':
      return me.choose({ id: used.messageId, channel_id: used.channelId }, used.customId, used.values);
    case 'message-command':
      return me.runOn({ id: used.messageId, channel_id: used.channelId }, used.commandId);
    case 'form':
      return me.submit(used.interactionId, used.values);
    case 'command': {
      const options = Object.fromEntries<OptionValue>([
        ...used.options.map(({ name, value }) => [name, value] as const),
        ...[...files].map(([field, file]) => [field.replace(/^file\./, ''), file] as const),
      ]);
      return me.run(used.commandId, options, used.channelId);
    }
  }
}

async function choicesFor(me: Person, body: unknown): Promise<Choices> {
  const asked = choicesShape.safeParse(body);
  if (!asked.success) throw new UseError(`The page sent a bad request: ${z.prettifyError(asked.error)}`);
  const { commandId, option, typed, channelId } = asked.data;
  try {
    return await me.complete(commandId, option, typed, channelId);
  } catch (error) {
    if (error instanceof UseError) throw error;
    return []; // the bot is silent
  }
}

/** The newest of the messages, or of those before one. */
function pageOf(messages: readonly APIMessage[], before: string | undefined): MessagePage {
  const all =
    before === undefined ? messages : messages.filter(({ id }) => compareSnowflakes(id, before) < 0);
  return { messages: all.slice(-pageSize), hasOlder: all.length > pageSize };
}

function pageState(discord: Discord, { samples, modelNote }: Offered): PageState {
  const { world, gateway } = discord;
  return {
    me: world.me,
    guild: { id: world.guild.id, name: world.guild.name },
    members: [...world.guild.members.values()],
    bot: { user: world.bot, online: gateway.online },
    channels: [...world.channels.values()].filter((channel) => isOnPage(world, channel)) as PageChannel[],
    commands: commandsOf(world),
    samples: samples.map(toSampleImage),
    ...(modelNote !== undefined && { modelNote }),
  };
}

export function isOnPage(world: World, channel: { readonly id: string }): boolean {
  const known = world.channels.get(channel.id);
  return known !== undefined && known.type !== ChannelType.DM && canSee(world, world.me.id, known);
}

function toSampleImage({ name, file, tryAsking }: Sample): SampleImage {
  return { name, url: `/page/samples/${encodeURIComponent(basename(file))}`, tryAsking };
}

async function readForm<Shape extends z.ZodType>(
  context: Context,
  shape: Shape,
): Promise<{ payload: z.output<Shape>; files: Map<string, Upload> }> {
  const form = await context.req.formData().catch((error: unknown) => {
    throw new UseError('The page sent no form.', { cause: error });
  });
  const payload = shape.safeParse(parseJson(form.get('payload')));
  if (!payload.success) throw new UseError(`The page sent a bad request: ${z.prettifyError(payload.error)}`);
  const files = new Map<string, Upload>();
  for (const [field, value] of form) {
    if (typeof value === 'string') continue;
    const key = field.startsWith('file.') ? field : `${field} ${files.size}`;
    files.set(key, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { payload: payload.data, files };
}

function parseJson(value: FormDataEntryValue | null): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return undefined;
  }
}
