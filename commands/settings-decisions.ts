// What each subcommand of /settings decides.
import type { ChannelType, ChatInputCommandInteraction } from 'discord.js';
import type { Services } from './command.ts';
import { UserError } from './errors.ts';
import { placeNamed } from './place-named.ts';
import { type Audience, type Decisions, defaultSettings, type Mode, type NsfwRule } from './preferences.ts';
import { modeNames } from './settings-text.ts';
import { saying } from './texts/texts.ts';
import { hasNoThreads } from './visual-chat.ts';

type Decide = (
  interaction: ChatInputCommandInteraction,
  services: Services,
) => Decisions | Promise<Decisions>;

/** By subcommand; `show` decides nothing. */
export const decisionsBy: Readonly<Record<string, Decide>> = {
  async mode({ options, guildId, user }, { preferences }) {
    const what = options.getString('what', true);
    const channel = options.getChannel('channel');
    if (what === 'thread' && channel) refuseThreads(channel);
    await preferences.keepers.note(guildId ?? '', channel?.id, user.id);
    return { mode: what === 'inherit' ? undefined : (what as Mode) };
  },
  who: (interaction, services) => ({ audience: audienceAfter(interaction, services) }),
  quota({ options }) {
    const [person, server] = [options.getInteger('person'), options.getInteger('server')];
    if (person === null && server === null) {
      throw new UserError(
        saying('quotaWithoutNumber', { person: saying('personOption'), server: saying('serverOption') }),
      );
    }
    return {
      ...(person !== null && { hourlyAPerson: person }),
      ...(server !== null && { hourlyAServer: server }),
    };
  },
  nsfw: ({ options }) => ({ nsfw: options.getString('rule', true) as NsfwRule }),
  language: ({ options }) => ({ language: options.getString('language', true) }),
  retention: ({ options }) => ({ retentionDays: options.getInteger('days', true) }),
};

function audienceAfter(
  { guildId, options }: ChatInputCommandInteraction,
  { preferences }: Services,
): Audience | undefined {
  const change = options.getString('change', true);
  const channel = options.getChannel('channel');
  if (change === 'everybody') return channel ? defaultSettings.audience : undefined;
  const [role, person] = [options.getRole('role'), options.getUser('person')];
  if (!role && !person)
    throw new UserError(
      saying('nobodyNamed', { role: saying('roleOption'), person: saying('personOption') }),
    );
  const server = guildId ?? '';
  const place = channel ? placeNamed(server, channel) : { guildId: server, channelIds: [] };
  const { roles, people } = preferences.settings.inForce(place).audience.value;
  const after = {
    roles: role ? changed(roles, role.id, change === 'allow') : roles,
    people: person ? changed(people, person.id, change === 'allow') : people,
  };
  if (isForAll(after) && !isForAll({ roles, people })) {
    throw new UserError(saying('lastOneAllowed', { choice: saying('changeEverybody') }));
  }
  return after;
}

function isForAll({ roles, people }: Audience): boolean {
  return roles.length + people.length === 0;
}

function changed(list: readonly string[], id: string, isAdded: boolean): readonly string[] {
  const others = list.filter((other) => other !== id);
  return isAdded ? [...others, id] : others;
}

/** @throws UserError where no message can have a thread of its own */
export function refuseThreads({ id, type }: { readonly id: string; readonly type: ChannelType }): void {
  if (hasNoThreads(type)) {
    throw new UserError(
      saying('threadsImpossible', { channel: `<#${id}>`, choice: saying(modeNames.caption) }),
    );
  }
}
