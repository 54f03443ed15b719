// Keeps foreign web pages out: a page on another site must not drive the local Discord through a visitor's browser,
// neither by posting across origins nor by pointing a name of its own at this machine (DNS rebinding).
import { isIP } from 'node:net';

export interface Caller {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/** Whether a request was sent to an address rather than to somebody's name for it. */
export function knowsUsByAddress({ host }: Caller): boolean {
  const name = hostname(host);
  return name === 'localhost' || isIP(name) !== 0;
}

/** Programs send no Origin; a browser's page must be our own. */
export function isOwnPageOrProgram({ host, origin }: Caller): boolean {
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

/** Bots are programs. */
export function isProgram({ origin }: Caller): boolean {
  return origin === undefined;
}

function hostname(host = ''): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(host)?.[1];
  return bracketed ?? host.replace(/:\d+$/, '').toLowerCase();
}
