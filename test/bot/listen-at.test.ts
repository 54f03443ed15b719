import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { expect, it } from 'vitest';
import { listen } from '../../src/playground/listen.ts';

it('says from where on a port may be anybody’s', async () => {
  const server = new EventEmitter() as unknown as Server;
  const denied = Object.assign(new Error('listen EACCES: permission denied 127.0.0.1:80'), {
    code: 'EACCES',
  });
  server.listen = () => {
    queueMicrotask(() => server.emit('error', denied));
    return server;
  };
  await expect(listen(server, 80, '127.0.0.1')).rejects.toThrow(
    "Port 80 on 127.0.0.1 is the administrator's alone. Set PORT to one from 1024 on, or to 0 for any that is free.",
  );
});
