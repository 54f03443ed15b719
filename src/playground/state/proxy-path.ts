// Where the local Discord's proxy keeps what links lead to.

/** As in `/external/signature/https/example.org/cat.png`. */
export function proxyPath(address: string): string {
  const { protocol, host, pathname } = new URL(address);
  return `/external/signature/${protocol.slice(0, -1)}/${host}${pathname}`;
}
