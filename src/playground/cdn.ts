// Attachment files under signed addresses that expire, as Discord's CDN serves them, and under lasting ones what
// hangs on no message.
import { Hono } from 'hono';
import { sniffImage } from './state/image-size.ts';
import type { World } from './state/world.ts';

const shownInline = /^(image\/(?!svg)|video\/|audio\/)/;

/** Files come from anybody, and the page has the same origin. */
const untrusted = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
};

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
        ...untrusted,
        'Cache-Control': 'private, max-age=3600',
      });
    });
  }
  for (const path of ['/stickers/:file', '/emojis/:file', '/external/*']) {
    app.get(path, (context) => {
      const bytes = world.assets.get(new URL(context.req.url).pathname);
      if (bytes === undefined) return context.text('', 404);
      const contentType = sniffImage(bytes)?.contentType ?? 'application/octet-stream';
      return context.body(Buffer.from(bytes), 200, { 'Content-Type': contentType, ...untrusted });
    });
  }
  return app;
}
