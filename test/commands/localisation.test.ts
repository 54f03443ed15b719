import { Locale } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands, messageCommands } from '../../commands/index.ts';
import { en } from '../../commands/texts/en.ts';
import { localizations, say, type TextKey, translations } from '../../commands/texts/texts.ts';
import type { Backend } from '../../models/backend.ts';
import { openEmoji } from '../e2e/backends.ts';
import { openStage, picture, responseTo } from '../e2e/stage.ts';

const keys = Object.keys(en) as TextKey[];
const languages = Object.entries(translations);

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(languages)('the texts in %s', (_, texts) => {
  it('have the same placeholders as the English ones', () => {
    for (const key of keys) expect(placeholders(texts[key]), key).toEqual(placeholders(en[key]));
  });

  it('say something, and begin and end a line as the English ones do', () => {
    for (const key of keys) {
      expect(texts[key].trim(), key).not.toBe('');
      expect(texts[key].endsWith(':') || texts[key].endsWith('：'), key).toBe(en[key].endsWith(':'));
    }
  });
});

describe('say', () => {
  it('fills in the values, in the language of the locale', () => {
    expect(say('de', 'wentWrong', { incident: 'a{why}b' })).toMatch(/den Vorfall a\{why\}b\.$/);
    expect(say('es-419', 'chatAlready')).toBe(say('es-ES', 'chatAlready'));
  });

  it('speaks English where it has no other words', () => {
    for (const locale of ['en-US', 'en-GB', 'pl', 'constructor']) {
      expect(say(locale, 'chatAlready')).toBe(en.chatAlready);
    }
  });
});

describe('commands', () => {
  const spoken = Object.keys(localizations('askHelp')).sort();

  it('that are ours to translate have a description or a name in all languages', () => {
    const ask = commands.find((command) => command.data.name === 'ask')?.data;
    expect(Object.keys(ask?.description_localizations ?? {}).sort()).toEqual(spoken);
    const [question] = ask?.options ?? [];
    expect(question?.name_localizations).toMatchObject({ de: 'frage', ja: '質問' });
    expect(Object.keys(question?.description_localizations ?? {}).sort()).toEqual(spoken);
    const menu = messageCommands.find((command) => command.data.name === 'Caption image')?.data;
    expect(menu?.name_localizations).toMatchObject({ fr: 'Légender l’image', 'zh-CN': '描述图片' });
  });
});

describe('a person whose Discord speaks another language', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await openEmoji();
  });
  afterAll(() => backend.close());

  it('is told once, in that language, that the answer is in English', async () => {
    const { me, discord } = await openStage(backend);
    me.speak(Locale.German);
    const posted = me.post({ files: [await picture('rocket')] });
    const first = await responseTo(me, me.run('ask', { question: 'What is this?' }));
    expect(first.content).toBe(`> What is this?\na rocket\n-# ${say('de', 'answersInEnglish')}`);
    expect((await responseTo(me, me.run('caption'))).content).toBe('a rocket on a red background');
    const ada = discord.addPerson('Ada');
    ada.speak(Locale.Polish);
    const toAda = await responseTo(ada, ada.runOn(posted, 'Caption image'));
    expect(toAda.content).toBe(`a rocket on a red background\n-# ${en.answersInEnglish}`);
  });

  it('reads the bot’s own sentences and forms in it', async () => {
    const { me, discord } = await openStage(backend);
    me.speak(Locale.Japanese);
    const nothing = await responseTo(me, me.run('caption'));
    expect(nothing.content).toBe(say('ja', 'noPictureHere', { why: '' }));
    const text = await responseTo(me, me.runOn(me.post('hello'), 'Caption image'));
    expect(text.content).toBe(say('ja', 'messageWithoutPicture', { command: '画像を説明' }));
    const opened = discord.waitForEvent('modal');
    me.runOn(me.post({ files: [await picture('rocket')] }), 'Ask about image');
    expect((await opened).interaction.modal?.title).toBe('この画像について質問');
  });

  it('hears in it that something failed', async () => {
    const { me, discord } = await openStage(backend);
    me.speak(Locale.French);
    me.post({ files: [await picture('rocket')] });
    discord.fail({ method: 'PATCH', path: /(@|%40)original$/, status: 400 });
    const answer = await responseTo(me, me.run('caption'));
    expect(answer.content).toMatch(/^Quelque chose s’est mal passé de mon côté\./);
  });
});
