// Where the bot may not read back, it must not say that there is nothing.
import { type Channel, PermissionFlagsBits } from 'discord.js';
import { UserError } from './errors.ts';
import { saying } from './texts/texts.ts';

/**
 * To be called before it is said that there is no picture: Discord shows an empty channel where the history is closed.
 * @throws UserError that names the permission
 */
export function demandHistory(channel: Channel | null): void {
  if (!channel || channel.isDMBased()) return;
  const granted = channel.permissionsFor(channel.client.user);
  if (granted?.has(PermissionFlagsBits.ReadMessageHistory) === false) {
    throw new UserError(
      saying('lacksPermissions', { permissions: [saying('permissionReadMessageHistory')] }),
    );
  }
}
