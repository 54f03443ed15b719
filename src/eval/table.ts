// An evaluation's rows as a person reads them.
import type { Row } from './report.ts';

const HEADER = ['', 'value', '95 % interval', 'asked', 'pictures'];
const TITLES: Readonly<Record<Row['group'], string>> = {
  questions: 'Questions',
  captions: 'Captions',
  memory: 'Questions that follow others',
  compared: 'Compared, in points',
};

/** Of one group after the other; numbers stand under each other. */
export function renderTable(rows: readonly Row[], comparedWith?: string): string {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const lines = [
    HEADER,
    ...groups.flatMap((group) => [
      [group === 'compared' ? `Against ${comparedWith}, in points` : TITLES[group]],
      ...rows.filter((row) => row.group === group).map(cellsOf),
    ]),
  ];
  const widths = HEADER.map((_, column) =>
    Math.max(...lines.map((line) => (line.length > 1 ? (line[column]?.length ?? 0) : 0))),
  );
  return lines
    .map((line) =>
      line
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

function cellsOf({ group, score, what, value, low, high, items, pictures }: Row): string[] {
  const isDifference = group === 'compared' || what === 'what memory gives';
  const number = (one: number) => {
    const text = one.toFixed(1).replace(/^-(0\.0)$/, '$1');
    return isDifference && Number(text) > 0 ? `+${text}` : text;
  };
  const interval =
    low === undefined || high === undefined ? 'one picture' : `${number(low)} to ${number(high)}`;
  return [`  ${score}, ${what}`, number(value), interval, String(items), String(pictures)];
}
