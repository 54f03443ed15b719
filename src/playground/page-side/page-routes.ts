// What the page asks for and sends, on behalf of the person who sits before it. The contract is page-api.ts.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from '../../../models/logger.ts';
import type { Discord } from '../discord.ts';
import { DiscordError } from '../errors.ts';
import { fileSize } from '../file-size.ts';
import { maxBodyBytes } from '../limits.ts';
import { UseError } from '../state/use-error.ts';
import { interactionRoutes } from './interaction-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { findPerson, type PageEnv } from './page-env.ts';
import { type Offered, pageState } from './page-state.ts';
import { serverRoutes } from './server-routes.ts';

export function createPageRoutes(discord: Discord, offered: Offered, log: Logger) {
  const { limits } = discord.world;
  return new Hono<PageEnv>()
    .use(
      bodyLimit({
        maxSize: maxBodyBytes(limits),
        onError: () => {
          throw new UseError(
            `These files are too big: each may have at most ${fileSize(limits.uploadBytes)}.`,
          );
        },
      }),
    )
    .get('/state', (context) => {
      const person = findPerson(discord, context.req.query('as')) ?? discord.me;
      return context.json(pageState(discord, person, offered));
    })
    .get('/samples/:name', async (context) => {
      const sample = offered.samples.find(({ file }) => basename(file) === context.req.param('name'));
      if (sample === undefined) throw new UseError('There is no such sample.');
      return context.body(await readFile(sample.file), 200, { 'Content-Type': 'image/png' });
    })
    .use(async (context, next) => {
      const person = findPerson(discord, context.req.query('as'));
      if (person === undefined) throw new UseError('This person is not here any more. Reload the page.');
      context.set('person', person);
      return next();
    })
    .route('/', messageRoutes())
    .route('/', interactionRoutes())
    .route('/', serverRoutes(discord))
    .all('*', (context) => context.json({ message: 'There is nothing here.' }, 404))
    .onError((error, context) => {
      if (error instanceof UseError) return context.json({ message: error.message }, 400);
      if (error instanceof DiscordError) return context.json({ message: error.message }, error.status as 400);
      log.error({ err: error }, 'The local Discord failed to answer the page');
      return context.json({ message: 'Something went wrong in the local Discord; its log says what.' }, 500);
    });
}
