// Discord's markdown, read into a tree. Nothing here makes HTML: the tree is drawn by components/markdown.ts as
// text nodes, so whatever a person types stays text.

export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: Wrapper; readonly children: readonly Inline[] }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'link'; readonly url: string; readonly children: readonly Inline[] }
  | { readonly type: 'user' | 'role' | 'channel'; readonly id: string }
  | { readonly type: 'emoji'; readonly id: string; readonly name: string; readonly animated: boolean }
  | { readonly type: 'command'; readonly name: string }
  | { readonly type: 'time'; readonly unix: number; readonly isRelative: boolean };

export type Block =
  | { readonly type: 'paragraph' | 'subtext'; readonly children: readonly Inline[] }
  | { readonly type: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly type: 'quote'; readonly blocks: readonly Block[] }
  | { readonly type: 'list'; readonly start?: number; readonly items: readonly (readonly Inline[])[] }
  | { readonly type: 'codeBlock'; readonly text: string };

type Wrapper = 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler';

const codeBlock = /```(?:[\w+#-]*\n)?([\s\S]+?)```/;

/** Reads a message's content. Never fails: what is no markdown is text. */
export function parseMarkdown(source: string): readonly Block[] {
  const blocks: Block[] = [];
  let rest = source;
  for (let found = codeBlock.exec(rest); found; found = codeBlock.exec(rest)) {
    blocks.push(...parseLines(rest.slice(0, found.index)));
    blocks.push({ type: 'codeBlock', text: (found[1] ?? '').replace(/\n$/, '') });
    rest = rest.slice(found.index + found[0].length).replace(/^\n/, '');
  }
  return [...blocks, ...parseLines(rest)];
}

function parseLines(source: string): readonly Block[] {
  const lines = source.replace(/\n$/, '').split('\n');
  const blocks: Block[] = [];
  while (lines.length > 0 && source !== '') blocks.push(takeBlock(lines));
  return blocks;
}

/** Takes the lines of the next block off the front. */
function takeBlock(lines: string[]): Block {
  const first = lines[0] ?? '';
  if (first.startsWith('>>> ')) {
    const text = lines.splice(0).join('\n').slice(4);
    return { type: 'quote', blocks: parseLines(text) };
  }
  const quoted = takeWhile(lines, /^> (.*)$/);
  if (quoted.length > 0) return { type: 'quote', blocks: parseLines(quoted.join('\n')) };
  const bullets = takeWhile(lines, /^\s*[-*] (.+)$/);
  if (bullets.length > 0) return { type: 'list', items: bullets.map(parseInline) };
  const start = Number.parseInt(first, 10);
  const numbered = takeWhile(lines, /^\s*\d+\. (.+)$/);
  if (numbered.length > 0) return { type: 'list', start, items: numbered.map(parseInline) };
  return takeTextBlock(lines);
}

function takeTextBlock(lines: string[]): Block {
  const line = lines.shift() ?? '';
  const heading = /^(#{1,3}) (.+)$/.exec(line);
  if (heading) {
    return { type: 'heading', level: heading[1]?.length ?? 1, children: parseInline(heading[2] ?? '') };
  }
  if (line.startsWith('-# ')) return { type: 'subtext', children: parseInline(line.slice(3)) };
  const paragraph = [line];
  while (lines[0] !== undefined && !opensBlock(lines[0])) paragraph.push(lines.shift() ?? '');
  return { type: 'paragraph', children: parseInline(paragraph.join('\n')) };
}

function opensBlock(line: string): boolean {
  return /^(>>> |> |\s*[-*] .|\s*\d+\. .|#{1,3} .|-# )/.test(line);
}

function takeWhile(lines: string[], pattern: RegExp): string[] {
  const taken: string[] = [];
  for (let found = pattern.exec(lines[0] ?? ''); found; found = pattern.exec(lines[0] ?? '')) {
    taken.push(found[1] ?? '');
    lines.shift();
  }
  return taken;
}

interface Rule {
  /** Anchored at the place that is being read. */
  readonly pattern: RegExp;
  readonly read: (...groups: string[]) => Inline;
}

const rules: readonly Rule[] = [
  // Nothing but marks is a line that somebody drew.
  { pattern: /(?<!\S)([*_~|]{4,})(?!\S)/y, read: (text) => ({ type: 'text', text }) },
  { pattern: /\\([^\w\s])/y, read: (text) => ({ type: 'text', text }) },
  {
    pattern: /(`{1,2})((?:(?!\1)[\s\S])+)\1/y,
    read: (_, text) => ({ type: 'code', text: text.trim() || text }),
  },
  { pattern: /<@!?(\d+)>/y, read: (id) => ({ type: 'user', id }) },
  { pattern: /<@&(\d+)>/y, read: (id) => ({ type: 'role', id }) },
  { pattern: /<#(\d+)>/y, read: (id) => ({ type: 'channel', id }) },
  { pattern: /<\/([^:>]+):\d+>/y, read: (name) => ({ type: 'command', name }) },
  {
    pattern: /<(a?):(\w+):(\d+)>/y,
    read: (moves, name, id) => ({ type: 'emoji', id, name, animated: moves === 'a' }),
  },
  {
    pattern: /<t:(\d+)(?::(\w))?>/y,
    read: (seconds, style) => ({ type: 'time', unix: Number(seconds), isRelative: style === 'R' }),
  },
  {
    pattern: /\[([^\]\n]+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/y,
    read: (text, url) => link(url, parseInline(text)),
  },
  { pattern: /<(https?:\/\/[^\s>]+)>/y, read: (url) => link(url) },
  { pattern: /(https?:\/\/[^\s<]+[^\s<.,:;"')\]*_~|])/y, read: (url) => link(url) },
  { pattern: /\*\*([\s\S]+?)\*\*(?!\*)/y, read: wrapper('bold') },
  { pattern: /__([\s\S]+?)__(?!_)/y, read: wrapper('underline') },
  { pattern: /~~([\s\S]+?)~~/y, read: wrapper('strike') },
  { pattern: /\|\|([\s\S]+?)\|\|/y, read: wrapper('spoiler') },
  { pattern: /\*(?=\S)(?!\*{3})((?:\*\*|[^*])+?)\*(?!\*)/y, read: wrapper('italic') },
  { pattern: /_((?:__|[^_])+?)_(?!\w)/y, read: wrapper('italic') },
];

export function parseInline(source: string): readonly Inline[] {
  const nodes: Inline[] = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    const read = readAt(source, at);
    if (!read) text += source[at++];
    else {
      if (text) nodes.push({ type: 'text', text });
      text = '';
      nodes.push(read.node);
      at += read.length;
    }
  }
  if (text) nodes.push({ type: 'text', text });
  return nodes;
}

function readAt(source: string, at: number): { node: Inline; length: number } | undefined {
  const before = source[at - 1] ?? ' ';
  if (/\w/.test(source[at] ?? '') && /\w/.test(before)) return undefined;
  if (source[at] === '_' && /\w/.test(before)) return undefined;
  for (const { pattern, read } of rules) {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found) return { node: read(...found.slice(1).map((group) => group ?? '')), length: found[0].length };
  }
  return undefined;
}

function wrapper(type: Wrapper): (text: string) => Inline {
  return (text) => ({ type, children: parseInline(text) });
}

function link(url: string, children: readonly Inline[] = [{ type: 'text', text: url }]): Inline {
  return { type: 'link', url, children };
}

/** The words alone, for previews of one line. */
export function plainText(source: string, nameOf: (node: Inline) => string): string {
  const words = (nodes: readonly Inline[]): string =>
    nodes
      .map((node) => {
        if ('children' in node) return words(node.children);
        return 'text' in node ? node.text : nameOf(node);
      })
      .join('');
  const blockWords = (block: Block): string => {
    if (block.type === 'codeBlock') return block.text;
    if (block.type === 'quote') return block.blocks.map(blockWords).join(' ');
    if (block.type === 'list') return block.items.map(words).join(' ');
    return words(block.children);
  };
  return parseMarkdown(source).map(blockWords).join(' ').replace(/\s+/g, ' ').trim();
}
