// A way to Discord that breaks: hands requests on, and cuts some of the connections before or after.
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';
import { onTestFinished } from 'vitest';

export interface Cut {
  readonly method: string;
  readonly path: RegExp;
  /** Before Discord hears of the request, or when it has done what was asked. */
  readonly when: 'before' | 'after';
  times: number;
}

export interface FlakyProxy {
  /** To be used in the place of Discord's. */
  readonly api: string;
  cut(cut: Cut): void;
}

/** Call it inside a test, which ends it. */
export async function startFlakyProxy(api: string): Promise<FlakyProxy> {
  const cuts: Cut[] = [];
  const { origin, pathname } = new URL(api);
  const app = new Hono<{ Bindings: HttpBindings }>().all('*', async ({ req, env }) => {
    const cut = cuts.find(
      ({ method, path, times }) => times > 0 && method === req.method && path.test(req.path),
    );
    const url = `${origin}${req.path}${new URL(req.url).search}`;
    if (!cut) return proxy(url, req);
    cut.times -= 1;
    if (cut.when === 'after') await proxy(url, req);
    env.incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  });
  const server = createAdaptorServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    api: `http://127.0.0.1:${port}${pathname}`,
    cut: (cut) => void cuts.push({ ...cut }),
  };
}
