// Which channel the address bar names: /#/channels/{id}, or none for the first one.

export function addressOf(channelId: string): string {
  return `#/channels/${channelId}`;
}

/** @returns what stands where the id should, so that a wrong address leads to no channel; undefined for none */
export function channelIn(hash: string): string | undefined {
  const path = hash.replace(/^#\/?/, '').replace(/(.)\/$/, '$1');
  return path === '' ? undefined : path.replace(/^channels\//, '');
}
