import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { expect, it } from 'vitest';
import { listenAt } from '../../src/listen-at.ts';

it('says from where on a port may be anybody’s', async () => {
  const server = new EventEmitter() as unknown as Server;
  const denied = Object.assign(new Error('listen EACCES: permission denied 127.0.0.1:80'), {
    code: 'EACCES',
  });
  server.listen = () => {
    queueMicrotask(() => server.emit('error', denied));
    return server;
  };
  const at = { port: 80, host: '127.0.0.1', setting: 'PORT' };
  await expect(listenAt(server, at)).rejects.toThrow(
    "Port 80 on 127.0.0.1 is the administrator's alone. Set PORT to one from 1024 on, or to 0 for any that is free.",
  );
});
