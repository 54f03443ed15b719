// Listens, or says in one sentence why that can't be.
import type { Server } from 'node:http';
import { UsageError } from './usage-error.ts';

export interface ListenAt {
  readonly port: number;
  readonly host: string;
  /** Which setting has the port. */
  readonly setting: string;
}

/** @throws UsageError */
export function listenAt(
  server: Pick<Server, 'once' | 'listen'>,
  { port, host, setting }: ListenAt,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new UsageError(`Port ${port} on ${host} ${whyNot(error, setting)}`, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

function whyNot({ code, message }: NodeJS.ErrnoException, setting: string): string {
  if (code === 'EACCES') {
    return `is the administrator's alone. Set ${setting} to one from 1024 on, or to 0 for any that is free.`;
  }
  const reason = code === 'EADDRINUSE' ? 'is taken' : `can't be listened on (${message})`;
  return `${reason}. Set ${setting} to another one, or to 0 for any that is free.`;
}
