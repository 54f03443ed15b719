// Splits a stream of bytes into lines without ever holding more than one of them.

/** More than this of a line isn't kept. */
export const LONGEST_LINE = 1024 * 1024;

/**
 * Blank lines are left out, and so is a byte order mark. What a line has beyond LONGEST_LINE and one more character is
 * dropped, so that it can be told.
 */
export async function* splitLines(
  bytes: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder(); // drops a byte order mark
  let line = '';
  const add = (text: string) => {
    line += text.slice(0, LONGEST_LINE + 1 - line.length);
  };
  for await (const chunk of bytes) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const [rest = '', ...next] = text.split('\n');
    add(rest);
    for (const text of next) {
      if (line.trim() !== '') yield line;
      line = '';
      add(text);
    }
  }
  add(decoder.decode());
  if (line.trim() !== '') yield line;
}
