// Small facts about files.

export function isPicture(contentType: string, name: string): boolean {
  return contentType ? contentType.startsWith('image/') : /\.(png|jpe?g|gif|webp|avif|bmp)$/i.test(name);
}

const spoilerMark = 'SPOILER_';

/** By this beginning of its name Discord knows a file that is covered until somebody clicks it. */
export function isSpoiler(name: string): boolean {
  return name.startsWith(spoilerMark);
}

/** How it is called without that. */
export function plainName(name: string): string {
  return isSpoiler(name) ? name.slice(spoilerMark.length) : name;
}

/** The same file, covered or no longer. */
export function toggleSpoiler(file: File): File {
  const { name, type } = file;
  return new File([file], isSpoiler(name) ? plainName(name) : `${spoilerMark}${name}`, { type });
}

/**
 * Where the page fetches a file of the local Discord: from its own origin, whichever of the machine's names
 * stands in the address bar.
 */
export function localAddress(url: string): string {
  const { hostname, pathname, search } = new URL(url, location.href);
  return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname) ? pathname + search : url;
}
