import { describe, expect, it } from 'vitest';
import { plainText, spoken } from '../../commands/plain-text.ts';

describe('plainText', () => {
  it('leaves an ordinary sentence as it is', () => {
    expect(plainText("it's a dog (left), 3.5 cats - and #2!")).toBe("it's a dog (left), 3.5 cats - and #2!");
  });

  it('shows emphasis, code, spoilers and masked links as they were written', () => {
    expect(plainText('*a* _b_ ~~c~~ ||d|| `e` [f](https://g.h)')).toBe(
      '\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\` \\[f\\](https://g.h)',
    );
  });

  it('makes no mention, custom emoji or timestamp', () => {
    expect(plainText('<@123> <:a:1> <t:0>')).toBe('\\<@123> \\<:a:1> \\<t:0>');
  });

  it('escapes headings, quotes and lists where a line begins', () => {
    expect(plainText('# a\n> b\n- c\n  + d\n12. e')).toBe('\\# a\n\\> b\n\\- c\n  \\+ d\n12\\. e');
  });

  it('keeps a backslash that the model wrote', () => {
    expect(plainText('a\\*')).toBe('a\\\\\\*');
  });
});

describe('spoken', () => {
  it('says so when the model fell silent, since Discord takes no empty message', () => {
    expect(spoken(' ', 'en-US')).toMatch(/no words/);
  });
});
