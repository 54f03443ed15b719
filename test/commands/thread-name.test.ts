import { describe, expect, it } from 'vitest';
import { threadName } from '../../commands/visual-chat.ts';

describe('threadName', () => {
  it('is the caption on one line', () => {
    expect(threadName('a rocket\n on red ', 'en-US')).toBe('a rocket on red');
  });

  it('fits into the 100 characters that Discord takes, cut between words', () => {
    const name = threadName('an apple and '.repeat(20), 'en-US');
    expect(name.length).toBeLessThanOrEqual(100);
    expect(name).toMatch(/(an|apple|and)…$/);
    expect(threadName('x'.repeat(101), 'en-US')).toBe(`${'x'.repeat(99)}…`);
  });

  it('is there for a model that says nothing, too', () => {
    expect(threadName(' ', 'en-US')).toBe('About this picture');
  });
});
