import { describe, expect, it } from 'vitest';
import { ConversationError } from '../../conversation/errors.ts';
import { QuestionLines } from '../../conversation/question-lines.ts';
import { deferred } from '../support/deferred.ts';

const times = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));

describe('the questions that wait in a conversation', () => {
  it('are eight of one person at most, and others still may ask', async () => {
    const lines = new QuestionLines();
    const answer = deferred<string>();
    const waiting = times(8, () => lines.join('thread', 'ada', () => answer.promise));
    const refusal = lines.join('thread', 'ada', async () => 'never');
    await expect(refusal).rejects.toThrow(ConversationError);
    await expect(refusal).rejects.toThrow(
      'I still have 8 questions of yours here. Ask again when they are answered.',
    );
    await expect(lines.join('thread', 'grace', async () => 'yes')).resolves.toBe('yes');
    await expect(lines.join('another', 'ada', async () => 'yes')).resolves.toBe('yes');
    answer.resolve('yes');
    expect(await Promise.all(waiting)).toHaveLength(8);
    await expect(lines.join('thread', 'ada', async () => 'again')).resolves.toBe('again');
  });

  it('are 24 at most, whoever asks', async () => {
    const lines = new QuestionLines();
    const answer = deferred<string>();
    const waiting = times(24, (at) => lines.join('thread', `person ${at}`, () => answer.promise));
    const refusal = lines.join('thread', 'ada', async () => 'never');
    await expect(refusal).rejects.toThrow('I still have 24 questions to answer here. Ask again in a while.');
    answer.resolve('yes');
    await Promise.all(waiting);
  });

  it('make room when an answer fails', async () => {
    const lines = new QuestionLines();
    for (let at = 0; at < 9; at++) {
      const failing = lines.join('thread', 'ada', () => Promise.reject(new Error('the model failed')));
      await expect(failing).rejects.toThrow('the model failed');
    }
  });
});
