// Threads: starting them, finding them, joining and leaving.
import { type APITextChannel, ChannelType } from 'discord.js';
import { Hono } from 'hono';
import { refuse } from '../../errors.ts';
import { messageIn } from '../../state/messages.ts';
import { canSee, demand } from '../../state/permissions.ts';
import { isThread, joinThread, leaveThread, threadMember } from '../../state/thread-members.ts';
import { startThreadIn, startThreadOn } from '../../state/threads.ts';
import type { AnyChannel, World } from '../../state/world.ts';
import type { RestContext, RestEnv } from '../env.ts';
import { parseForm } from '../forms.ts';
import { threadShape } from '../shapes.ts';
import { channelOf, presentChannel } from './channels.ts';

export function threadRoutes() {
  return new Hono<RestEnv>()
    .post('/channels/:channel_id/messages/:message_id/threads', (context) => {
      const world = context.get('world');
      const parent = parentOf(context);
      const stored = messageIn(world, parent.id, context.req.param('message_id'));
      demand(world, world.bot.id, parent, ['CreatePublicThreads']);
      const draft = parseForm(threadShape, context.get('body'));
      return context.json(
        presentChannel(world, startThreadOn(world, parent, stored, world.bot.id, draft)),
        201,
      );
    })
    .post('/channels/:channel_id/threads', (context) => {
      const world = context.get('world');
      const parent = parentOf(context);
      const draft = parseForm(threadShape, context.get('body'));
      const type = draft.type ?? ChannelType.PrivateThread;
      const isPrivate = type === ChannelType.PrivateThread;
      demand(world, world.bot.id, parent, [isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads']);
      return context.json(
        presentChannel(world, startThreadIn(world, parent, world.bot.id, draft, type)),
        201,
      );
    })
    .get('/channels/:channel_id/thread-members', (context) => {
      const world = context.get('world');
      const thread = threadOf(context);
      const ids = [...(world.threadMembers.get(thread.id)?.keys() ?? [])];
      return context.json(ids.map((id) => threadMember(world, thread.id, id)));
    })
    .get('/channels/:channel_id/thread-members/:user_id', (context) => {
      const world = context.get('world');
      const userId = context.req.param('user_id');
      const found = threadMember(world, threadOf(context).id, userId === '@me' ? world.bot.id : userId);
      if (found === undefined) throw refuse('unknownMember');
      return context.json(found);
    })
    .put('/channels/:channel_id/thread-members/:user_id', (context) => {
      const world = context.get('world');
      const userId = context.req.param('user_id');
      if (userId !== '@me' && !world.guild.members.has(userId)) throw refuse('unknownUser');
      joinThread(world, threadOf(context).id, userId === '@me' ? world.bot.id : userId);
      return context.body(null, 204);
    })
    .delete('/channels/:channel_id/thread-members/:user_id', (context) => {
      const world = context.get('world');
      const userId = context.req.param('user_id');
      const thread = threadOf(context);
      if (userId !== '@me') demand(world, world.bot.id, thread, ['ManageThreads']);
      leaveThread(world, thread.id, userId === '@me' ? world.bot.id : userId);
      return context.body(null, 204);
    })
    .get('/channels/:channel_id/threads/archived/public', (context) => {
      const world = context.get('world');
      const parent = parentOf(context);
      return context.json({ ...listThreads(world, true, parent.id), has_more: false });
    })
    .get('/guilds/:guild_id/threads/active', (context) => {
      const world = context.get('world');
      if (context.req.param('guild_id') !== world.guild.id) throw refuse('missingAccess');
      return context.json({ ...listThreads(world, false), has_more: false });
    });
}

function listThreads(world: World, archived: boolean, parentId?: string) {
  const threads = [...world.channels.values()]
    .filter(isThread)
    .filter((thread) => thread.thread_metadata?.archived === archived)
    .filter((thread) => parentId === undefined || thread.parent_id === parentId)
    .filter((thread) => canSee(world, world.bot.id, thread));
  return { threads, members: threads.flatMap(({ id }) => threadMember(world, id, world.bot.id) ?? []) };
}

/** Threads hang on text channels alone. @throws DiscordError 50024 */
function parentOf(context: RestContext): APITextChannel {
  const channel = channelOf(context);
  if (channel.type !== ChannelType.GuildText) throw refuse('wrongChannelType');
  return channel;
}

function threadOf(context: RestContext): AnyChannel {
  const channel = channelOf(context);
  if (!isThread(channel)) throw refuse('wrongChannelType');
  return channel;
}
