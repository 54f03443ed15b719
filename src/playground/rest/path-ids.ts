// Whatever stands for an id in a path or a query must be a snowflake, on every route.
import { createMiddleware } from 'hono/factory';
import { type FieldProblem, invalidFormOf } from '../errors.ts';
import { pathOf, type RestEnv } from './env.ts';

/** What the id behind a segment is called. */
const idsBehind: Readonly<Record<string, string>> = {
  applications: 'application_id',
  channels: 'channel_id',
  commands: 'command_id',
  guilds: 'guild_id',
  interactions: 'interaction_id',
  members: 'user_id',
  messages: 'message_id',
  'thread-members': 'user_id',
  users: 'user_id',
  webhooks: 'webhook_id',
};
const words = ['@me', '@original'];
const queries = ['before', 'after', 'around'];

/** Clients may write `%40original`. */
function decode(segment: string): string {
  return segment.replace(/^%40/, '@');
}

/** @throws DiscordError 50035 */
export const checkIds = createMiddleware<RestEnv>(async (context, next) => {
  const segments = pathOf(context).split('/').slice(1).map(decode);
  const inPath = segments.flatMap((value, index) => {
    const name = idsBehind[segments[index - 1] ?? ''];
    return name === undefined ? [] : [{ name, value }];
  });
  const inQuery = queries.flatMap((name) => {
    const value = context.req.query(name);
    return value === undefined ? [] : [{ name, value }];
  });
  const problems = [...inPath, ...inQuery]
    .filter(({ value }) => !/^\d{1,20}$/.test(value) && !words.includes(value))
    .map(({ name, value }): FieldProblem => {
      const message = `Value "${value}" is not snowflake.`;
      return { path: [name], code: 'NUMBER_TYPE_COERCE', message };
    });
  if (problems.length > 0) throw invalidFormOf(problems);
  await next();
});
