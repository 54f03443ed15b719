// Bars as SVG, in panels below each other, legible on light and dark pages.

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** What stands beside it. */
  readonly text: string;
}

export interface Panel {
  /** May be empty. */
  readonly title: string;
  readonly bars: readonly Bar[];
  /** A value that a line is drawn at. */
  readonly mark?: number;
}

const WIDTH = 720;
const MARGIN = 16;
const LABELS = 290;
/** For the text behind the longest bar. */
const TEXTS = 100;
const LINE = 22;
const BAR = 14;
const TITLE = 30;
const STYLE =
  'text{font:13px system-ui,sans-serif;fill:#24292f}.title{font-weight:600;font-size:15px}' +
  '.panel{font-weight:600}.bar{fill:#3b82c4}.worse{fill:#c4703b}.mark{stroke:#57606a;stroke-dasharray:3 3}' +
  '.page{fill:#fff}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.page{fill:#0d1117}.mark{stroke:#9198a1}}';

/** Each panel has a scale of its own, from 0. */
export function barChart(title: string, panels: readonly Panel[]): string {
  const parts: string[] = [text(MARGIN, MARGIN + 12, title, 'title')];
  let top = MARGIN + TITLE;
  for (const panel of panels) {
    parts.push(...drawPanel(panel, top));
    top += heightOf(panel);
  }
  const size = `width="${WIDTH}" height="${top}" viewBox="0 0 ${WIDTH} ${top}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escaped(title)}">`,
    `<style>${STYLE}</style>`,
    `<rect class="page" width="${WIDTH}" height="${top}" rx="6"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

const heightOf = ({ title, bars }: Panel) => (title === '' ? 0 : LINE) + bars.length * LINE + MARGIN;

function drawPanel({ title, bars, mark }: Panel, top: number): string[] {
  const first = title === '' ? top : top + LINE;
  const measured = bars.map(({ value }) => value).filter((value) => !Number.isNaN(value));
  const most = Math.max(...measured, mark ?? 0);
  const lengthOf = (value: number) => ((WIDTH - MARGIN - LABELS - TEXTS) * value) / most;
  const lines = bars.flatMap(({ label, value, text: beside }, at) => {
    const y = first + at * LINE;
    const named = text(LABELS - 8, y + 12, label, 'label', 'end');
    if (Number.isNaN(value)) return [named];
    const length = lengthOf(value).toFixed(1);
    const kind = mark !== undefined && value < mark ? 'bar worse' : 'bar';
    return [
      named,
      `<rect class="${kind}" x="${LABELS}" y="${y + 1}" width="${length}" height="${BAR}"/>`,
      text(LABELS + Number(length) + 6, y + 12, beside),
    ];
  });
  const heading = title === '' ? [] : [text(MARGIN, top + 12, title, 'panel')];
  return mark === undefined
    ? [...heading, ...lines]
    : [...heading, ...lines, line(lengthOf(mark), first, bars.length)];
}

function line(length: number, top: number, bars: number): string {
  const x = (LABELS + length).toFixed(1);
  return `<line class="mark" x1="${x}" x2="${x}" y1="${top - 2}" y2="${top + bars * LINE}"/>`;
}

function text(x: number, y: number, words: string, kind?: string, anchor?: string): string {
  const attributes = `${kind ? ` class="${kind}"` : ''}${anchor ? ` text-anchor="${anchor}"` : ''}`;
  return `<text x="${x.toFixed(1).replace('.0', '')}" y="${y}"${attributes}>${escaped(words)}</text>`;
}

const escaped = (words: string) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('`', '');
