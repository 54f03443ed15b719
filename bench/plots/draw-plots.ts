// Which tables are drawn, and how.
import { type Bar, barChart, type Panel } from './bar-chart.ts';
import { readTable, type Table } from './read-table.ts';

export interface Plot {
  readonly file: string;
  readonly svg: string;
}

/** Of a table that compares precisions: what is worth a look. */
const WORTH_DRAWING = /^(loading from|caption|decoding|private memory until the end|resident memory)/;

/** @param document docs/performance.md */
export function drawPlots(document: string): Plot[] {
  const table = (after: string) => readTable(document, after);
  return [
    {
      file: 'base-against-transformers.svg',
      svg: ratioPlot(
        'base in f32: how many times better than transformers',
        ratios(table('`base`, 1.2 GB in f32')),
      ),
    },
    {
      file: 'opt-2.7b-against-transformers.svg',
      svg: ratioPlot(
        'opt-2.7b in f32: how many times better than transformers',
        ratios(table('`opt-2.7b`, 15 GB in f32')),
      ),
    },
    {
      file: 'int4-against-transformers.svg',
      svg: ratioPlot(
        'int4: how many times faster than transformers in bf16',
        ratios(table('With the default of `int4`')),
      ),
    },
    {
      file: 'base-precisions.svg',
      svg: precisionPlot('base by what its weights are kept in', table('`base` in medians')),
    },
    {
      file: 'opt-2.7b-precisions.svg',
      svg: precisionPlot(
        'opt-2.7b by what its weights are kept in',
        table('Half of `base` is tables of words'),
      ),
    },
  ];
}

/** Of what was measured beside transformers: how many times better each is. */
export const ratioPlot = (title: string, bars: readonly Bar[]): string =>
  barChart(title, [{ title: '', bars, mark: 1 }]);

/** Of a table that compares precisions: a panel for each row, a bar for each column. */
export function precisionPlot(title: string, { head, rows }: Table): string {
  const panels = rows
    .filter(([what = '']) => WORTH_DRAWING.test(what))
    .map(([row = '', ...cells]): Panel => {
      return { title: row, bars: cells.map((cell, at) => bar(head[at + 1] ?? '', cell)) };
    });
  return barChart(title, panels);
}

/** The last column, such as 1.6x. */
const ratios = ({ rows }: Table): Bar[] => rows.map((row) => bar(row[0] ?? '', row.at(-1) ?? ''));

const bar = (label: string, text: string): Bar => ({ label, text, value: Number.parseFloat(text) });
