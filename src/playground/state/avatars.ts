// The pictures that people show of themselves: everywhere, or on the server alone. Each lies under a hash of its own, and
// is gone from the CDN once another has taken its place.
import { createHash } from 'node:crypto';
import { isGif, putAsset } from './assets.ts';
import { sniffImage } from './image-size.ts';
import { UseError } from './use-error.ts';
import type { World } from './world.ts';

export type AvatarPlace = 'everywhere' | 'server';

/**
 * @param bytes undefined takes it away
 * @throws UseError for a file that is no picture
 */
export function setAvatar(
  world: World,
  userId: string,
  bytes: Uint8Array | undefined,
  place: AvatarPlace = 'everywhere',
): void {
  const member = world.guild.members.get(userId);
  const holder = place === 'server' ? member : world.users.get(userId);
  if (!holder) throw new UseError('Only somebody who is here has an avatar.');
  if (bytes && !sniffImage(bytes)) throw new UseError('An avatar is a PNG, JPEG, GIF or WebP.');
  const folder = place === 'server' ? `/guilds/${world.guild.id}/users/${userId}` : '';
  const path = (hash: string) => avatarPath(folder, userId, hash);
  const before = holder.avatar;
  holder.avatar = bytes ? hashOf(bytes) : null;
  if (before && before !== holder.avatar) putAsset(world, path(before), undefined);
  if (holder.avatar) putAsset(world, path(holder.avatar), bytes);
  if (member) world.announce({ type: 'memberUpdate', member });
}

function avatarPath(folder: string, userId: string, hash: string): string {
  return folder ? `${folder}/avatars/${hash}` : `/avatars/${userId}/${hash}`;
}

/** What begins with `a_` moves. */
function hashOf(bytes: Uint8Array): string {
  return `${isGif(bytes) ? 'a_' : ''}${createHash('md5').update(bytes).digest('hex')}`;
}
