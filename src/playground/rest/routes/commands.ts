// Registering application commands, for all guilds or for one.
import type { APIApplicationCommand, RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import { Hono } from 'hono';
import { z } from 'zod';
import { invalidForm, refuse } from '../../errors.ts';
import {
  commandIn,
  deleteCommand,
  listCommands,
  patchCommand,
  putCommand,
  replaceCommands,
  type Scope,
} from '../../state/commands.ts';
import { commandPatchShape, commandShape } from '../command-shapes.ts';
import type { RestContext, RestEnv } from '../env.ts';
import { parseForm } from '../forms.ts';

type Body = RESTPostAPIApplicationCommandsJSONBody;

export function commandRoutes() {
  const routes = new Hono<RestEnv>();
  for (const path of ['/applications/:app/commands', '/applications/:app/guilds/:guild_id/commands']) {
    routes
      .get(path, (context) => {
        const commands = listCommands(context.get('world'), scopeOf(context));
        const withNames = context.req.query('with_localizations') === 'true';
        return context.json(withNames ? commands : withoutLocalizations(commands));
      })
      .put(path, (context) => {
        const bodies = parseForm(z.array(commandShape).max(110), context.get('body')) as unknown as Body[];
        checkNames(bodies);
        return context.json(replaceCommands(context.get('world'), scopeOf(context), bodies));
      })
      .post(path, (context) => {
        const body = parseForm(commandShape, context.get('body')) as unknown as Body;
        const { command, created } = putCommand(context.get('world'), scopeOf(context), body);
        return context.json(command, created ? 201 : 200);
      })
      .get(`${path}/:command_id`, (context) => context.json(find(context)))
      .patch(`${path}/:command_id`, (context) => {
        const patch = parseForm(commandPatchShape, context.get('body')) as Partial<Body>;
        return context.json(patchCommand(context.get('world'), find(context), patch));
      })
      .delete(`${path}/:command_id`, (context) => {
        deleteCommand(context.get('world'), find(context));
        return context.body(null, 204);
      });
  }
  return routes;
}

function find(context: RestContext): APIApplicationCommand {
  return commandIn(context.get('world'), scopeOf(context), context.req.param('command_id') ?? '');
}

function scopeOf(context: RestContext): Scope {
  const world = context.get('world');
  if (context.req.param('app') !== world.applicationId) throw refuse('unknownApplication');
  const guildId = context.req.param('guild_id');
  if (guildId !== undefined && guildId !== world.guild.id) throw refuse('missingAccess');
  return guildId;
}

function checkNames(bodies: readonly Body[]): void {
  const seen = new Set<string>();
  bodies.forEach(({ name, type }, index) => {
    const key = `${type ?? 1} ${name}`;
    if (seen.has(key)) {
      const message = 'Application command names must be unique';
      throw invalidForm(`${index}.name`, 'APPLICATION_COMMANDS_DUPLICATE_NAME', message);
    }
    seen.add(key);
  });
}

/** A list carries translations only when it is asked for them. */
function withoutLocalizations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLocalizations);
  if (typeof value !== 'object' || value === null) return value;
  const rest = Object.entries(value).filter(([name]) => !name.endsWith('_localizations'));
  return Object.fromEntries(rest.map(([name, inside]) => [name, withoutLocalizations(inside)]));
}
