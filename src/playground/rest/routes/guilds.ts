// The guild: its channels, members and roles.
import { Hono } from 'hono';
import { refuse } from '../../errors.ts';
import { isGuildChannel } from '../../state/channels.ts';
import { guildObject } from '../../state/guild.ts';
import { canSee } from '../../state/permissions.ts';
import type { World } from '../../state/world.ts';
import type { RestContext, RestEnv } from '../env.ts';

export function guildRoutes() {
  return new Hono<RestEnv>()
    .get('/guilds/:guild_id', (context) => {
      const world = inGuild(context);
      const members = world.guild.members.size;
      const counts = { approximate_member_count: members, approximate_presence_count: members };
      return context.json({
        ...guildObject(world),
        ...(context.req.query('with_counts') === 'true' ? counts : {}),
      });
    })
    .get('/guilds/:guild_id/channels', (context) => {
      const world = inGuild(context);
      const channels = [...world.channels.values()].filter(isGuildChannel);
      return context.json(channels.filter((channel) => canSee(world, world.bot.id, channel)));
    })
    .get('/guilds/:guild_id/roles', (context) => context.json([...inGuild(context).guild.roles.values()]))
    .get('/guilds/:guild_id/members', (context) => {
      const world = inGuild(context);
      if (!world.privileged.members) throw refuse('missingAccess');
      const limit = Number(context.req.query('limit') ?? 1);
      return context.json([...world.guild.members.values()].slice(0, limit));
    })
    .get('/guilds/:guild_id/members/:user_id', (context) => {
      const member = inGuild(context).guild.members.get(context.req.param('user_id'));
      if (member === undefined) throw refuse('unknownMember');
      return context.json(member);
    });
}

function inGuild(context: RestContext): World {
  const world = context.get('world');
  if (context.req.param('guild_id') !== world.guild.id) throw refuse('unknownGuild');
  return world;
}
