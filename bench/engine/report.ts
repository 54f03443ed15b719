// How the rows of a benchmark are shown: medians, and with two contenders how much better ours is.
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ratioPlot } from '../plots/draw-plots.ts';
import { median } from '../table.ts';
import type { ContenderName } from './contender.ts';
import type { Report, Row } from './rounds.ts';

export interface Summary {
  readonly what: string;
  readonly unit: Row['unit'];
  /** Medians. */
  readonly ours?: number;
  readonly reference?: number;
  /** Above 1: ours is better, whether that is less time or memory or more of something a second. */
  readonly better?: { readonly median: number; readonly least: number; readonly most: number };
}

export const summarise = ({ rows }: Report): Summary[] => rows.map(summariseRow);

function summariseRow({ what, unit, samples }: Row): Summary {
  const { ours, reference } = samples;
  const ratios =
    ours && reference && ours.map((value, at) => better(unit, value, reference[at] ?? Number.NaN));
  return {
    what,
    unit,
    ...(ours && { ours: median(ours) }),
    ...(reference && { reference: median(reference) }),
    ...(ratios && {
      better: { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) },
    }),
  };
}

const better = (unit: Row['unit'], ours: number, reference: number) =>
  unit.endsWith('/s') ? ours / reference : reference / ours;

export function printSummary(summaries: readonly Summary[], names: readonly ContenderName[]): void {
  const paired = names.length === 2;
  const lines = [
    ['', ...names, ...(paired ? ['ours is better', 'least', 'most'] : [])],
    ...summaries.map((summary) => [
      summary.what,
      ...names.map((name) => amount(summary[name] ?? Number.NaN, summary.unit)),
      ...(summary.better ? Object.values(summary.better).map(times) : []),
    ]),
  ];
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  for (const line of lines) {
    const cells = line.map((cell, at) =>
      at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
    );
    process.stdout.write(`  ${cells.join('  ').trimEnd()}\n`);
  }
}

/** @param where what ours runs on, of which the first sentence is taken: the others say why on nothing else */
export function ratioTitle(model: string, where?: string): string {
  const on = where === undefined ? '' : ` on ${where.replace(/\.(\s.*)?$/s, '')}`;
  return `${basename(model)}${on}: how many times better than transformers`;
}

/** A bar for each ratio. */
export async function drawSummary(file: string, title: string, summaries: readonly Summary[]): Promise<void> {
  const bars = summaries.flatMap(({ what, better }) =>
    better ? [{ label: what, value: better.median, text: times(better.median) }] : [],
  );
  await writeFile(file, ratioPlot(title, bars));
  process.stderr.write(`${file}\n`);
}

const times = (ratio: number) => `${ratio.toFixed(2)}x`;

function amount(value: number, unit: Row['unit']): string {
  if (unit === 'bytes') return `${(value / 2 ** 20).toFixed(0)} MiB`;
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`;
}
