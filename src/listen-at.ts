// Listens, or says in one sentence why that can't be.
import type { Server } from 'node:http';
import { PlaygroundError } from './playground-error.ts';

/** @throws PlaygroundError */
export function listen(server: Pick<Server, 'once' | 'listen'>, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new PlaygroundError(`Port ${port} on ${host} ${whyNot(error)}`, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

function whyNot({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EACCES') {
    return "is the administrator's alone. Set PORT to one from 1024 on, or to 0 for any that is free.";
  }
  const reason = code === 'EADDRINUSE' ? 'is taken' : `can't be listened on (${message})`;
  return `${reason}. Set PORT to another one, or to 0 for any that is free.`;
}
