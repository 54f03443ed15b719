// Whether somebody may use the bot where they do, as the server's settings have it.
import type { GuildMember, GuildTextBasedChannel, Message } from 'discord.js';
import type { Saying } from '../models/saying.ts';
import type { AskedBy } from './asked-by.ts';
import type { Services } from './command.ts';
import { UserError } from './errors.ts';
import type { Audience, InForce, NsfwRule, Place } from './preferences.ts';
import { saying } from './texts/texts.ts';

type Asking = Message | AskedBy;
type Means = Pick<Services, 'preferences'>;

/** Undefined in direct messages, where no server decides. */
export function placeOf({ guildId, channelId, channel }: Asking): Place | undefined {
  if (!guildId || !channelId) return undefined;
  const parentId = channel?.isThread() ? channel.parentId : null;
  return { guildId, channelIds: parentId ? [channelId, parentId] : [channelId] };
}

export function placeIn(channel: GuildTextBasedChannel): Place {
  const parentId = channel.isThread() ? channel.parentId : null;
  return { guildId: channel.guildId, channelIds: parentId ? [channel.id, parentId] : [channel.id] };
}

/** Why not, to tell whoever asks; undefined where they may. */
export function refusalFor(asking: Asking, { preferences }: Means): UserError | undefined {
  const place = placeOf(asking);
  if (!place) return undefined;
  const { mode, audience, nsfw } = preferences.settings.inForce(place);
  if (mode.value === 'off') return new UserError(saying(isChannels(mode) ? 'offInChannel' : 'offOnServer'));
  if (!isAmong(asking, audience.value)) return new UserError(notForYou(audience.value));
  return nsfwRefusal(asking, nsfw.value);
}

/**
 * Does what takes an answer of the model, where that is allowed.
 * @throws UserError where it isn't
 */
export async function ifAllowed(asking: Asking, services: Means, work: () => Promise<void>): Promise<void> {
  const refusal = refusalFor(asking, services);
  if (refusal) throw refusal;
  const giveBack = takeQuota(asking, services);
  try {
    await work();
  } catch (error) {
    giveBack();
    throw error;
  }
}

function takeQuota(asking: Asking, { preferences }: Means): () => void {
  const place = placeOf(asking);
  return place ? preferences.quotas.take(place, personOf(asking)) : () => undefined;
}

function personOf(asking: Asking): string {
  return 'author' in asking ? asking.author.id : asking.user.id;
}

function isAmong(asking: Asking, { roles, people }: Audience): boolean {
  if (roles.length === 0 && people.length === 0) return true;
  return people.includes(personOf(asking)) || rolesOf(asking).some((id) => roles.includes(id));
}

function rolesOf({ member }: Asking): readonly string[] {
  if (!member) return [];
  return Array.isArray(member.roles) ? member.roles : [...(member as GuildMember).roles.cache.keys()];
}

function nsfwRefusal({ channel }: Asking, rule: NsfwRule): UserError | undefined {
  const holder = channel?.isThread() ? channel.parent : channel;
  const isRestricted = holder !== null && 'nsfw' in holder && holder.nsfw;
  if (rule === 'only' && !isRestricted) {
    return new UserError(saying('onlyAgeRestricted'));
  }
  if (rule === 'never' && isRestricted) {
    return new UserError(saying('neverAgeRestricted'));
  }
  return undefined;
}

/** Whether it was decided for the channel. */
function isChannels({ from }: InForce<unknown>): boolean {
  return typeof from === 'object';
}

function notForYou({ roles }: Audience): Saying {
  if (roles.length === 0) return saying('onlyForSome');
  return saying('onlyForRoles', { roles: roles.map((id) => `<@&${id}>`).join(', ') });
}
