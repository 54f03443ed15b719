// What holds on a server or in a channel, and why, as /settings tells it.
import type { Audience, InForce, Mode, NsfwRule, Place, SettingsInForce } from './preferences.ts';

export const modeNames: Readonly<Record<Mode, string>> = {
  off: 'Nothing: I am switched off',
  asked: 'Answer when asked',
  caption: 'Caption every picture, quietly',
  thread: 'Open a thread for every picture',
};

export const nsfwNames: Readonly<Record<NsfwRule, string>> = {
  anywhere: 'In all channels',
  only: 'In age-restricted channels only',
  never: 'Never in age-restricted channels',
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

export function settingsText(settings: SettingsInForce, { channelIds }: Place): string {
  const { mode, audience, nsfw, language, retentionDays, hourlyAPerson, hourlyAServer } = settings;
  const [channelId] = channelIds;
  const line = (what: string, value: string, setting: InForce<unknown>) =>
    `- ${what}: **${value}** (${originOf(setting, channelId)})`;
  return [
    `What holds ${channelId ? `in <#${channelId}>` : 'on this server'}:`,
    line('Pictures', modeNames[mode.value], mode),
    line('Who may use me', audienceText(audience.value), audience),
    line('Answers an hour to a person', limitText(hourlyAPerson.value), hourlyAPerson),
    line('Answers an hour to all', limitText(hourlyAServer.value), hourlyAServer),
    line('Where I look', nsfwNames[nsfw.value], nsfw),
    line('Language', languageNames[language.value] ?? language.value, language),
    line('I forget after', retentionText(retentionDays.value), retentionDays),
  ].join('\n');
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
  return days === 1 ? '1 day' : `${days} days`;
}
