import { type APIMessage, Locale } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands, messageCommands } from '../../commands/index.ts';
import { en } from '../../commands/texts/en.ts';
import { localizations, say } from '../../commands/texts/texts.ts';
import type { Backend } from '../../models/backend.ts';
import { openEmoji } from '../e2e/backends.ts';
import { buttonOf, openStage, picture, quickly, replyTo, responseTo } from '../e2e/stage.ts';

describe('commands', () => {
  const spoken = Object.keys(localizations('askHelp')).sort();

  it('that are ours to translate have a description or a name in all languages', () => {
    const ask = commands.find((command) => command.data.name === 'ask')?.data;
    expect(Object.keys(ask?.description_localizations ?? {}).sort()).toEqual(spoken);
    const [question] = ask?.options ?? [];
    expect(question?.name_localizations).toMatchObject({ de: 'frage', ja: '質問' });
    expect(Object.keys(question?.description_localizations ?? {}).sort()).toEqual(spoken);
    const menu = messageCommands.find((command) => command.data.name === 'Caption image')?.data;
    expect(menu?.name_localizations).toMatchObject({
      fr: 'Légender l’image',
      'zh-CN': '描述图片',
      'zh-TW': '描述图片',
    });
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

  it('is told once, also after a restart, and also where they write messages', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    me.speak(Locale.French);
    me.post({ files: [await picture('rocket')] });
    await responseTo(me, me.run('caption'));
    await stage.restartBot();
    expect((await responseTo(me, me.run('caption'))).content).toBe('a rocket on a red background');
    await responseTo(me, me.run('settings language', { language: 'fr' }));
    const ada = stage.discord.addPerson('Ada');
    const first = await replyTo(ada, ada.post(`${mention} What is this?`));
    expect(first.content).toBe(`a rocket\n-# ${say('fr', 'answersInEnglish')}`);
    expect((await replyTo(ada, ada.post(`${mention} What is this?`))).content).toBe('a rocket');
  });

  it('is told again once they had themselves forgotten', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    me.speak(Locale.French);
    me.post({ files: [await picture('rocket')] });
    await responseTo(me, me.run('caption'));
    const question = await responseTo(me, me.run('forget', { what: 'me' }));
    me.press(question, 'forget:me');
    await me.waitFor(({ id, content }) => id === question.id && content.startsWith('J’ai oublié 0 question'));
    const answer = await responseTo(me, me.run('caption'));
    expect(answer.content).toContain(say('fr', 'answersInEnglish'));
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

  it('sees in it the memory, the buttons, and why one of them is not theirs', async () => {
    const { me, discord } = await openStage(backend);
    me.speak(Locale.German);
    me.post({ files: [await picture('rocket')] });
    await responseTo(me, me.run('ask', { question: 'What is this?' }));
    const memory = (await responseTo(me, me.run('memory'))).content;
    expect(memory).toMatch(
      /^\*\*Woran ich mich bei \[diesem Bild\]\(.*\) erinnere\*\*\n▰.* \/ 512 Tokens\*\*\n/,
    );
    expect(memory).toContain('weitere bleiben für die Antwort frei.\n**1** What is this? → a rocket\n');
    me.speak(Locale.Japanese);
    const answer = await responseTo(me, me.run('caption'));
    expect(labelsOf(answer)).toEqual(['もう一度', '質問する', 'スレッドで続ける', '削除']);
    const ada = discord.addPerson('Ada');
    ada.speak(Locale.French);
    const refusal = await responseTo(ada, ada.press(answer, buttonOf(answer, 'delete')));
    expect(refusal.content).toBe(say('fr', 'deleteNotYours', { asker: `<@${me.user.id}>` }));
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

describe('a message', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await openEmoji();
  });
  afterAll(() => backend.close());

  it('is answered in the language that was decided for its channel, else for the server', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord, mention } = stage;
    const other = discord.addChannel('otro');
    await responseTo(me, me.run('settings language', { language: 'ja' }));
    await responseTo(me, me.run('settings language', { language: 'es-ES', channel: other }));
    const ask = async (channelId: string) =>
      (await replyTo(me, me.post({ channelId, content: `${mention} What is this?`, files: [broken] })))
        .content;
    expect(await ask(other)).toBe(say('es-ES', 'imageBroken', { format: 'PNG' }));
    expect(await ask(discord.channelId)).toBe(say('ja', 'imageBroken', { format: 'PNG' }));
    const files = await Promise.all([picture('rocket'), picture('umbrella')]);
    const answer = await replyTo(
      me,
      me.post({ channelId: other, content: `${mention} What is this?`, files }),
    );
    expect(answer.content).toBe(
      `a rocket\n-# He mirado la imagen 1 de 2.\n-# ${say('es-ES', 'answersInEnglish')}`,
    );
    expect(labelsOf(answer)).toEqual(['Otra vez', 'Preguntar', 'Seguir en un hilo', 'Eliminar']);
  });

  it('keeps its language where somebody with another one has it answered again', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord, mention } = stage;
    await responseTo(me, me.run('settings language', { language: 'de' }));
    const files = await Promise.all([picture('rocket'), picture('umbrella')]);
    for (const content of [mention, `${mention} What is this?`]) {
      const answer = await replyTo(me, me.post({ content, files }));
      const ada = discord.addPerson('Ada');
      ada.speak(Locale.French);
      ada.press(answer, buttonOf(answer, 'again'));
      const isAnew = ({ id, edited_timestamp: edited }: APIMessage) => id === answer.id && edited !== null;
      const anew = await me.waitFor(isAnew, 10_000);
      expect(anew.content).toContain(say('de', 'placeNote', { number: 1, all: 2 }));
      expect(labelsOf(anew)).toEqual(labelsOf(answer));
    }
  });

  it('of somebody who writes directly, in that of the last command they used', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    const channelId = me.directMessages();
    const ask = async () => (await replyTo(me, me.post({ channelId, files: [broken] }))).content;
    expect(await ask()).toBe(say('en-US', 'imageBroken', { format: 'PNG' }));
    me.speak(Locale.German);
    await responseTo(me, me.run('status'));
    await stage.restartBot();
    expect(await ask()).toContain(say('de', 'imageBroken', { format: 'PNG' }));
  });
});

/** Ends after its signature. */
const broken = {
  name: 'broken.png',
  bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0),
};

function labelsOf({ components = [] }: APIMessage): string[] {
  const [row] = components;
  const buttons = row && 'components' in row ? row.components : [];
  return buttons.flatMap((button) => ('label' in button && button.label ? [button.label] : []));
}
