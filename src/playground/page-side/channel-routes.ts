// Channels and threads as people change them: what they are like, what the bot may do there, and what becomes of them.
import { type APIThreadChannel, ChannelType } from 'discord.js';
import { Hono } from 'hono';
import { z } from 'zod';
import { channelFor, deleteChannel, denyIn, updateChannel } from '../state/channels.ts';
import { isThread } from '../state/thread-members.ts';
import { UseError } from '../state/use-error.ts';
import type { AnyChannel, World } from '../state/world.ts';
import { demandOf } from './demand-of.ts';
import { type PageEnv, readJson } from './page-env.ts';

const changeShape = z.object({
  ageRestricted: z.boolean().optional(),
  botDenied: z
    .string()
    .regex(/^\d{1,20}$/)
    .optional(),
  closed: z.boolean().optional(),
  locked: z.boolean().optional(),
});

type Change = z.output<typeof changeShape>;

export function channelRoutes(world: World) {
  return new Hono<PageEnv>()
    .patch('/channels/:channel', async (context) => {
      const person = context.get('person');
      const change = await readJson(context, changeShape);
      const channel = channelFor(world, person.user.id, context.req.param('channel'));
      if (isThread(channel)) {
        demandOf(world, person, 'ManageThreads', 'manage threads');
        changeThread(world, channel, change);
      } else {
        demandOf(world, person, 'ManageChannels', 'change channels');
        changeChannel(world, channel, change);
      }
      return context.json({});
    })
    .delete('/channels/:channel', (context) => {
      const person = context.get('person');
      const channel = channelFor(world, person.user.id, context.req.param('channel'));
      if (!isThread(channel)) throw new UseError('Only threads can be deleted here.');
      demandOf(world, person, 'ManageThreads', 'manage threads');
      deleteChannel(world, channel);
      return context.json({});
    });
}

function changeThread(world: World, thread: APIThreadChannel, { closed, locked }: Change): void {
  const before = thread.thread_metadata;
  if (!before) return;
  const changed = {
    ...before,
    ...(closed !== undefined && { archived: closed, archive_timestamp: new Date().toISOString() }),
    ...(locked !== undefined && { locked }),
  };
  updateChannel(world, { ...thread, thread_metadata: changed });
}

function changeChannel(world: World, channel: AnyChannel, { ageRestricted, botDenied }: Change): void {
  if (channel.type !== ChannelType.GuildText)
    throw new UseError('This can be changed in text channels only.');
  if (ageRestricted !== undefined) updateChannel(world, { ...channel, nsfw: ageRestricted });
  if (botDenied !== undefined) denyIn(world, channel.id, world.bot.id, BigInt(botDenied));
}
