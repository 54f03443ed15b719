import { describe, expect, it } from 'vitest';
import type { AnswerProgress } from '../../conversation/conversations.ts';
import { StoppedError } from '../../models/errors.ts';
import { deferred } from '../support/deferred.ts';
import { about, dinosaur, openMemory } from './memory.ts';

/** Stages as they come, the same one after the other once. */
function listener() {
  const heard: AnswerProgress[] = [];
  const stages = () => heard.map(({ stage }) => stage).filter((stage, at, all) => stage !== all[at - 1]);
  return { heard, stages, onProgress: (progress: AnswerProgress) => void heard.push(progress) };
}

describe('how far an answer is', () => {
  it('is told from its picture to its words', async () => {
    const { conversations } = openMemory();
    const { heard, stages, onProgress } = listener();
    const { text } = await conversations.ask('thread', about(dinosaur, 'Where are they?', { onProgress }));
    expect(stages()).toEqual(['looking', 'thinking', 'writing']);
    await expect.poll(() => heard.at(-1)).toEqual({ stage: 'writing', text });
    expect(text).toBe('In the woods.');
  });

  it('is told of captions as well', async () => {
    const { conversations } = openMemory({ say: () => 'a dinosaur' });
    const { heard, stages, onProgress } = listener();
    const { image, fetchImage } = about(dinosaur, '');
    await conversations.caption({ image, fetchImage, onProgress });
    expect(stages()).toEqual(['looking', 'thinking', 'writing']);
    await expect.poll(() => heard.at(-1)).toEqual({ stage: 'writing', text: 'a dinosaur' });
  });

  it('begins anew where the model stopped in the middle of it', async () => {
    let fails = true;
    const { conversations } = openMemory({
      say: () => {
        if (!fails) return 'a torch';
        fails = false;
        throw new StoppedError('The thread has ended.');
      },
    });
    const { heard, stages, onProgress } = listener();
    await conversations.ask('thread', about(dinosaur, 'Where are they?', { onProgress }));
    expect(stages()).toEqual(['looking', 'thinking', 'writing']);
    await expect.poll(() => heard.at(-1)).toEqual({ stage: 'writing', text: 'a torch' });
  });

  it('is how many come before, as long as its conversation has others to answer', async () => {
    const thinking = deferred<string>();
    const { conversations } = openMemory({ say: () => thinking.promise });
    const first = conversations.ask('thread', about(dinosaur, 'Where are they?'));
    const { heard, stages, onProgress } = listener();
    const second = conversations.ask('thread', about(dinosaur, 'Who is there?', { onProgress }));
    await new Promise(setImmediate);
    expect(heard).toEqual([{ stage: 'waiting', before: 1 }]);
    thinking.resolve('no');
    await Promise.all([first, second]);
    expect(stages()).toEqual(['waiting', 'thinking', 'writing']);
  });
});
