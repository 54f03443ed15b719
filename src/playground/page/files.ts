// Small facts about files.

const units = ['B', 'KB', 'MB', 'GB'];

/** "43.5 KB", with the units that Discord shows. */
export function fileSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

export function isPicture(contentType: string, name: string): boolean {
  return contentType ? contentType.startsWith('image/') : /\.(png|jpe?g|gif|webp|avif|bmp)$/i.test(name);
}
