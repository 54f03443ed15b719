// A table of a Markdown document.

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The first that comes after a text. */
export function readTable(document: string, after: string): Table {
  const start = document.indexOf(after);
  if (start < 0) throw new Error(`docs/performance.md doesn't say "${after}" any more. Mend bench/plots.`);
  const lines = document.slice(start).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const length = lines.slice(first).findIndex((line) => !line.startsWith('|'));
  const [head = [], , ...rows] = lines
    .slice(first, length < 0 ? undefined : first + length)
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
  return { head, rows };
}
