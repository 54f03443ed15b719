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
      svg: barChart('base in f32: how many times better than transformers', [
        ratios(table('`base`, 1.2 GB in f32')),
      ]),
    },
    {
      file: 'opt-2.7b-against-transformers.svg',
      svg: barChart('opt-2.7b in f32: how many times better than transformers', [
        ratios(table('`opt-2.7b`, 15 GB in f32')),
      ]),
    },
    {
      file: 'base-precisions.svg',
      svg: barChart('base by what its weights are kept in', precisions(table('`base` in medians'))),
    },
    {
      file: 'opt-2.7b-precisions.svg',
      svg: barChart(
        'opt-2.7b by what its weights are kept in',
        precisions(table('Half of `base` is tables of words')),
      ),
    },
  ];
}

/** The last column, such as 1.6x. */
function ratios({ rows }: Table): Panel {
  const bars = rows.map((row): Bar => bar(row[0] ?? '', row.at(-1) ?? ''));
  return { title: '', bars, mark: 1 };
}

/** A panel for each row, a bar for each column. */
function precisions({ head, rows }: Table): Panel[] {
  return rows
    .filter(([what = '']) => WORTH_DRAWING.test(what))
    .map(([title = '', ...cells]) => ({
      title,
      bars: cells.map((cell, at) => bar(head[at + 1] ?? '', cell)),
    }));
}

const bar = (label: string, text: string): Bar => ({ label, text, value: Number.parseFloat(text) });
