// Several pictures on one message: each can be asked about, one at a time.
import { type APIMessage, ComponentType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { emojiForFile, watch } from './backends.ts';
import { ask, buttonOf, openStage, picture, quickly, replyTo, responseTo, threadIn } from './stage.ts';

const backend = await emojiForFile();

const three = () => Promise.all([picture('rocket'), picture('umbrella'), picture('strawberry')]);

interface Menu {
  readonly customId: string;
  readonly values: readonly string[];
  readonly chosen: number;
}

function menuOf({ id, components = [] }: APIMessage): Menu {
  for (const row of components) {
    for (const component of 'components' in row ? row.components : []) {
      if (component.type !== ComponentType.StringSelect) continue;
      const { custom_id: customId, options } = component;
      const chosen = options.findIndex((option) => option.default) + 1;
      return { customId, values: options.map(({ value }) => value), chosen };
    }
  }
  throw new Error(`Message ${id} has no menu.`);
}

/** Chooses by number, and waits for the answer. */
async function choose(
  { me }: Pick<Awaited<ReturnType<typeof openStage>>, 'me'>,
  answer: APIMessage,
  n: number,
) {
  const { customId, values } = menuOf(answer);
  return responseTo(me, me.choose(answer, customId, [values[n - 1] ?? '']));
}

describe('several pictures on one message', () => {
  it('are offered in a menu, and the question is put again about the one that is chosen', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    const question = me.post({ content: `${mention} What is this?`, files: await three() });
    const answer = await replyTo(me, question);
    expect(answer.content).toBe('a rocket\n-# I looked at picture 1 of 3.');
    expect(menuOf(answer)).toMatchObject({ chosen: 1, values: { length: 3 } });

    const second = await choose(stage, answer, 2);
    expect(second.content).toBe('an umbrella and a bee\n-# I looked at picture 2 of 3.');
    expect(menuOf(second).chosen).toBe(2);
    expect((await choose(stage, second, 3)).content).toMatch(/^a strawberry and a star\n.*picture 3 of 3\.$/);
  });

  it('keep the question of a command when another is chosen, and again when one more is', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    me.post({ files: await three() });
    const answer = await responseTo(me, me.run('ask', { question: 'What color is the background?' }));
    expect(answer.content).toBe('> What color is the background?\nred\n-# I looked at picture 1 of 3.');
    const second = await choose(stage, answer, 2);
    expect(second.content).toBe('purple\n-# I looked at picture 2 of 3.');
    expect((await choose(stage, second, 3)).content).toBe('white\n-# I looked at picture 3 of 3.');
  });

  it('are captioned one after the other where a caption was asked for, whatever is written beside them', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    const posted = me.post({ content: 'My day at the fair', files: await three() });
    const first = await responseTo(me, me.runOn(posted, 'Caption image'));
    expect(first.content).toMatch(/^a rocket on a red background\n.*1 of 3\.$/);
    const second = await choose(stage, first, 2);
    expect(second.content).toMatch(/^an umbrella and a bee on a purple background\n.*2 of 3\.$/);
    expect((await choose(stage, second, 3)).content).toMatch(/^a strawberry and a star on .*\n.*3 of 3\.$/);
  });

  it('keep how a caption was begun, also in private, and when it is made again', async () => {
    const watched = watch(backend);
    const stage = await openStage(watched);
    const { me } = stage;
    me.post({ files: await three() });
    const prompt = 'this is a very old cartoon of a';
    const long = `this is ${'a very '.repeat(30)}old cartoon of a`;
    const begunLong = await choose(stage, await responseTo(me, me.run('caption', { prompt: long })), 2);
    expect((await choose(stage, begunLong, 3)).content).toContain(long);
    watched.decoded.length = 0;
    for (const options of [{ prompt }, { prompt, private: true }]) {
      const answer = await responseTo(me, me.run('caption', options));
      const second = await choose(stage, answer, 2);
      expect(watched.decoded.at(-1)?.prompt).toBe(prompt);
      expect(second.content).toMatch(new RegExp(`^${prompt} .*\\n.*picture 2 of 3\\.$`, 's'));
      expect((await choose(stage, second, 3)).content).toContain(prompt);
    }
    const answer = await responseTo(me, me.run('caption', { prompt }));
    me.press(answer, buttonOf(answer, 'again'));
    await expect.poll(() => watched.decoded.length).toBe(8);
    const anew = await me.waitFor(({ id, edited_timestamp: edited }) => id === answer.id && edited !== null);
    expect((await choose(stage, anew, 2)).content).toContain(prompt);
  });

  it('leave the talk with the one that was chosen, also after a restart', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    const answer = await replyTo(me, me.post({ content: mention, files: await three() }));
    const second = await choose(stage, answer, 2);
    expect(second.content).toMatch(/^an umbrella/);
    await stage.restartBot();
    const reply = me.post({ content: 'What color is the background?', replyTo: second.id });
    expect((await replyTo(me, reply)).content).toBe('purple');
    const plain = me.post(`${mention} What color is the background?`);
    expect((await replyTo(me, plain)).content).toBe('purple\n-# I looked at picture 2 of 3.');
    const threadId = threadIn(await responseTo(me, me.press(second, buttonOf(second))));
    expect(await ask(stage, threadId, 'What color is the background?')).toBe('purple');
  });

  it('lead a thread that is open already to the one that was chosen', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    const answer = await replyTo(me, me.post({ content: mention, files: await three() }));
    const threadId = threadIn(await responseTo(me, me.press(answer, buttonOf(answer))));
    expect(await ask(stage, threadId, 'What color is the background?')).toBe('red');
    const second = await choose(stage, answer, 2);
    expect(threadIn(await responseTo(me, me.press(second, buttonOf(second))))).toBe(threadId);
    expect(await ask(stage, threadId, 'What color is the background?')).toBe('purple');
  });

  it('are told apart by the answer that a direct message replies to', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    const channelId = me.directMessages();
    const answer = await replyTo(me, me.post({ channelId, files: await three() }));
    const second = await choose(stage, answer, 2);
    expect((await choose(stage, second, 3)).content).toMatch(/^a strawberry/);
    const reply = me.post({ channelId, content: 'What color is the background?', replyTo: second.id });
    expect((await replyTo(me, reply)).content).toBe('purple');
  });

  it('can be named by number in a question', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    const channelId = me.directMessages();
    const first = me.post({ channelId, content: 'What is in the third picture?', files: await three() });
    expect((await replyTo(me, first)).content).toBe(
      'a strawberry and a star\n-# I looked at picture 3 of 3.',
    );
    expect(await ask(stage, channelId, '2')).toMatch(/^an umbrella.*\n.*picture 2 of 3\.$/);
    expect(await ask(stage, channelId, 'What color is the background of picture 1?')).toMatch(/^red\n/);
    expect(await ask(stage, channelId, 'What is in picture 4?')).toBe(
      'You asked about picture 4, and that message holds 3. Name one from 1 to 3.',
    );
  });

  it('can be named in words, in each of the languages, unless it may be something else', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const channelId = me.directMessages();
    const first = me.post({ channelId, content: 'What is in picture two?', files: await three() });
    expect((await replyTo(me, first)).content).toMatch(/^an umbrella.*\n.*picture 2 of 3\.$/);
    expect(await ask(stage, channelId, 'What color is the background of the last one?')).toMatch(/^white\n/);
    expect(await ask(stage, channelId, 'What about the second?')).toMatch(/picture 2 of 3\.$/);
    expect(await ask(stage, channelId, 'and the last?')).toMatch(/picture 3 of 3\.$/);
    expect(await ask(stage, channelId, 'No. 2')).toMatch(/picture 2 of 3\.$/);
    expect(await ask(stage, channelId, 'pic3')).toMatch(/picture 3 of 3\.$/);
    expect(await ask(stage, channelId, 'Und Bild 2?')).toMatch(/picture 2 of 3\.$/);
    expect(await ask(stage, channelId, 'Et la dernière ?')).toMatch(/picture 3 of 3\.$/);
    expect(await ask(stage, channelId, '¿Y la segunda imagen?')).toMatch(/picture 2 of 3\.$/);
    expect(await ask(stage, channelId, '3枚目は？')).toMatch(/picture 3 of 3\.$/);
    expect(await ask(stage, channelId, '第二张呢？')).toMatch(/picture 2 of 3\.$/);
    // There is no tenth picture, so that it is something in this one.
    expect(await ask(stage, channelId, 'What is in number 10?')).toMatch(/a bee/);
    await replyTo(me, me.post({ channelId, files: [await picture('rocket')] }));
    expect(await ask(stage, channelId, 'Is there a bee in picture two?')).toBe('no');
  });

  it('are looked at one at a time, which is said where a question names two', async () => {
    const { me, mention } = await openStage(backend, { limits: quickly });
    const posted = me.post({ files: await three() });
    const asked = async (question: string) =>
      (await replyTo(me, me.post({ content: `${mention} ${question}`, replyTo: posted.id }))).content;
    expect(await asked('Compare picture 1 and picture 2')).toMatch(/^I look at one picture at a time\./);
    expect(await asked('Is picture 3 like the first picture?')).toMatch(/^I look at one picture at a time\./);
    expect(await asked('What is in picture 2, I mean picture 2?')).toMatch(/picture 2 of 3\.$/);
  });

  it.each([
    'Compare pictures 1 and 2',
    'Are both pictures on the wall red?',
    'What is in the first and the second picture?',
    'What is in picture 1, 2 and 3?',
    'What is in the second and third picture?',
    'What about the first and the last?',
    'Vergleiche die Bilder 1 und 2',
    'Was ist auf dem ersten und dem zweiten?',
    'Et la première et la deuxième ?',
    '¿Qué hay en la primera y la segunda?',
    'Was haben das erste und das zweite Bild gemeinsam?',
    'Compare les images 1 et 2',
    'Compara las imágenes 1 y 2',
    '画像1と2を比べて',
    '1枚目と2枚目の違いは？',
    '比较图片1和2',
    '第一张和第二张有什么区别？',
  ])('are looked at one at a time, which is said to "%s"', async (question) => {
    const { me, mention } = await openStage(backend, { limits: quickly });
    const content = `${mention} ${question}`;
    const answer = await replyTo(me, me.post({ content, files: await three() }));
    expect(answer.content).toMatch(/^I look at one picture at a time\./);
    // Of one alone it is a question like any other.
    expect((await replyTo(me, me.post({ content, files: [await picture('rocket')] }))).content).not.toMatch(
      /at a time/,
    );
  });

  it('that are named together are told apart from those that are not there', async () => {
    const { me, mention } = await openStage(backend, { limits: quickly });
    const posted = me.post({ files: await three() });
    const asked = async (question: string) =>
      (await replyTo(me, me.post({ content: `${mention} ${question}`, replyTo: posted.id }))).content;
    expect(await asked('Compare pictures 1 and 4')).toMatch(/^You asked about picture 4, .* holds 3/);
    expect(await asked('Compare pictures 3 and 3')).toMatch(/picture [13] of 3\.$/);
    expect((await responseTo(me, me.run('ask', { question: 'Compare pictures 1 and 2' }))).content).toMatch(
      /^I look at one picture at a time\./,
    );
  });

  it('are chosen from in private where the answer was private', async () => {
    const stage = await openStage(backend);
    const { me, mention, discord } = stage;
    me.post({ files: await three() });
    const answer = await responseTo(me, me.run('caption', { private: true }));
    const second = await choose(stage, answer, 2);
    expect(second.content).toMatch(/^an umbrella/);
    const eve = discord.addPerson('Eve');
    expect(eve.read().map(({ id }) => id)).not.toContain(second.id);
    // What one chose alone changes nothing for the others.
    expect((await replyTo(eve, eve.post(`${mention} What is this?`))).content).toMatch(/^a rocket\n/);
  });

  it('are known to every command by the one that was chosen last, also after a restart', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const use = async (command: string, options = {}) =>
      (await responseTo(me, me.run(command, options))).content;
    const answer = await replyTo(me, me.post({ content: `${mention} What is this?`, files: await three() }));
    await choose(stage, answer, 2);
    await stage.restartBot();
    expect(await use('memory')).toContain('What is this? → an umbrella and a bee');
    expect(await use('memory')).not.toContain('a rocket');
    expect(await use('caption')).toMatch(/^an umbrella.*\n.*picture 2 of 3\./s);
    const byNumber = me.post(`${mention} What color is the background of picture 3?`);
    expect((await replyTo(me, byNumber)).content).toMatch(/^white\n/);
    expect(await use('ask', { question: 'What color is the background?' })).toMatch(
      /\nwhite\n.*picture 3 of 3/,
    );
    const threadId = threadIn(await responseTo(me, me.run('chat')));
    expect(await ask(stage, threadId, 'What is this?')).toBe('a strawberry and a star');
    const inThread = await responseTo(me, me.run('caption', {}, threadId));
    expect(inThread.content).toMatch(/^a strawberry.*\n.*picture 3 of 3\./s);
  });

  it('are known so in direct messages as well', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const channelId = me.directMessages();
    const answer = await replyTo(me, me.post({ channelId, files: await three() }));
    await choose(stage, answer, 2);
    const caption = await responseTo(me, me.run('caption', {}, channelId));
    expect(caption.content).toMatch(/^an umbrella.*\n.*picture 2 of 3\./s);
    expect(menuOf(caption).chosen).toBe(2);
    const asked = await responseTo(
      me,
      me.run('ask', { question: 'What color is the background?' }, channelId),
    );
    expect(asked.content).toMatch(/\npurple\n.*picture 2 of 3\./);
  });

  it('that are gone when one is chosen are said to be gone', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    const image = me.post({ files: await three() });
    const answer = await replyTo(me, me.post({ content: mention, replyTo: image.id }));
    me.delete(image);
    expect((await choose(stage, answer, 2)).content).toMatch(/^That image is gone\. Post it again/);
  });
});
