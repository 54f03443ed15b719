// How a measurement is shown.

export interface Measurement {
  readonly what: string;
  /** Milliseconds. */
  readonly times: readonly number[];
  /** What the median is to stay under. */
  readonly targetMs?: number;
}

export function printTable(title: string, measurements: readonly Measurement[]): void {
  const rows = measurements.map(({ what, times, targetMs }) => [
    what,
    String(times.length),
    ms(median(times)),
    ms(percentile(times, 95)),
    targetMs === undefined ? '' : `${ms(targetMs)}${median(times) <= targetMs ? '' : ' missed'}`,
  ]);
  const lines = [['', 'runs', 'median', 'p95', 'target'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  process.stdout.write(`\n${title}\n`);
  for (const line of lines) {
    const cells = line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    process.stdout.write(`  ${cells.join('  ').trimEnd()}\n`);
  }
}

/** Of an even number the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [lower, upper] = [Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2)];
  return ((sorted[lower] ?? Number.NaN) + (sorted[upper] ?? Number.NaN)) / 2;
}

/** Nearest rank. */
export function percentile(times: readonly number[], percent: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}
