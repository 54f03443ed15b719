import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Typing } from '../../commands/typing.ts';
import { deferred } from '../support/deferred.ts';
import { silentLog } from '../support/logs.ts';

function channelThatCounts(id = 'channel') {
  return { id, sendTyping: vi.fn(async () => {}) };
}

describe('Typing', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('types at once, again before Discord stops showing it, and never after the work is done', async () => {
    const channel = channelThatCounts();
    const work = deferred<string>();
    const answer = new Typing(silentLog).during(channel, () => work.promise);
    expect(channel.sendTyping).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(channel.sendTyping).toHaveBeenCalledTimes(2);
    work.resolve('a dog');
    expect(await answer).toBe('a dog');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(channel.sendTyping).toHaveBeenCalledTimes(2);
  });

  it('stops when the work fails', async () => {
    const channel = channelThatCounts();
    const failing = new Typing(silentLog).during(channel, async () => {
      throw new Error('out of memory');
    });
    await expect(failing).rejects.toThrow('out of memory');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(channel.sendTyping).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('goes on until the last of several answers in a channel is there', async () => {
    const channel = channelThatCounts();
    const typing = new Typing(silentLog);
    const [first, second] = [deferred(), deferred()];
    const answers = [
      typing.during(channel, () => first.promise),
      typing.during(channel, () => second.promise),
    ];
    expect(channel.sendTyping).toHaveBeenCalledTimes(1);
    first.resolve();
    await answers[0];
    await vi.advanceTimersByTimeAsync(8_000);
    expect(channel.sendTyping).toHaveBeenCalledTimes(2);
    second.resolve();
    await answers[1];
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves room for answers in what Discord allows in a second, however many are being made', async () => {
    const channels = Array.from({ length: 60 }, (_, index) => channelThatCounts(`channel ${index}`));
    const typing = new Typing(silentLog);
    const work = deferred();
    const signs = () => channels.reduce((sum, { sendTyping }) => sum + sendTyping.mock.calls.length, 0);
    const answers = channels.slice(0, 50).map((channel) => typing.during(channel, () => work.promise));
    expect(signs()).toBe(20);
    await vi.advanceTimersByTimeAsync(1_000);
    answers.push(...channels.slice(50).map((channel) => typing.during(channel, () => work.promise)));
    expect(signs()).toBe(30);
    work.resolve();
    await Promise.all(answers);
  });

  it('answers although typing can not be shown', async () => {
    const channel = { id: 'channel', sendTyping: () => Promise.reject(new Error('50013')) };
    expect(await new Typing(silentLog).during(channel, async () => 'a cat')).toBe('a cat');
  });

  it('asks no more for what was refused', async () => {
    const sendTyping = vi.fn(() => Promise.reject(new Error('50001')));
    const work = deferred();
    const answer = new Typing(silentLog).during({ id: 'channel', sendTyping }, () => work.promise);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sendTyping).toHaveBeenCalledTimes(1);
    work.resolve();
    await answer;
  });

  it('holds no answer back while Discord is slow to take the sign, and calls the sign back', async () => {
    const sendTyping = vi.fn((_signal: AbortSignal) => new Promise<void>(() => {}));
    const answer = new Typing(silentLog).during({ id: 'channel', sendTyping }, async () => 'a cat');
    const nextTick = new Promise((resolve) => process.nextTick(resolve, 'nothing'));
    expect(await Promise.race([answer, nextTick])).toBe('a cat');
    expect(sendTyping.mock.calls[0]?.[0].aborted).toBe(true);
  });
});
