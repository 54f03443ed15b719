import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ConversationError } from '../../conversation/errors.ts';
import { QuestionLines } from '../../conversation/question-lines.ts';
import type { Standing } from '../../models/backend.ts';
import { deferred } from '../support/deferred.ts';

const times = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));

describe('the questions that wait in a conversation', () => {
  it('are eight of one person at most, and others still may ask', async () => {
    const lines = new QuestionLines();
    const answer = deferred<string>();
    const waiting = times(8, () => lines.join('thread', { askedBy: 'ada' }, () => answer.promise));
    const refusal = lines.join('thread', { askedBy: 'ada' }, async () => 'never');
    await expect(refusal).rejects.toThrow(ConversationError);
    await expect(refusal).rejects.toThrow(
      'I still have 8 questions of yours here. Ask again when they are answered.',
    );
    await expect(lines.join('thread', { askedBy: 'grace' }, async () => 'yes')).resolves.toBe('yes');
    await expect(lines.join('another', { askedBy: 'ada' }, async () => 'yes')).resolves.toBe('yes');
    answer.resolve('yes');
    expect(await Promise.all(waiting)).toHaveLength(8);
    await expect(lines.join('thread', { askedBy: 'ada' }, async () => 'again')).resolves.toBe('again');
  });

  it('are 24 at most, whoever asks', async () => {
    const lines = new QuestionLines();
    const answer = deferred<string>();
    const waiting = times(24, (at) =>
      lines.join('thread', { askedBy: `person ${at}` }, () => answer.promise),
    );
    const refusal = lines.join('thread', { askedBy: 'ada' }, async () => 'never');
    await expect(refusal).rejects.toThrow('I still have 24 questions to answer here. Ask again in a while.');
    answer.resolve('yes');
    await Promise.all(waiting);
  });

  it('make room when an answer fails', async () => {
    const lines = new QuestionLines();
    for (let at = 0; at < 9; at++) {
      const failing = lines.join('thread', { askedBy: 'ada' }, () =>
        Promise.reject(new Error('the model failed')),
      );
      await expect(failing).rejects.toThrow('the model failed');
    }
  });

  it('hear how many are before theirs, and how long those take once that was measured', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const lines = new QuestionLines();
    const answers = times(3, () => deferred());
    const heard: Standing[][] = [[], [], []];
    const begin: (() => void)[] = [];
    const asked = answers.map(({ promise }, at) =>
      lines.join(
        'thread',
        { askedBy: 'ada', onStanding: (standing) => heard[at]?.push(standing) },
        (begun) => {
          begin[at] = begun;
          return promise;
        },
      ),
    );
    expect(heard).toEqual([[], [{ before: 1 }], [{ before: 2 }]]);
    begin[0]?.();
    await vi.advanceTimersByTimeAsync(6_000);
    answers[0]?.resolve();
    await asked[0];
    expect(heard[1]).toHaveLength(1);
    expect(heard[2]?.at(-1)).toEqual({ before: 1, waitMs: 6_000 });
    begin[1]?.();
    await vi.advanceTimersByTimeAsync(2_000);
    const late: Standing[] = [];
    const next = lines.join(
      'thread',
      { askedBy: 'grace', onStanding: (standing) => late.push(standing) },
      async () => {},
    );
    expect(late).toEqual([{ before: 2, waitMs: 4_000 + 6_000 }]);
    for (const { resolve } of answers) resolve();
    await Promise.all([...asked, next]);
  });
});
