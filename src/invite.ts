// What the bot asks of a server that it joins.
import { OAuth2Scopes, PermissionFlagsBits, type PermissionsString } from 'discord.js';

/** To see images and questions, to answer them (with the image, where it was an option of a command), and to open a thread for a chat. */
export const neededPermissions = [
  'ViewChannel',
  'ReadMessageHistory',
  'SendMessages',
  'AttachFiles',
  'SendMessagesInThreads',
  'CreatePublicThreads',
] as const satisfies readonly PermissionsString[];

/** The page on which somebody adds the bot to their server, with the permissions it needs. */
export function inviteUrl(applicationId: string): string {
  const permissions = neededPermissions.reduce((all, name) => all | PermissionFlagsBits[name], 0n);
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: String(permissions),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
