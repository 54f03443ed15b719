// /memory shows what the model would read next, to the letter and to the token.
import { beforeEach, describe, expect, it } from 'vitest';
import { emojiForFile, saying, type WatchedBackend, watch } from './backends.ts';
import { memoryIn } from './in-chat.ts';
import { ask, chatAboutRocket, openStage, picture, quickly, replyTo, responseTo } from './stage.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});

/** What stands in the block. */
function promptIn(text: string): string {
  return /```text\n(.*)\n```/s.exec(text)?.[1] ?? '';
}

/** `[143, 512]` of `143 / 512 tokens`. */
function tokensIn(text: string): number[] {
  return [...(/(\d+) \/ (\d+) tokens/.exec(text) ?? [])].slice(1).map(Number);
}

describe('/memory', () => {
  it('shows in a thread the turns, and the prompt and tokens that the model gets when that is asked', async () => {
    const stage = await openStage(backend);
    const threadId = await chatAboutRocket(stage);
    await ask(stage, threadId, 'What is this?');
    await ask(stage, threadId, 'What color is the background?');
    const text = await memoryIn(stage, threadId, 'Is there a car?');
    expect(text).toMatch(
      /^\*\*1\*\* What is this\? → a rocket\n\*\*2\*\* What color is the background\? → red$/m,
    );
    await ask(stage, threadId, 'Is there a car?');
    const last = backend.decoded.at(-1);
    expect(promptIn(text)).toBe(last?.prompt);
    const { queryTokens } = model.info;
    expect(tokensIn(text)).toEqual([queryTokens + Number(last?.ids.length), 512]);
    expect(text).toContain(`-# ${queryTokens + 1} of them are the picture and`);
    expect(text).toContain('; 40 more stay free for the answer.');
  });

  it('is seen by nobody else, and is no question', async () => {
    const stage = await openStage(backend);
    const ada = stage.discord.addPerson('Ada');
    const threadId = await chatAboutRocket(stage);
    const before = ada.read(threadId).length;
    const asked = backend.decoded.length;
    expect(await memoryIn(stage, threadId)).toContain('Nothing was asked about it yet.');
    expect(ada.read(threadId)).toHaveLength(before);
    expect(backend.decoded).toHaveLength(asked);
  });

  it('strikes out the turns that no longer fit, and counts those that are kept no longer', async () => {
    const stage = await openStage(backend, { windowTokens: 92, answerTokens: 24, limits: quickly });
    const threadId = await chatAboutRocket(stage);
    for (const question of ['What is this?', 'Is there a dog?', 'Is there a cat?', 'Is there a bee?']) {
      await ask(stage, threadId, question);
    }
    const text = await memoryIn(stage, threadId, 'Is there a car?');
    const struck = text.split('\n').filter((line) => line.startsWith('~~'));
    expect(struck).toEqual(['~~**1** What is this? → a rocket~~']);
    expect(text).toContain('What is struck out no longer fits');
    expect(promptIn(text)).not.toContain('What is this?');
    for (const question of ['Is there a rocket?', 'Is there a star?', 'Is there a dog?']) {
      await ask(stage, threadId, question);
    }
    expect(await memoryIn(stage, threadId)).toMatch(
      /-# The first \d questions are no longer kept\.\n\*\*\d\*\*/,
    );
  });

  it('shows in a channel the talk about the newest picture, and in direct messages that one', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    me.post({ files: [await picture('umbrella')] });
    await replyTo(me, me.post(`${mention} Is there a bee?`));
    me.post({ files: [await picture('rocket')] });
    expect(await memoryIn(stage)).toContain('Nothing was asked about it yet.');
    await replyTo(me, me.post(`${mention} What is this?`));
    expect(promptIn(await memoryIn(stage))).toBe(
      'Question: What is this? Answer: a rocket. Question: ? Answer:',
    );
    const channelId = me.directMessages();
    await replyTo(me, me.post({ channelId, content: 'Is there a bee?', files: [await picture('umbrella')] }));
    expect(promptIn(await memoryIn(stage, channelId))).toBe(
      'Question: Is there a bee? Answer: yes. Question: ? Answer:',
    );
  });

  it('hands out a prompt that fills more than a message as a file', async () => {
    const stage = await openStage(
      saying(model, () => 'so it is'),
      { limits: quickly },
    );
    const threadId = await chatAboutRocket(stage);
    for (const letter of ['a', 'b', 'c', 'd']) {
      await ask(stage, threadId, `Is ${letter} this ${'background '.repeat(40)}?`);
    }
    const question = `And ${'so '.repeat(30)}on?`;
    const { me } = stage;
    const answer = await responseTo(me, me.run('memory', { question }, threadId));
    expect(answer.attachments.map(({ filename }) => filename)).toEqual(['prompt.txt']);
    const url = answer.attachments[0]?.url ?? '';
    const prompt = await (await fetch(url)).text();
    expect(prompt).toMatch(/^Question: Is a this background .* Question: And so so .* so on\? Answer:$/);
    expect(answer.content).toContain('is in the file.');
  });

  it('says what to do where there is no picture', async () => {
    const stage = await openStage(backend);
    expect(await memoryIn(stage)).toMatch(/^I remember nothing here.* Post one and ask me about it\.$/);
  });
});

describe('the answer that pushes old turns out', () => {
  it('says so, once for each push, and not again after a restart', async () => {
    const stage = await openStage(backend, { windowTokens: 92, answerTokens: 24, limits: quickly });
    const threadId = await chatAboutRocket(stage);
    const notes: string[] = [];
    const questions = [
      'What is this?',
      'Is there a car?',
      'Is there a dog?',
      'Is there a cat?',
      'Is there a bee?',
    ];
    for (const question of questions) {
      notes.push(/-# From here on .*/.exec(await ask(stage, threadId, question))?.[0] ?? '');
    }
    expect(notes).toEqual(['', '', '', '', '-# From here on I no longer remember the first question.']);
    await stage.restartBot();
    // Shorter, so that nothing more has to go.
    expect(await ask(stage, threadId, 'a car?')).not.toContain('no longer remember the first question.');
    expect(await ask(stage, threadId, 'Is there a rocket or is there a car here?')).toMatch(
      /\n-# From here on I no longer remember the first \d questions\.$/,
    );
  });
});
