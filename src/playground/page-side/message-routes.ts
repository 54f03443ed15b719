// Messages on the page: read, written, edited, deleted, forwarded.
import type { APIMessage } from 'discord.js';
import { Hono } from 'hono';
import { z } from 'zod';
import type { MessagePage } from '../page-api.ts';
import { compareSnowflakes } from '../state/snowflake.ts';
import { type PageContext, type PageEnv, readForm, readJson } from './page-env.ts';

const postShape = z.object({
  content: z.string().default(''),
  sticker: z.string().optional(),
  nonce: z.string().max(25).optional(),
  replyTo: z.string().optional(),
  mentionAuthor: z.boolean().optional(),
});

const editShape = z.object({ content: z.string() });
const forwardShape = z.object({ channelId: z.string(), messageId: z.string() });

/** As many as Discord hands out at once. */
const pageSize = 100;

export function messageRoutes() {
  return new Hono<PageEnv>()
    .get('/channels/:channel/messages', (context) => {
      const messages = context.get('person').read(context.req.param('channel'));
      return context.json(pageOf(messages, context.req.query('before')));
    })
    .post('/channels/:channel/messages', async (context) => {
      const { payload, files } = await readForm(context, postShape);
      const channelId = context.req.param('channel');
      return context.json(context.get('person').post({ ...payload, channelId, files: [...files.values()] }));
    })
    .patch('/channels/:channel/messages/:message', async (context) => {
      const { content } = await readJson(context, editShape);
      return context.json(context.get('person').edit(placeIn(context), content));
    })
    .delete('/channels/:channel/messages/:message', (context) => {
      context.get('person').delete(placeIn(context));
      return context.json({});
    })
    .post('/channels/:channel/forwards', async (context) => {
      const { channelId, messageId } = await readJson(context, forwardShape);
      const message = { id: messageId, channel_id: channelId };
      return context.json(context.get('person').forward(message, context.req.param('channel')));
    });
}

function placeIn(context: PageContext) {
  return { id: context.req.param('message') ?? '', channel_id: context.req.param('channel') ?? '' };
}

/** The newest of the messages, or of those before one. */
function pageOf(messages: readonly APIMessage[], before: string | undefined): MessagePage {
  const all =
    before === undefined ? messages : messages.filter(({ id }) => compareSnowflakes(id, before) < 0);
  return { messages: all.slice(-pageSize), hasOlder: all.length > pageSize };
}
