import { describe, expect, it } from 'vitest';
import { splitText } from '../../commands/split-text.ts';

describe('splitText', () => {
  it('leaves a text that fits as it is', () => {
    expect(splitText('x'.repeat(2_000))).toEqual(['x'.repeat(2_000)]);
  });

  it('gives nothing for a blank text', () => {
    expect(splitText(' \n ')).toEqual([]);
  });

  it('prefers the end of a paragraph, then of a line, a sentence, a word', () => {
    expect(splitText('one two.\n\nthree. four\nfive', 18)).toEqual(['one two.', 'three. four\nfive']);
    expect(splitText('one two. three\nfour five', 18)).toEqual(['one two. three', 'four five']);
    expect(splitText('one two three. four five', 18)).toEqual(['one two three.', 'four five']);
    expect(splitText('one two three four five', 18)).toEqual(['one two three four', 'five']);
  });

  it('takes a full stop that ends exactly at the limit', () => {
    expect(splitText('one two three fou. five', 18)).toEqual(['one two three fou.', 'five']);
  });

  it('cuts a text without pauses, but never a character or an escaped mark in two', () => {
    expect(splitText('abcdef', 4)).toEqual(['abcd', 'ef']);
    expect(splitText('abc😀def', 4)).toEqual(['abc', '😀de', 'f']);
    expect(splitText('abc\\*def', 4)).toEqual(['abc', '\\*de', 'f']);
    expect(splitText('ab\\\\def', 4)).toEqual(['ab\\\\', 'def']);
  });

  it('loses no word of a long text and keeps every part within the limit', () => {
    const words = Array.from({ length: 3_000 }, (_, index) => `word${index}${index % 17 === 0 ? '.' : ''}`);
    const parts = splitText(words.join(' '));
    expect(parts.every((part) => part.length <= 2_000)).toBe(true);
    expect(parts.join(' ').split(' ')).toEqual(words);
  });
});
