const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `7.5 GB`, in thousands as the hub counts. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const value = bytes / 1000 ** power;
  return `${power > 0 && value < 99.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[power]}`;
}
