// Attachment files under signed addresses that expire, as Discord's CDN serves them, and under lasting ones what
// hangs on no message.
import { type Context, Hono } from 'hono';
import { convert, defaultAvatar, type PictureFormat } from './draw-pictures.ts';
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
  for (const path of ['/stickers/:file', '/external/*']) {
    app.get(path, (context) => {
      const bytes = world.assets.get(pathOf(context));
      return bytes === undefined ? context.text('', 404) : serve(context, bytes);
    });
  }
  for (const path of ['/emojis/:file', '/avatars/:user/:file', '/guilds/:guild/users/:user/avatars/:file']) {
    app.get(path, (context) => serveConverted(context, world));
  }
  app.get('/embed/avatars/:file{[0-5]\\.png}', async (context) =>
    serve(context, await defaultAvatar(Number.parseInt(context.req.param('file'), 10))),
  );
  return app;
}

/** One picture has an address for each format, and any size that is a power of two. */
async function serveConverted(context: Context, { assets }: World): Promise<Response> {
  const { id, extension } =
    /^(?<id>.*)\.(?<extension>png|jpe?g|webp|gif)$/.exec(pathOf(context))?.groups ?? {};
  const bytes = assets.get(id ?? '');
  if (bytes === undefined || extension === undefined) return context.text('', 404);
  const size = context.req.query('size');
  if (size !== undefined && !isSize(Number(size))) return context.text('Invalid size', 400);
  if (sniffImage(bytes)?.contentType === contentTypes[extension]) return serve(context, bytes);
  if (extension === 'gif') return context.text('Invalid resource', 415);
  const format = extension === 'jpg' ? 'jpeg' : extension;
  return serve(context, await convert(bytes, format as PictureFormat));
}

const contentTypes: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

function isSize(size: number): boolean {
  return size >= 16 && size <= 4_096 && Number.isInteger(Math.log2(size));
}

function serve(context: Context, bytes: Uint8Array): Response {
  const contentType = sniffImage(bytes)?.contentType ?? 'application/octet-stream';
  return context.body(Buffer.from(bytes), 200, { 'Content-Type': contentType, ...untrusted });
}

function pathOf(context: Context): string {
  return new URL(context.req.url).pathname;
}
