import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { barChart } from '../../bench/plots/bar-chart.ts';
import { drawPlots } from '../../bench/plots/draw-plots.ts';
import { readTable } from '../../bench/plots/read-table.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const document = await readFile(join(docs, 'performance.md'), 'utf8');

describe('plots', () => {
  it.each(drawPlots(document))('$file shows what its table says: npm run bench -- plots', async (plot) => {
    expect(await readFile(join(docs, 'performance', plot.file), 'utf8')).toBe(plot.svg);
    expect(document).toContain(`(performance/${plot.file})`);
  });

  it('take the first table after a text', () => {
    const table = readTable('a\n\n| x | y |\n| --- | --- |\n| one | 2 |\n\n| z |\n', 'a');
    expect(table).toEqual({ head: ['x', 'y'], rows: [['one', '2']] });
    expect(() => readTable('a', 'b')).toThrow('"b"');
  });

  it('draw the longest bar over the whole width, and what is below the mark in another colour', () => {
    const bars = [
      { label: 'a & b', value: 2, text: '2x' },
      { label: 'c', value: 0.5, text: '0.5x' },
      { label: 'not measured', value: Number.NaN, text: '' },
    ];
    const svg = barChart('<title>', [{ title: '', bars, mark: 1 }]);
    const lengths = [...svg.matchAll(/class="(bar[^"]*)" .*width="([\d.]+)"/g)].map(([, kind, length]) => [
      kind,
      Number(length),
    ]);
    expect(lengths).toEqual([
      ['bar', 314],
      ['bar worse', 78.5],
    ]);
    expect(svg).toContain('a &amp; b');
    expect(svg).toContain('&lt;title>');
  });
});
