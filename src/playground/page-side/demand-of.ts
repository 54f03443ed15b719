// What on the page is not for everybody.
import type { Person } from '../discord.ts';
import { bitsOf, guildPermissions, type PermissionName } from '../state/permissions.ts';
import { UseError } from '../state/use-error.ts';
import type { World } from '../state/world.ts';

/** @throws UseError for somebody without the permission. @param what as in: Ada may not WHAT here */
export function demandOf(world: World, { user }: Person, name: PermissionName, what: string): void {
  if ((guildPermissions(world, user.id) & bitsOf([name])) !== 0n) return;
  throw new UseError(
    `${user.global_name ?? user.username} may not ${what} here. The owner of the server may.`,
  );
}
