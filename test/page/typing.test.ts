import { describe, expect, it } from 'vitest';
import { focusedIn, isForComposer } from '../../src/playground/page/typing.ts';

const noMore = {
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  defaultPrevented: false,
};

function isTaken(key: string, more: Partial<typeof noMore> = {}, isField = false): boolean {
  return isForComposer({ key, ...noMore, ...more }, { matches: () => isField });
}

describe('keys that are pressed outside of the composer', () => {
  it.each(['a', 'Z', '7', '/', 'ß', '😀'])('%s goes to it', (key) => expect(isTaken(key)).toBe(true));

  it.each(['Enter', 'Tab', 'Escape', 'ArrowUp', 'PageDown', 'F5', 'Shift', ' '])('%s stays', (key) =>
    expect(isTaken(key)).toBe(false),
  );

  it('stay in a field that has the focus, in an input method, and where they did something', () => {
    expect(isTaken('a', {}, true)).toBe(false);
    expect(isTaken('a', { isComposing: true })).toBe(false);
    expect(isTaken('a', { defaultPrevented: true })).toBe(false);
  });

  it('that are shortcuts stay, but for the one that pastes', () => {
    expect([isTaken('c', { ctrlKey: true }), isTaken('r', { metaKey: true })]).toEqual([false, false]);
    expect(isTaken('a', { altKey: true })).toBe(false);
    expect(isTaken('@', { ctrlKey: true, altKey: true })).toBe(true); // AltGr
    expect([isTaken('v', { ctrlKey: true }), isTaken('V', { metaKey: true })]).toEqual([true, true]);
  });

  it('are judged by the innermost element with the focus', () => {
    const field = { id: 'field' };
    const host = { shadowRoot: { activeElement: { shadowRoot: { activeElement: field } } } };
    expect(focusedIn({ activeElement: host } as never)).toBe(field);
    expect(focusedIn({ activeElement: null } as never)).toBeNull();
  });
});
