// Cuts a text into messages that Discord takes, where a reader would pause.

/** What Discord takes in one message. */
export const maxMessageCharacters = 2_000;

/** From the best place to the worst; each match ends where a part may end. */
const pauses = [/\n\n/g, /\n/g, /[.!?…]\s/g, /\s/g];

/** Parts of at most `limit` UTF-16 units, in order, none of them blank. */
export function splitText(text: string, limit = maxMessageCharacters): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const end = pauseBefore(rest, limit);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  if (rest) parts.push(rest);
  return parts;
}

function pauseBefore(text: string, limit: number): number {
  const head = text.slice(0, limit + 1);
  for (const pause of pauses) {
    // A pause near the beginning would make many short messages.
    const end = Math.min(
      limit,
      [...head.matchAll(pause)].reduce((_, match) => match.index + match[0].length, 0),
    );
    if (end > limit / 2) return end;
  }
  return hardCut(text, limit);
}

/** Neither between the halves of a surrogate pair nor between a backslash and what it escapes. */
function hardCut(text: string, limit: number): number {
  const last = text.slice(0, limit).match(/[\uD800-\uDBFF]$|(?<!\\)(?:\\\\)*\\$/);
  return last ? limit - 1 : limit;
}
