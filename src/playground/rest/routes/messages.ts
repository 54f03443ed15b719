// Messages in channels: posting, reading, editing and deleting them.
import { type APIMessage, MessageFlags } from 'discord.js';
import { Hono } from 'hono';
import { invalidForm, refuse } from '../../errors.ts';
import { listMessages } from '../../state/message-pages.ts';
import { createMessage, deleteMessage, editMessage, messageIn } from '../../state/messages.ts';
import { demand, may } from '../../state/permissions.ts';
import { presentMessage } from '../../state/present.ts';
import { demandSending } from '../../state/sending.ts';
import { isThread } from '../../state/thread-members.ts';
import type { AnyChannel, StoredMessage, World } from '../../state/world.ts';
import { draftOf, editOf, parseMessage } from '../drafts.ts';
import type { RestContext, RestEnv } from '../env.ts';
import type { MessageBody } from '../shapes.ts';
import { channelOf } from './channels.ts';

export function messageRoutes() {
  return new Hono<RestEnv>()
    .get('/channels/:channel_id/messages', (context) => {
      const world = context.get('world');
      const channel = channelOf(context);
      if (!may(world, world.bot.id, channel, 'ReadMessageHistory')) return context.json([]);
      const { before, after, around } = context.req.query();
      const page = { before, after, around, limit: limitOf(context) };
      return context.json(listMessages(world, channel.id, page).map((stored) => asBotSees(world, stored)));
    })
    .post('/channels/:channel_id/messages', (context) => {
      const world = context.get('world');
      const channel = channelOf(context);
      demandSending(world, world.bot.id, channel);
      const body = parseMessage(context, context.get('body'));
      const draft = draftOf(context, body);
      demandForContent(world, channel, body, draft.files?.length ?? 0);
      const canEmbed = may(world, world.bot.id, channel, 'EmbedLinks');
      const stored = createMessage(
        world,
        {
          ...draft,
          embeds: canEmbed ? draft.embeds : [],
          flags: (draft.flags ?? 0) & ~MessageFlags.Ephemeral,
        },
        {
          channel,
          author: world.bot,
          mayMentionEveryone: may(world, world.bot.id, channel, 'MentionEveryone'),
          ...replyOf(body),
        },
      );
      return context.json(asBotSees(world, stored));
    })
    .get('/channels/:channel_id/messages/:message_id', (context) => {
      const world = context.get('world');
      const channel = channelOf(context);
      demand(world, world.bot.id, channel, ['ReadMessageHistory'], 'missingAccess');
      return context.json(asBotSees(world, messageOf(context, channel)));
    })
    .patch('/channels/:channel_id/messages/:message_id', (context) => {
      const world = context.get('world');
      const channel = channelOf(context);
      const stored = messageOf(context, channel);
      const body = parseMessage(context, context.get('body'));
      if (isThread(channel) && channel.thread_metadata?.archived) throw refuse('threadArchived');
      if (stored.message.author.id !== world.bot.id) {
        const changesFlagsAlone = Object.keys(body).every((field) => field === 'flags');
        if (!changesFlagsAlone) throw refuse('notYourMessage');
        demand(world, world.bot.id, channel, ['ManageMessages']);
      }
      return context.json(asBotSees(world, editMessage(world, stored, editOf(context, body))));
    })
    .delete('/channels/:channel_id/messages/:message_id', (context) => {
      const world = context.get('world');
      const channel = channelOf(context);
      const stored = messageOf(context, channel);
      if (stored.message.author.id !== world.bot.id) demand(world, world.bot.id, channel, ['ManageMessages']);
      deleteMessage(world, stored);
      return context.body(null, 204);
    });
}

/** Over REST it is the application's switch, not the connection's intents, that shows or hides content. */
export function asBotSees(world: World, stored: StoredMessage): APIMessage {
  return presentMessage(world, stored, {
    messageContent: world.privileged.messageContent,
    userId: world.bot.id,
  });
}

function messageOf(context: RestContext, channel: AnyChannel): StoredMessage {
  return messageIn(context.get('world'), channel.id, context.req.param('message_id') ?? '');
}

function demandForContent(world: World, channel: AnyChannel, body: MessageBody, files: number): void {
  if (files > 0) demand(world, world.bot.id, channel, ['AttachFiles']);
  if (body.message_reference != null) {
    demand(world, world.bot.id, channel, ['ReadMessageHistory'], 'noHistoryForReply');
  }
}

function replyOf({ message_reference: reference }: MessageBody) {
  if (reference == null) return {};
  return {
    replyTo: {
      messageId: reference.message_id,
      channelId: reference.channel_id ?? undefined,
      failIfNotExists: reference.fail_if_not_exists ?? undefined,
    },
  };
}

function limitOf(context: RestContext): number {
  const given = context.req.query('limit');
  if (given === undefined) return 50;
  const limit = Number(given);
  if (Number.isNaN(limit)) throw invalidForm('limit', 'NUMBER_TYPE_COERCE', `Value "${given}" is not int.`);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit;
  const bound = limit > 100 ? 'less than or equal to 100' : 'greater than or equal to 1';
  throw invalidForm(
    'limit',
    limit > 100 ? 'NUMBER_TYPE_MAX' : 'NUMBER_TYPE_MIN',
    `int value should be ${bound}.`,
  );
}
