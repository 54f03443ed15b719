import { describe, expect, it } from 'vitest';
import { EditsOfOne } from '../../src/edits-of-one.ts';
import { deferred } from '../support/deferred.ts';

describe('edits of one message', () => {
  it('let what was lost in any of them be forgotten once, behind the last', async () => {
    const edits = new EditsOfOne();
    const [first, second] = [deferred(), deferred()];
    const calledOff = edits.follow('a', true, () => first.promise);
    const last = edits.follow('a', false, () => second.promise);
    first.resolve();
    expect(await calledOff).toBe(false);
    second.resolve();
    expect(await last).toBe(true);
    expect(await edits.follow('a', false, async () => {})).toBe(false);
  });

  it('are not held up by those of another message, nor by one that failed', async () => {
    const edits = new EditsOfOne();
    const other = deferred();
    const held = edits.follow('b', true, () => other.promise);
    const failed = edits.follow('a', true, () => Promise.reject(new Error('gone')));
    await expect(failed).rejects.toThrow('gone');
    expect(await edits.follow('a', true, async () => {})).toBe(true);
    other.resolve();
    expect(await held).toBe(true);
  });
});
