// Whom a message pings: what its text names, as far as `allowed_mentions` lets it.
import type { APIUser } from 'discord.js';
import type { World } from './world.ts';

export interface AllowedMentions {
  readonly parse?: readonly string[] | undefined;
  readonly users?: readonly string[] | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly replied_user?: boolean | undefined;
}

export interface Mentions {
  readonly mentions: APIUser[];
  readonly mention_roles: string[];
  readonly mention_everyone: boolean;
}

/** @param repliedTo the author of the message that is replied to */
export function findMentions(
  world: World,
  content: string,
  allowed: AllowedMentions | undefined,
  repliedTo: APIUser | undefined,
): Mentions {
  const allows = (kind: 'users' | 'roles', id: string) =>
    allowed === undefined || allowed.parse?.includes(kind) === true || allowed[kind]?.includes(id) === true;
  const allowsEveryone = allowed === undefined || allowed.parse?.includes('everyone') === true;
  const userIds = new Set(idsIn(content, /<@!?(\d+)>/g).filter((id) => allows('users', id)));
  if (repliedTo !== undefined && (allowed === undefined || allowed.replied_user === true)) {
    userIds.add(repliedTo.id);
  }
  const roleIds = idsIn(content, /<@&(\d+)>/g).filter((id) => allows('roles', id));
  return {
    mentions: [...userIds].flatMap((id) => world.users.get(id) ?? []),
    mention_roles: [...new Set(roleIds)].filter((id) => world.guild.roles.has(id)),
    mention_everyone: allowsEveryone && /@(everyone|here)\b/.test(content),
  };
}

function idsIn(content: string, pattern: RegExp): string[] {
  return [...content.matchAll(pattern)].flatMap(([, id]) => id ?? []);
}
