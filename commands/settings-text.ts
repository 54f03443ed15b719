// What holds on a server or in a channel, and why, as /settings tells it.
import type { ChannelType } from 'discord.js';
import type { Audience, InForce, Mode, NsfwRule, Place, SettingsInForce } from './preferences.ts';
import { hasNoThreads } from './visual-chat.ts';

export const modeNames: Readonly<Record<Mode, string>> = {
  off: 'Nothing: I am switched off',
  asked: 'Answer when asked',
  caption: 'Caption every picture, quietly',
  thread: 'Open a thread for every picture',
};

export const nsfwNames: Readonly<Record<NsfwRule, string>> = {
  anywhere: 'In all channels, age-restricted ones as well',
  only: 'In age-restricted channels only',
  never: 'In all channels but age-restricted ones',
};

/** By Discord's locales. */
export const languageNames: Readonly<Record<string, string>> = {
  own: 'As the server has it in Discord',
  'en-US': 'English',
  de: 'Deutsch',
  fr: 'Français',
  'es-ES': 'Español',
  ja: '日本語',
  'zh-CN': '中文',
};

/** @param channelType of the channel that it is about; absent for the whole server */
export function settingsText(
  settings: SettingsInForce,
  { channelIds }: Place,
  channelType?: ChannelType,
): string {
  const { mode, audience, nsfw, language, retentionDays, hourlyAPerson, hourlyAServer } = settings;
  const [channelId] = channelIds;
  const line = (what: string, value: string, setting: InForce<unknown>) =>
    `- ${what}: **${value}** (${originOf(setting, channelId)})`;
  return [
    `What holds ${channelId ? `in <#${channelId}>` : 'on this server'}:`,
    line('Pictures', modeNames[mode.value], mode),
    ...(mode.value === 'thread' ? withoutThreads(channelType) : []),
    line('Who may use me', audienceText(audience.value), audience),
    line('Answers an hour to a person', limitText(hourlyAPerson.value), hourlyAPerson),
    line('Answers an hour to all', limitText(hourlyAServer.value), hourlyAServer),
    line('Where I look at pictures', nsfwNames[nsfw.value], nsfw),
    line('Language', languageNames[language.value] ?? language.value, language),
    line('I forget what was said', retentionText(retentionDays.value), retentionDays),
  ].join('\n');
}

function withoutThreads(channelType: ChannelType | undefined): string[] {
  if (channelType === undefined) {
    return [
      '  -# Where no thread can be opened (in threads, posts of forums, voice channels), a quiet caption.',
    ];
  }
  return hasNoThreads(channelType) ? ['  -# No thread can be opened here: each gets a quiet caption.'] : [];
}

function originOf({ from }: InForce<unknown>, channelId: string | undefined): string {
  if (from === 'default') return 'the default';
  if (from === 'server') return 'decided for the server';
  return from.channelId === channelId ? 'decided for this channel' : `decided for <#${from.channelId}>`;
}

function audienceText({ roles, people }: Audience): string {
  const named = [...roles.map((id) => `<@&${id}>`), ...people.map((id) => `<@${id}>`)];
  return named.length > 0 ? named.join(', ') : 'everybody';
}

function limitText(most: number): string {
  return most === 0 ? 'no limit' : String(most);
}

function retentionText(days: number): string {
  if (days === 0) return 'never';
  return days === 1 ? 'after 1 day' : `after ${days} days`;
}
