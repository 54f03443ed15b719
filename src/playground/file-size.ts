// Sizes of files as people read them.

const units = ['B', 'KB', 'MB', 'GB'];

/** "43.5 KB", with the units that Discord shows; rounded up, so that what is over a limit reads so. */
export function fileSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Math.ceil(value * 10) / 10} ${units[unit]}`;
}
