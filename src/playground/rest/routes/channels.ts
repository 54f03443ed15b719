// Channels and threads as a whole: reading, changing, deleting them, and typing in them.
import { ChannelType } from 'discord.js';
import { Hono } from 'hono';
import { refuse } from '../../errors.ts';
import { channelFor, deleteChannel, updateChannel } from '../../state/channels.ts';
import { demand } from '../../state/permissions.ts';
import { demandSending } from '../../state/sending.ts';
import { isThread, threadMember } from '../../state/thread-members.ts';
import type { AnyChannel, World } from '../../state/world.ts';
import type { RestContext, RestEnv } from '../env.ts';
import { parseForm } from '../forms.ts';
import { type ChannelPatch, channelPatchShape } from '../shapes.ts';

export function channelRoutes() {
  return new Hono<RestEnv>()
    .get('/channels/:channel_id', (context) =>
      context.json(presentChannel(context.get('world'), channelOf(context))),
    )
    .patch('/channels/:channel_id', (context) => {
      const world = context.get('world');
      const channel = channelOf(context);
      if (channel.type === ChannelType.DM) throw refuse('notInDirectMessages');
      const patch = parseForm(channelPatchShape, context.get('body'));
      demand(world, world.bot.id, channel, [neededFor(world, channel, patch)]);
      const { archived, locked, auto_archive_duration, ...fields } = patch;
      const metadata = withoutUndefined({ archived, locked, auto_archive_duration });
      const changed = {
        ...channel,
        ...withoutUndefined(fields),
        ...(isThread(channel) ? { thread_metadata: { ...channel.thread_metadata, ...metadata } } : {}),
      } as AnyChannel;
      updateChannel(world, changed);
      return context.json(presentChannel(world, changed));
    })
    .delete('/channels/:channel_id', (context) => {
      const world = context.get('world');
      const channel = channelOf(context);
      if (channel.type !== ChannelType.DM) {
        demand(world, world.bot.id, channel, [isThread(channel) ? 'ManageThreads' : 'ManageChannels']);
        deleteChannel(world, channel);
      }
      return context.json(presentChannel(world, channel));
    })
    .post('/channels/:channel_id/typing', (context) => {
      const world = context.get('world');
      const channel = channelOf(context);
      demandSending(world, world.bot.id, channel);
      world.announce({ type: 'typing', channelId: channel.id, user: world.bot });
      return context.body(null, 204);
    });
}

/** Of a thread that is not locked, whoever opened it may change all but the lock, and who may write in it may wake it. */
function neededFor({ bot }: World, channel: AnyChannel, { locked, archived, ...others }: ChannelPatch) {
  if (!isThread(channel)) return 'ManageChannels';
  if (locked !== undefined || channel.thread_metadata?.locked) return 'ManageThreads';
  if (channel.owner_id === bot.id) return 'ViewChannel';
  const wakesOnly = archived === false && Object.values(others).every((value) => value === undefined);
  return wakesOnly ? 'SendMessagesInThreads' : 'ManageThreads';
}

/** The channel in the path, which the bot must be able to see. */
export function channelOf(context: RestContext): AnyChannel {
  const world = context.get('world');
  return channelFor(world, world.bot.id, context.req.param('channel_id') ?? '');
}

export function presentChannel(world: World, channel: AnyChannel): object {
  if (!isThread(channel)) return channel;
  const member = threadMember(world, channel.id, world.bot.id);
  return member === undefined ? channel : { ...channel, member };
}

function withoutUndefined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
