// Who the bot is, and where its gateway lies.
import { Hono } from 'hono';
import { z } from 'zod';
import { refuse } from '../../errors.ts';
import { gatewayUrl } from '../../state/addresses.ts';
import { applicationObject } from '../../state/application.ts';
import { directMessagesWith } from '../../state/channels.ts';
import { guildPermissions } from '../../state/permissions.ts';
import type { World } from '../../state/world.ts';
import type { RestEnv } from '../env.ts';
import { parseForm, snowflake } from '../forms.ts';

export function accountRoutes() {
  return new Hono<RestEnv>()
    .get('/gateway', (context) => context.json({ url: gatewayUrl(context.get('world')) }))
    .get('/gateway/bot', (context) =>
      context.json({
        url: gatewayUrl(context.get('world')),
        shards: 1,
        session_start_limit: { total: 1_000, remaining: 1_000, reset_after: 0, max_concurrency: 1 },
      }),
    )
    .get('/users/@me', (context) => context.json(ownUser(context.get('world'))))
    .get('/users/@me/guilds', (context) => context.json([ownGuild(context.get('world'))]))
    .get('/users/:user_id', (context) => {
      const user = context.get('world').users.get(context.req.param('user_id'));
      if (user === undefined) throw refuse('unknownUser');
      return context.json(user);
    })
    .post('/users/@me/channels', (context) => {
      const { recipient_id: recipientId } = parseForm(
        z.object({ recipient_id: snowflake }),
        context.get('body'),
      );
      return context.json(directMessagesWith(context.get('world'), recipientId));
    })
    .get('/applications/@me', (context) => context.json(applicationObject(context.get('world'))))
    .get('/oauth2/applications/@me', (context) => context.json(applicationObject(context.get('world'))));
}

function ownUser({ bot }: World) {
  return { ...bot, mfa_enabled: false, locale: 'en-US', premium_type: 0, email: null, verified: true };
}

function ownGuild(world: World) {
  const { id, name, ownerId } = world.guild;
  return {
    id,
    name,
    icon: null,
    banner: null,
    owner: ownerId === world.bot.id,
    permissions: guildPermissions(world, world.bot.id).toString(),
    features: [],
  };
}
