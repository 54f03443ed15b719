// What the memory puts before the model: exact token ids in a thread, after the window has slid and after a restart.
import Database from 'libsql';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from '../../models/backend.ts';
import { emojiPromptIds } from '../models/support/goldens.ts';
import { deferred } from '../support/deferred.ts';
import { emojiForFile, type WatchedBackend, watch } from './backends.ts';
import { featureDistance, logitDistance, tolerance } from './reference.ts';
import {
  ask,
  buttonOf,
  chatAboutRocket,
  openStage,
  picture,
  quickly,
  replyTo,
  responseTo,
  threadIn,
} from './stage.ts';

const rocketTurns = [
  ['What is this?', 'a rocket'],
  ['What color is the background?', 'red'],
] as const;

type Turns = readonly (readonly [question: string, answer: string])[];

/** What transformers' tokenizer makes of these turns and a question behind them. */
function idsAfter(turns: Turns, question: string): readonly number[] {
  const past = turns.map(([asked, answer]) => `Question: ${asked} Answer: ${answer}. `).join('');
  return emojiPromptIds(`${past}Question: ${question} Answer:`);
}

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});

describe('the decoder', () => {
  it('gets both turns before it in turn three of a thread, and makes of it what transformers does', async () => {
    const stage = await openStage(backend);
    const threadId = await chatAboutRocket(stage);
    for (const [question, answer] of rocketTurns) expect(await ask(stage, threadId, question)).toBe(answer);
    expect(await ask(stage, threadId, 'Is there a car?')).toBe('no');
    const last = backend.decoded.at(-1);
    expect(last?.prompt).toBe(
      'Question: What is this? Answer: a rocket. Question: What color is the background? Answer: red. Question: Is there a car? Answer:',
    );
    expect(last?.ids).toEqual(idsAfter(rocketTurns, 'Is there a car?'));
    expect(await featureDistance(last?.features, 'scene3.png')).toBeLessThan(tolerance);
    expect(await logitDistance(last)).toBeLessThan(tolerance);
  });

  it('gets the newest turns, whole, once the window has slid', async () => {
    const turns: Turns = [
      ...rocketTurns,
      ['Is there a car?', 'no'],
      ['Is there a rocket?', 'yes'],
      ['Is there a dog?', 'no'],
    ];
    const question = 'Is there a cat?';
    // Two tokens too few for a fourth turn. Beside a shorter question it would fit, so that it is kept, but not shown.
    const answerTokens = 24;
    const windowTokens = 16 + idsAfter(turns.slice(1), question).length + answerTokens - 2;
    const stage = await openStage(backend, { windowTokens, answerTokens, limits: quickly });
    const threadId = await chatAboutRocket(stage);
    const said = async (asked: string) => (await ask(stage, threadId, asked)).split('\n')[0];
    for (const [asked, answer] of turns) expect(await said(asked)).toBe(answer);
    expect(await said(question)).toBe('no');
    expect(backend.decoded.at(-1)?.ids).toEqual(idsAfter(turns.slice(2), question));
  });

  it('gets what it had before the bot was started anew', async () => {
    const stage = await openStage(backend);
    const threadId = await chatAboutRocket(stage);
    for (const [question] of rocketTurns) await ask(stage, threadId, question);
    await stage.restartBot();
    expect(await ask(stage, threadId, 'Is there a car?')).toBe('no');
    expect(backend.decoded.at(-1)?.ids).toEqual(idsAfter(rocketTurns, 'Is there a car?'));
  });

  it('gets in a thread what was asked in the reply chain that it continues', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    const question = me.post({
      content: `${mention} What is this?`,
      files: [await picture('rocket')],
    });
    const answer = await replyTo(me, question);
    const threadId = threadIn(await responseTo(me, me.press(answer, buttonOf(answer))));
    await ask(stage, threadId, 'Is there a car?');
    expect(backend.decoded.at(-1)?.prompt).toBe(
      'Question: What is this? Answer: a rocket. Question: Is there a car? Answer:',
    );
  });
});

describe('two people', () => {
  it('who ask at once in a thread are answered in turn, each with the turn before', async () => {
    const stage = await openStage(backend);
    const ada = stage.discord.addPerson('Ada');
    const threadId = await chatAboutRocket(stage);
    const questions = [
      stage.me.post({ channelId: threadId, content: 'What is this?' }),
      ada.post({ channelId: threadId, content: 'What color is the background?' }),
      stage.me.post({ channelId: threadId, content: 'Is there a car?' }),
    ];
    const answers = await Promise.all(questions.map((question) => replyTo(stage.me, question)));
    expect(answers.map(({ content }) => content)).toEqual(['a rocket', 'red', 'no']);
    expect(backend.decoded.at(-1)?.ids).toEqual(idsAfter(rocketTurns, 'Is there a car?'));
  });

  it('are answered in the order in which they asked, also where it takes longer to see what the first one means', async () => {
    const stage = await openStage(backend);
    const threadId = await chatAboutRocket(stage);
    const answer = await replyTo(
      stage.me,
      stage.me.post({ channelId: threadId, content: 'Is there a dog?' }),
    );
    await stage.restartBot();
    // What the answer replied to has to be asked from Discord now.
    const first = stage.me.post({ channelId: threadId, content: 'What is this?', replyTo: answer.id });
    const second = stage.me.post({ channelId: threadId, content: 'Is there a car?' });
    await Promise.all([first, second].map((question) => replyTo(stage.me, question)));
    expect(backend.decoded.at(-1)?.prompt).toMatch(
      /Answer: no\. Question: What is this\? Answer: a rocket\. Question: Is there a car\? Answer:$/,
    );
  });

  it('who ask about different pictures hear nothing of each other', async () => {
    const { me, discord, mention } = await openStage(backend);
    const ada = discord.addPerson('Ada');
    const [rocket, umbrella] = [
      me.post({ files: [await picture('rocket')] }),
      ada.post({ files: [await picture('umbrella')] }),
    ];
    for (const [question, aboutRocket, aboutUmbrella] of [
      ['What is this?', 'a rocket', 'an umbrella and a bee'],
      ['What color is the background?', 'red', 'purple'],
    ] as const) {
      const asked = [
        me.post({ content: `${mention} ${question}`, replyTo: rocket.id }),
        ada.post({ content: `${mention} ${question}`, replyTo: umbrella.id }),
      ];
      const answers = await Promise.all(asked.map((message) => replyTo(me, message)));
      expect(answers.map(({ content }) => content)).toEqual([aboutRocket, aboutUmbrella]);
    }
    expect(new Set(backend.decoded.slice(-2).map(({ prompt }) => prompt))).toEqual(
      new Set([
        'Question: What is this? Answer: a rocket. Question: What color is the background? Answer:',
        'Question: What is this? Answer: an umbrella and a bee. Question: What color is the background? Answer:',
      ]),
    );
  });
});

it('a thread opened while an answer is being made goes on with that answer', async () => {
  const thinking = deferred();
  let isFirst = true;
  const slow: Backend = {
    ...watch(model),
    async *generate(request) {
      if (request.prompt !== '' && isFirst) {
        isFirst = false;
        await thinking.promise;
      }
      return yield* backend.generate(request);
    },
  };
  const stage = await openStage(slow);
  const { me, mention, discord } = stage;
  const image = me.post({ files: [await picture('rocket')] });
  const question = me.post({ content: `${mention} What is this?`, replyTo: image.id });
  await discord.waitForEvent('typing');
  const opened = responseTo(me, me.run('chat'));
  await me.waitFor(({ content }) => content.startsWith('Ask about this picture'));
  thinking.resolve();
  await replyTo(me, question);
  await ask(stage, threadIn(await opened), 'Is there a car?');
  expect(backend.decoded.at(-1)?.prompt).toBe(
    'Question: What is this? Answer: a rocket. Question: Is there a car? Answer:',
  );
});

it('a memory that fails costs no answer, and one sentence says so', async () => {
  const stage = await openStage(backend);
  const channelId = await chatAboutRocket(stage);
  await ask(stage, channelId, 'What is this?');
  const database = new Database(stage.memory);
  database.exec('DROP TABLE records');
  database.close();
  expect(await ask(stage, channelId, 'What color is the background?')).toBe(
    "red\n*My memory fails: I may not know what was said before, and won't remember this. Please tell whoever runs me.*",
  );
  expect(
    stage.log.lines.filter(({ level }) => level === 'error').map(({ message }) => message),
  ).toContainEqual(expect.stringMatching(/^The store .* failed: no such table/));
});
