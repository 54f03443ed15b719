// Whether the bot is in the guild: somebody removes it, invites it again, or Discord loses the guild for a while.
import { joinGuild } from './people.ts';
import type { World } from './world.ts';

export function isBotMember({ guild, bot }: World): boolean {
  return guild.members.has(bot.id);
}

/** Its role stays for the next time, unlike Discord's. */
export function removeBot(world: World): void {
  world.guild.members.delete(world.bot.id);
  world.announce({ type: 'guildGone', unavailable: false });
}

export function inviteBot(world: World): void {
  const roles = [...world.guild.roles.values()].filter(({ tags }) => tags?.bot_id === world.bot.id);
  joinGuild(
    world,
    world.bot,
    roles.map(({ id }) => id),
  );
  world.announce({ type: 'guildBack' });
}

/** As in an outage: the bot is told that the guild is unavailable, then that it is there again. */
export function loseGuild(world: World): void {
  world.announce({ type: 'guildGone', unavailable: true });
  world.announce({ type: 'guildBack' });
}
