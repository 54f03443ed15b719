// The server as its people change it: who is in it, what they and the bot may do, and in which language they are spoken to.
import { Locale } from 'discord.js';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Discord } from '../discord.ts';
import { setRoles } from '../state/roles.ts';
import type { World } from '../state/world.ts';
import { channelRoutes } from './channel-routes.ts';
import { demandOf } from './demand-of.ts';
import { type PageEnv, readForm, readJson } from './page-env.ts';
import { channelOnPage } from './page-state.ts';

const personShape = z.object({ name: z.string().trim().min(1).max(32) });
const languageShape = z.object({ locale: z.enum(Locale) });
const rolesShape = z.object({ roles: z.array(z.string()) });
const botShape = z.object({ isMember: z.boolean() });

export function serverRoutes(discord: Discord) {
  const { world } = discord;
  return new Hono<PageEnv>()
    .post('/direct-messages', (context) => {
      const person = context.get('person');
      return context.json(channelOnPage(world, person.user, person.directMessages()));
    })
    .post('/people', async (context) => {
      const { name } = await readJson(context, personShape);
      return context.json(discord.addPerson(freeName(world, name)).user);
    })
    .put('/language', async (context) => {
      context.get('person').speak((await readJson(context, languageShape)).locale);
      return context.json({});
    })
    .put('/avatar', async (context) => {
      const { files } = await readForm(context, z.object({}));
      context.get('person').setAvatar([...files.values()][0]?.bytes);
      return context.json({});
    })
    .put('/people/:user/roles', async (context) => {
      demandOf(world, context.get('person'), 'ManageRoles', 'give roles');
      setRoles(world, context.req.param('user'), (await readJson(context, rolesShape)).roles);
      return context.json({});
    })
    .route('/', channelRoutes(world))
    .put('/bot', async (context) => {
      demandOf(world, context.get('person'), 'ManageGuild', 'invite apps or remove them');
      const { isMember } = await readJson(context, botShape);
      if (isMember !== world.guild.members.has(world.bot.id)) {
        if (isMember) discord.inviteBot();
        else discord.removeBot();
      }
      return context.json({});
    });
}

/** Members are mentioned by their name, so that each has one of their own: "mia", "mia2". */
function freeName({ users }: World, wanted: string): string {
  const taken = new Set([...users.values()].map(({ username }) => username.toLowerCase()));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!taken.has(name.toLowerCase().replaceAll(/\W/g, '_'))) return name;
  }
}
