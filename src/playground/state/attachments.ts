// Files on messages: kept as bytes, described as Discord describes them, and reached by addresses that expire.
import { type APIAttachment, AttachmentFlags } from 'discord.js';
import { sniffImage } from './image-size.ts';
import type { World } from './world.ts';

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly description?: string | undefined;
  /** Covers it until somebody clicks it, whatever its name is. */
  readonly isSpoiler?: boolean | undefined;
}

const typesByExtension: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  bmp: 'image/bmp',
  gif: 'image/gif',
  heic: 'image/heic',
  heif: 'image/heif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json; charset=utf-8',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml; charset=utf-8',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  txt: 'text/plain; charset=utf-8',
  webp: 'image/webp',
};

/** @param folder `attachments/{channel}`, or `ephemeral-attachments/{application}` for what only one person sees */
export function storeUpload(world: World, folder: string, upload: Upload): APIAttachment {
  const id = world.newId();
  const filename = safeName(upload.name);
  const image = sniffImage(upload.bytes);
  // By the name, whatever the bytes are; some have none.
  const contentType = typesByExtension[extensionOf(filename)];
  world.files.put(id, {
    bytes: upload.bytes,
    name: filename,
    contentType: contentType ?? 'application/octet-stream',
  });
  const path = `/${folder}/${id}/${encodeURIComponent(filename)}`;
  return {
    id,
    filename,
    size: upload.bytes.byteLength,
    url: path,
    proxy_url: path,
    ...(image?.width && image.height ? { width: image.width, height: image.height } : {}),
    ...(contentType === undefined ? {} : { content_type: contentType }),
    ...(upload.description ? { description: upload.description } : {}),
    ...(upload.isSpoiler ? { flags: AttachmentFlags.IsSpoiler } : {}),
    ...(folder.startsWith('ephemeral') ? { ephemeral: true } : {}),
  };
}

/** The attachment with a fresh address. */
export function presentAttachment(world: World, attachment: APIAttachment): APIAttachment {
  const url = `${world.origin}${world.files.sign(attachment.url)}`;
  return { ...attachment, url, proxy_url: url };
}

/** Letters, digits and `._-` as Discord keeps them; spaces become underscores. */
function safeName(name: string): string {
  const safe = name
    .replaceAll(/\s/g, '_')
    .replaceAll(/[^\p{L}\p{N}._-]/gu, '')
    .slice(-100);
  return /[^.]/.test(safe) ? safe : 'unknown';
}

function extensionOf(filename: string): string {
  return filename.slice(filename.lastIndexOf('.') + 1).toLowerCase();
}
