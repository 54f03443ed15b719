import { describe, expect, it } from 'vitest';
import { parseInline, parseMarkdown, plainText } from '../../src/playground/page/markdown.ts';

const text = (text: string) => ({ type: 'text', text });

describe('parseInline', () => {
  it('nests bold, italic and underline', () => {
    expect(parseInline('a **b *c* __d__**')).toEqual([
      text('a '),
      {
        type: 'bold',
        children: [
          text('b '),
          { type: 'italic', children: [text('c')] },
          text(' '),
          { type: 'underline', children: [text('d')] },
        ],
      },
    ]);
  });

  it('reads bold italics written with three asterisks', () => {
    expect(parseInline('***x***')).toEqual([
      { type: 'bold', children: [{ type: 'italic', children: [text('x')] }] },
    ]);
  });

  it.each(['2 * 3 * 4', 'snake_case_name', 'a ** b', '<script>alert(1)</script>', '<@blipcord>'])(
    'leaves %s as it is',
    (source) => expect(parseInline(source)).toEqual([text(source)]),
  );

  it.each(['****', '*****', '____', 'a **** b', '~~~~~', 'a****b'])(
    'leaves the marks %s as they are',
    (source) => expect(plainText(source, () => '')).toBe(source),
  );

  it('reads bold between four asterisks all the same', () => {
    expect(plainText('****x****', () => '')).toBe('x');
  });

  it('takes markdown in code literally', () => {
    expect(parseInline('`**a**` b')).toEqual([{ type: 'code', text: '**a**' }, text(' b')]);
  });

  it('reads mentions of users, channels and commands', () => {
    expect(parseInline('<@1><@!2><#3></caption:4>')).toEqual([
      { type: 'user', id: '1' },
      { type: 'user', id: '2' },
      { type: 'channel', id: '3' },
      { type: 'command', name: 'caption' },
    ]);
  });

  it('links web addresses without the full stop behind them, and no other scheme', () => {
    expect(parseInline('see https://example.org/a?b=c.')).toEqual([
      text('see '),
      { type: 'link', url: 'https://example.org/a?b=c', children: [text('https://example.org/a?b=c')] },
      text('.'),
    ]);
    expect(parseInline('[x](javascript:alert(1))')).toEqual([text('[x](javascript:alert(1))')]);
  });

  it('gives back what a backslash protects', () => {
    expect(plainText('\\*not italic\\*', () => '')).toBe('*not italic*');
  });
});

describe('parseMarkdown', () => {
  it('keeps code blocks apart from the text around them', () => {
    expect(parseMarkdown('a\n```ts\nlet b;\n```\nc')).toEqual([
      { type: 'paragraph', children: [text('a')] },
      { type: 'codeBlock', text: 'let b;' },
      { type: 'paragraph', children: [text('c')] },
    ]);
  });

  it('reads headings, quotes, lists and subtext by their lines', () => {
    expect(parseMarkdown('# A\n> b\n> c\n- d\n- e\n-# f').map(({ type }) => type)).toEqual([
      'heading',
      'quote',
      'list',
      'subtext',
    ]);
  });

  it('numbers a list from the number that it begins with', () => {
    expect(parseMarkdown('3. a\n4. b\ntext\n10. c')).toMatchObject([
      { type: 'list', start: 3 },
      { type: 'paragraph' },
      { type: 'list', start: 10 },
    ]);
    expect(parseMarkdown('- a')[0]).not.toHaveProperty('start');
  });

  it('reads a long text of asterisks in no time', () => {
    expect(() => parseMarkdown('*a '.repeat(700))).not.toThrow();
  });
});
