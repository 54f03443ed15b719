// What holds on a server or in a channel, and why, as /settings tells it.
import type { ChannelType } from 'discord.js';
import type { Audience, InForce, Mode, NsfwRule, Place, SettingsInForce } from './preferences.ts';
import { type PlainKey, say } from './texts/texts.ts';
import { hasNoThreads } from './visual-chat.ts';

export const modeNames = {
  off: 'modeOff',
  asked: 'modeAsked',
  caption: 'modeCaption',
  thread: 'modeThread',
} as const satisfies Readonly<Record<Mode, PlainKey>>;

export const nsfwNames = {
  anywhere: 'nsfwAnywhere',
  only: 'nsfwOnly',
  never: 'nsfwNever',
} as const satisfies Readonly<Record<NsfwRule, PlainKey>>;

/** By Discord's locales, each as those who speak it call it. */
export const languageNames: Readonly<Record<string, string>> = {
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
  locale: string,
  channelType?: ChannelType,
): string {
  const { mode, audience, nsfw, language, retentionDays, hourlyAPerson, hourlyAServer } = settings;
  const [channelId] = channelIds;
  const line = (what: string, value: string, setting: InForce<unknown>) => {
    const origin = originOf(setting, channelId, locale);
    return say(locale, 'settingLine', { what, value, origin });
  };
  return [
    channelId ? say(locale, 'settingsIn', { channel: `<#${channelId}>` }) : say(locale, 'settingsOnServer'),
    line(say(locale, 'settingPictures'), say(locale, modeNames[mode.value]), mode),
    ...(mode.value === 'thread' ? withoutThreads(channelType, locale) : []),
    line(say(locale, 'settingAudience'), audienceText(audience.value, locale), audience),
    line(say(locale, 'settingPerPerson'), limitText(hourlyAPerson.value, locale), hourlyAPerson),
    line(say(locale, 'settingPerServer'), limitText(hourlyAServer.value, locale), hourlyAServer),
    line(say(locale, 'settingNsfw'), say(locale, nsfwNames[nsfw.value]), nsfw),
    line(
      say(locale, 'settingLanguage'),
      languageNames[language.value] ?? say(locale, 'languageOwn'),
      language,
    ),
    line(say(locale, 'settingRetention'), retentionText(retentionDays.value, locale), retentionDays),
  ].join('\n');
}

function withoutThreads(channelType: ChannelType | undefined, locale: string): string[] {
  if (channelType === undefined) return [`  -# ${say(locale, 'settingsThreadsElsewhere')}`];
  return hasNoThreads(channelType) ? [`  -# ${say(locale, 'settingsNoThreadsHere')}`] : [];
}

function originOf({ from }: InForce<unknown>, channelId: string | undefined, locale: string): string {
  if (from === 'default') return say(locale, 'originDefault');
  if (from === 'server') return say(locale, 'originServer');
  return from.channelId === channelId
    ? say(locale, 'originChannel')
    : say(locale, 'originOtherChannel', { channel: `<#${from.channelId}>` });
}

function audienceText({ roles, people }: Audience, locale: string): string {
  const named = [...roles.map((id) => `<@&${id}>`), ...people.map((id) => `<@${id}>`)];
  return named.length > 0 ? named.join(', ') : say(locale, 'everybody');
}

function limitText(most: number, locale: string): string {
  return most === 0 ? say(locale, 'noLimit') : new Intl.NumberFormat(locale).format(most);
}

function retentionText(days: number, locale: string): string {
  return days === 0 ? say(locale, 'never') : say(locale, 'forgetsAfterDays', { count: days });
}
