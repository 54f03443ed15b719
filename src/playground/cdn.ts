// Attachment files under signed addresses that expire, as Discord's CDN serves them.
import { Hono } from 'hono';
import type { World } from './state/world.ts';

const shownInline = /^(image\/(?!svg)|video\/|audio\/)/;

export function createCdn(world: World) {
  const app = new Hono();
  for (const folder of ['attachments', 'ephemeral-attachments']) {
    app.get(`/${folder}/:holder/:attachment_id/:filename`, (context) => {
      const { ex = '', is = '', hm = '' } = context.req.query();
      const file = world.files.get(context.req.param('attachment_id'));
      const path = new URL(context.req.url).pathname;
      if (file === undefined || !world.files.verify(path, { ex, is, hm })) {
        return context.text('This content is no longer available.', 404);
      }
      const disposition = shownInline.test(file.contentType) ? 'inline' : 'attachment';
      return context.body(Buffer.from(file.bytes), 200, {
        'Content-Type': file.contentType,
        'Content-Disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        // Files come from anybody, and the page has the same origin.
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, max-age=3600',
      });
    });
  }
  return app;
}
