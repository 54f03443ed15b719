import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { download } from '../../src/capture/download.ts';

const closing: (() => void)[] = [];

/** A file server on this machine, and its host and port. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function get(host: string, limits: { maxBytes?: number; timeoutMs?: number } = {}, signal?: AbortSignal) {
  const { maxBytes = 100, timeoutMs = 5_000 } = limits;
  return download(`http://${host}/dog.png`, { maxBytes, timeoutMs, extraHosts: [host] }, signal);
}

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

describe('download', () => {
  it('gives the bytes', async () => {
    const host = await serve((_, response) => response.end(Buffer.from([1, 2, 3])));
    expect([...((await get(host)) ?? [])]).toEqual([1, 2, 3]);
  });

  it.each([
    'http://cdn.discordapp.com/a.png',
    'https://cdn.discordapp.com.example.org/a.png',
    'https://cdn.discordapp.com:8443/a.png',
    'https://user@example.org/cdn.discordapp.com/a.png',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
  ])('asks nobody but Discord: %s', async (url) => {
    await expect(download(url, { maxBytes: 100, timeoutMs: 100 })).rejects.toThrow(
      /only fetch pictures from Discord/,
    );
  });

  it('speaks plain http to no other machine, even if told to fetch from there', async () => {
    const limits = { maxBytes: 100, timeoutMs: 100, extraHosts: ['192.0.2.1'] };
    await expect(download('http://192.0.2.1/a.png', limits)).rejects.toThrow(
      /only fetch pictures from Discord/,
    );
  });

  it('follows no redirect', async () => {
    const host = await serve((_, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
    );
    await expect(get(host)).rejects.toThrow(/answered 302/);
  });

  it.each([403, 404])('gives nothing for a link that answers %i', async (status) => {
    const host = await serve((_, response) => response.writeHead(status).end('gone'));
    expect(await get(host)).toBeUndefined();
  });

  it('refuses a file by its declared size, before it is sent', async () => {
    const host = await serve((_, response) =>
      response.writeHead(200, { 'content-length': '101' }).flushHeaders(),
    );
    await expect(get(host)).rejects.toThrow(
      'Expected an image of at most 100 bytes, got 101 bytes. Post a smaller copy.',
    );
  });

  it('stops reading a file that declares no size and turns out too large', async () => {
    const host = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(40)), 5);
      response.on('close', () => clearInterval(timer));
    });
    await expect(get(host)).rejects.toThrow(/at most 100 bytes, got more/);
  });

  it('waits no longer than it may, also in the middle of a file', async () => {
    const host = await serve((_, response) => response.write('x'));
    await expect(get(host, { timeoutMs: 100 })).rejects.toThrow(/did not arrive within 0\.1 seconds/);
  });

  it('ends with the reason of a signal that is aborted', async () => {
    const host = await serve(() => {});
    const reason = new Error('restart');
    await expect(get(host, {}, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('tries again where the server fails for a moment or the connection breaks, also in the middle', async () => {
    const failures: RequestListener[] = [
      (_, response) => response.writeHead(503).end(),
      ({ socket }) => socket.destroy(),
      ({ socket }, response) => response.write('x', () => socket.destroy()),
    ];
    const host = await serve((request, response) => {
      const fail = failures.shift();
      if (fail) fail(request, response);
      else response.end(Buffer.from([1, 2, 3]));
    });
    expect([...((await get(host)) ?? [])]).toEqual([1, 2, 3]);
  });

  it('tries again no longer than it may, and then says what failed', async () => {
    const host = await serve((_, response) => response.writeHead(503).end());
    await expect(get(host, { timeoutMs: 1_500 })).rejects.toThrow(/answered 503/);
  });

  it('says in a sentence that the server fails or is not there', async () => {
    const host = await serve((_, response) => response.writeHead(424).end());
    await expect(get(host)).rejects.toThrow(/answered 424/);
    await expect(get('127.0.0.1:9')).rejects.toThrow(/couldn't be fetched from Discord/);
  });
});
