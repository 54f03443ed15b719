// Whether somebody may use the bot where they do, as the server's settings have it.
import {
  DiscordAPIError,
  type GuildMember,
  type GuildTextBasedChannel,
  type Message,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { Saying } from '../models/saying.ts';
import type { AskedBy } from './asked-by.ts';
import type { Services } from './command.ts';
import { UserError } from './errors.ts';
import { patiently } from './patience.ts';
import type { Audience, InForce, NsfwRule, Place } from './preferences.ts';
import { saying } from './texts/texts.ts';

type Asking = Message | AskedBy;
type Means = Pick<Services, 'preferences' | 'signal'>;

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
export async function refusalFor(
  asking: Asking,
  { preferences, signal }: Means,
): Promise<UserError | undefined> {
  const place = placeOf(asking);
  if (!place) return undefined;
  const { mode, audience, nsfw } = preferences.settings.inForce(place);
  if (mode.value === 'off') return new UserError(saying(isChannels(mode) ? 'offInChannel' : 'offOnServer'));
  if (!(await isAmong(asking, audience.value, signal))) return new UserError(notForYou(audience.value));
  return nsfwRefusal(asking, nsfw.value);
}

/**
 * To be called before a form is opened: nobody is to write a question for nothing.
 * @throws UserError where they may not ask
 */
export async function demandAllowed(asking: Asking, services: Means): Promise<void> {
  const refusal = await refusalFor(asking, services);
  if (refusal) throw refusal;
}

/**
 * Does what takes an answer of the model, where that is allowed.
 * @throws UserError where it isn't
 */
export async function ifAllowed(asking: Asking, services: Means, work: () => Promise<void>): Promise<void> {
  await demandAllowed(asking, services);
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

async function isAmong(asking: Asking, { roles, people }: Audience, signal: AbortSignal): Promise<boolean> {
  if (roles.length === 0 && people.length === 0) return true;
  if (people.includes(personOf(asking))) return true;
  if (roles.length === 0) return false;
  const theirs = rolesOf(asking) ?? (await fetchRoles(asking, signal));
  return theirs.some((id) => roles.includes(id));
}

/** Undefined where Discord did not say: a message that was read back brings no member, unlike one that is heard. */
function rolesOf({ member }: Asking): readonly string[] | undefined {
  if (!member) return undefined;
  return Array.isArray(member.roles) ? member.roles : [...(member as GuildMember).roles.cache.keys()];
}

/** None of somebody who has left the server. */
async function fetchRoles(asking: Asking, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const member = await patiently(async () => asking.guild?.members.fetch(personOf(asking)), signal);
    return [...(member?.roles.cache.keys() ?? [])];
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember) return [];
    throw error;
  }
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
