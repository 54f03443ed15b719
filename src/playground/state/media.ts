// Pictures in components of the second version, as Discord hands them out: with what it has found behind their addresses.
// The files that they show are then none of the message's attachments.
import { type APIAttachment, type APIMessage, type APIUnfurledMediaItem, MessageFlags } from 'discord.js';
import { presentAttachment } from './attachments.ts';
import { sniffImage } from './image-size.ts';
import { proxyPath } from './proxy-path.ts';
import type { World } from './world.ts';

type Holder = Pick<APIMessage, 'attachments' | 'components' | 'flags'>;

export function presentFiles(
  world: World,
  { attachments, components, flags }: Holder,
): Pick<APIMessage, 'attachments' | 'components'> {
  const files = attachments.map((file) => presentAttachment(world, file));
  const isV2 = ((flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  if (!isV2) return { attachments: files, ...(components && { components }) };
  const shown = JSON.parse(JSON.stringify(components ?? []), (key, value) =>
    key === 'media' || key === 'file' ? unfurled(world, value, files) : value,
  );
  return { attachments: [], components: shown };
}

function unfurled(
  world: World,
  media: APIUnfurledMediaItem,
  files: readonly APIAttachment[],
): APIUnfurledMediaItem & { id: string } {
  const file = files.find(({ filename }) => media.url === `attachment://${filename}`);
  if (file) {
    const { id, url, proxy_url, width, height, content_type } = file;
    return {
      id,
      attachment_id: id,
      url,
      proxy_url,
      ...(width && height ? { width, height } : {}),
      ...(content_type && { content_type }),
    };
  }
  const path = proxyPath(media.url);
  const found = sniffImage(world.assets.get(path) ?? new Uint8Array());
  return {
    id: world.newId(),
    url: media.url,
    proxy_url: `${world.origin}${path}`,
    ...(found && { width: found.width, height: found.height, content_type: found.contentType }),
  };
}
