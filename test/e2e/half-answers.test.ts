// Drafts that a bot left when it was cut off are cleared once it is back.
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMessage, editMessage } from '../../src/playground/state/messages.ts';
import type { AnyChannel, StoredMessage } from '../../src/playground/state/world.ts';
import { type Dictated, dictated, emojiForFile, saying } from './backends.ts';
import { askRocketAgain, soon } from './draft-stage.ts';
import { answersIn, askAboutRocket, saidBy } from './in-chat.ts';
import {
  buttonOf,
  draftFor,
  openStage,
  picture,
  quickly,
  replyTo,
  responseTo,
  type Stage,
  type StageOptions,
} from './stage.ts';

const model = await emojiForFile();
let slow: Dictated;
beforeEach(() => {
  slow = dictated(model);
});

describe('half an answer, left by a bot that was cut off', () => {
  it('is no answer: the question is answered anew, once', async () => {
    const stage = await openStage(
      saying(model, () => 'a rocket'),
      { limits: quickly },
    );
    const { me, discord } = stage;
    const { world, channelId } = discord;
    await stage.stopBot();
    const question = await askAboutRocket(stage);
    const channel = world.channels.get(channelId) as AnyChannel;
    const context = { channel, author: world.bot, replyTo: { messageId: question.id } };
    createMessage(world, { content: 'a roc ⏳' }, context);
    await stage.restartBot();
    expect((await replyTo(me, question)).content).toBe('a rocket');
    await stage.stopBot();
    expect(saidBy(stage)).toEqual(['a rocket']);
  });

  it('to a command says that it will not be ended, and its turn is forgotten', async () => {
    const stage = await openStage(
      saying(model, () => 'a rocket'),
      { limits: quickly },
    );
    const { me, discord } = stage;
    const { world, channelId } = discord;
    me.post({ files: [await picture('rocket')] });
    const answer = await responseTo(me, me.run('ask', { question: 'What is this?' }));
    await stage.stopBot();
    const stored = world.messages.get(channelId)?.get(answer.id) as StoredMessage;
    editMessage(world, stored, { content: '> What is this?\na roc ⏳', components: [] });
    await stage.restartBot();
    const told = await me.waitFor(({ id, content }) => id === answer.id && !content.includes('⏳'));
    expect(told.content).toBe('I was restarted before I had answered. Ask again.');
    expect((await responseTo(me, me.run('memory'))).content).not.toContain('a rocket');
  });

  describe('in a channel that was quiet ever since', () => {
    /** The bot is gone, and an hour later it comes back; what it did last has failed. */
    async function crash(stage: Stage, failing: readonly { method: string; path: RegExp }[]) {
      for (const fault of failing) stage.discord.fail({ ...fault, status: 403 });
      await stage.stopBot();
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60 * 60_000 });
      onTestFinished(() => void vi.useRealTimers());
      await stage.restartBot();
    }
    const deadly: StageOptions = { ...soon, bot: { ...soon.bot, drainMs: 50 } };

    it('is removed', async () => {
      const stage = await openStage(slow, deadly);
      const question = await askAboutRocket(stage);
      slow.say('a roc');
      const draft = await draftFor(stage.me, question, /^a roc/);
      await crash(stage, [
        { method: 'DELETE', path: new RegExp(draft.id) },
        { method: 'POST', path: /\/messages$/ },
      ]);
      await expect.poll(() => answersIn(stage), { timeout: 10_000 }).toEqual([]);
    });

    it('to a command says that it will not be ended', async () => {
      const stage = await openStage(slow, deadly);
      const { me } = stage;
      me.post({ files: [await picture('rocket')] });
      const used = me.run('ask', { question: 'What is this?' });
      slow.say('a roc');
      await me.waitFor(({ content }) => /a roc ⏳$/.test(content), 10_000);
      await crash(stage, [{ method: 'PATCH', path: /\/webhooks\// }]);
      const told = await me.waitFor(
        ({ content, interaction_metadata: by }) => by?.id === used && !content.includes('⏳'),
        10_000,
      );
      expect(told.content).toBe('I was restarted before I had answered. Ask again.');
    });

    it('in the place of another gives that one back', async () => {
      const stage = await openStage(slow, deadly);
      const { me } = stage;
      const { question, old } = await askRocketAgain(stage, slow);
      slow.say('a com');
      await draftFor(me, question, /^a com ⏳/);
      await crash(stage, [{ method: 'PATCH', path: new RegExp(old.id) }]);
      const back = await me.waitFor(
        ({ id, content, components = [] }) =>
          id === old.id && content === 'a rocket' && components.length > 0,
        10_000,
      );
      expect(buttonOf(back, 'again')).toContain(question.id);
    });
  });

  it('is left alone where it is not left: while the bot goes on to write it after a new session', async () => {
    const stage = await openStage(slow, soon);
    const { me, discord } = stage;
    const question = await askAboutRocket(stage);
    slow.say('a rocket');
    const draft = await draftFor(me, question, /^a rocket/);
    discord.gateway.forgetSessions();
    discord.gateway.cut();
    await discord.waitForEvent('bot', ({ online }) => online, 15_000);
    await delay(300);
    slow.end();
    expect((await replyTo(me, question)).id).toBe(draft.id);
  });
});
