// The faces of the local Discord.
import type { APIUser } from 'discord.js';

export const personAvatar = '/person.svg';
const botAvatar = '/blipcord.svg';

/** As many as Discord has for people without a picture of their own. */
const defaults = 6n;

export function avatarOf({ id, avatar, bot }: APIUser): string {
  if (avatar) return `/avatars/${id}/${avatar}.png?size=128`;
  return bot ? botAvatar : `/embed/avatars/${(BigInt(id) >> 22n) % defaults}.png`;
}
