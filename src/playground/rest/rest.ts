// The REST side of the local Discord: who may call, how often, and what each route does.
import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Logger } from '../../../models/logger.ts';
import { DiscordError, refuse } from '../errors.ts';
import { maxBodyBytes } from '../limits.ts';
import type { World } from '../state/world.ts';
import { readBody } from './body.ts';
import { pathOf, type RestContext, type RestEnv } from './env.ts';
import { type Exchange, watch } from './exchange.ts';
import type { Faults } from './faults.ts';
import { checkIds } from './path-ids.ts';
import { rateLimits } from './rate-limits.ts';
import { accountRoutes } from './routes/account.ts';
import { channelRoutes } from './routes/channels.ts';
import { commandRoutes } from './routes/commands.ts';
import { guildRoutes } from './routes/guilds.ts';
import { interactionRoutes } from './routes/interactions.ts';
import { messageRoutes } from './routes/messages.ts';
import { threadRoutes } from './routes/threads.ts';
import { webhookRoutes } from './routes/webhooks.ts';

export interface RestOptions {
  readonly token: string;
  readonly log: Logger;
  readonly faults: Faults;
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
}

export function createRest(world: World, { token, log, faults, onExchange }: RestOptions) {
  const app = new Hono<RestEnv>();
  app.use(async (context, next) => {
    context.set('world', world);
    await next();
  });
  if (onExchange !== undefined) app.use(watch(onExchange));
  app.use(faults.middleware);
  app.use(authenticate(token));
  app.use(rateLimits(world.limits));
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes(world.limits),
      onError: () => {
        throw refuse('entityTooLarge');
      },
    }),
  );
  app.use(checkIds);
  app.use(readBody);
  for (const routes of [
    accountRoutes(),
    commandRoutes(),
    channelRoutes(),
    messageRoutes(),
    threadRoutes(),
    guildRoutes(),
    interactionRoutes(),
    webhookRoutes(),
  ]) {
    app.route('/', routes);
  }
  app.all('*', () => {
    throw refuse('notFound');
  });
  app.onError((error, context) => {
    if (error instanceof DiscordError) return answerError(context, error);
    log.error({ err: error }, 'The local Discord failed to answer a request');
    return answerError(context, new DiscordError(500, 0, '500: Internal Server Error'));
  });
  return app;
}

function answerError(context: RestContext, error: DiscordError): Response {
  return context.json(error.toJSON(), error.status as ContentfulStatusCode);
}

/** An interaction's own token serves on its routes; everything else wants the bot's. */
function authenticate(token: string) {
  const expected = Buffer.from(`Bot ${token}`);
  return createMiddleware<RestEnv>(async (context, next) => {
    const path = pathOf(context);
    const given = Buffer.from(context.req.header('authorization') ?? '');
    const isBot = given.length === expected.length && timingSafeEqual(given, expected);
    if (!isBot && !/^\/(interactions|webhooks)\/[^/]+\/[^/]+/.test(path)) throw refuse('unauthorized');
    await next();
  });
}
