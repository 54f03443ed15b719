import { describe, expect, it } from 'vitest';
import { decodeText, encodeText, type Words } from '../../src/playground/page/written-text.ts';
import { bot, me } from './support/fake-client.ts';

const words: Words = {
  users: [me, bot] as never,
  emoji: [
    { id: '8', name: 'pizza', animated: false },
    { id: '9', name: 'bee', animated: true },
  ],
};

describe('written text', () => {
  it('has names where Discord has ids, and comes back the same', () => {
    const written = '@blipcord what is :pizza: beside :bee:?';
    const kept = '<@2> what is <:pizza:8> beside <a:bee:9>?';
    expect(encodeText(written, words)).toBe(kept);
    expect(decodeText(kept, words)).toBe(written);
  });

  it('leaves names alone that nobody has, and what is encoded already', () => {
    for (const text of ['@nobody :nothing: at 10:30:15', '<:pizza:8> <a:bee:9>'])
      expect(encodeText(text, words)).toBe(text);
    expect(decodeText('<@7> <:gone:7>', words)).toBe('<@7> <:gone:7>');
  });
});
