// The built page, served as it lies in its folder.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

export function createPageFiles(folder: string | undefined) {
  const app = new Hono();
  if (folder === undefined || !existsSync(join(folder, 'index.html'))) {
    return app.get('/', (context) =>
      context.text('The page is not built yet. Run "npm run build" and reload.', 503),
    );
  }
  return app
    .use(async (context, next) => {
      await next();
      // Another site must not lay the page under its own; what it may load says its own policy.
      context.header('X-Frame-Options', 'DENY');
      context.header('X-Content-Type-Options', 'nosniff');
      context.header('Referrer-Policy', 'no-referrer');
    })
    .get('*', serveStatic({ root: folder }));
}
