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

/**
 * Where the page fetches a file of the local Discord: from its own origin, whichever of the machine's names
 * stands in the address bar.
 */
export function localAddress(url: string): string {
  const { hostname, pathname, search } = new URL(url, location.href);
  return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname) ? pathname + search : url;
}
