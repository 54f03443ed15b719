// Small facts about files.

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
